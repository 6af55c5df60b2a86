package io.secretagent.mask;

/**
 * One form in which a secret's value is looked for.
 *
 * @param bytes the form in UTF-8
 * @param mask what is written in its place
 * @param token whether it counts only where no letter or digit stands next to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made once and not changed
record Pattern(byte[] bytes, byte[] mask, boolean token) {

    int length() {
        return bytes.length;
    }

    /** Nothing of the value. */
    @Override
    public String toString() {
        return "pattern";
    }
}
