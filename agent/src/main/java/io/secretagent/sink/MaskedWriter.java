package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.io.PrintWriter;
import java.io.Writer;

/** The writer of a log that has no framework: what it is given at once is masked at once. */
final class MaskedWriter extends PrintWriter {
    private final Masker masker;

    /** Flushes after each line, as the writer in its place may do, which is not known. */
    MaskedWriter(Writer out, Masker masker) {
        super(out, true);
        this.masker = masker;
    }

    @Override
    public void write(String text, int offset, int length) {
        String masked = masker.mask(text.substring(offset, offset + length));
        super.write(masked, 0, masked.length());
    }

    @Override
    public void write(char[] text, int offset, int length) {
        write(new String(text, offset, length), 0, length);
    }
}
