package io.secretagent.mask;

/**
 * One variant of a secret's value, as it is looked for.
 *
 * @param bytes the variant as it stands in a log's bytes
 * @param mask what is written in its place
 * @param token whether it counts only where no letter or digit stands next to it
 * @param widen whether the mask also covers one base64 character that follows, which has bits of the value, and padding
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made once and not changed
record Pattern(byte[] bytes, byte[] mask, boolean token, boolean widen) {

    int length() {
        return bytes.length;
    }

    /** Nothing of the value. */
    @Override
    public String toString() {
        return "pattern";
    }
}
