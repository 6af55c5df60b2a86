package io.secretagent.mask;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at once: an array's bytes one by one take longer than the rest of a search. */
final class Bytes {
    /** How many bytes a load takes. */
    static final int LOAD = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The bytes from there on, of which the first is the lowest. */
    static long load(byte[] text, int at) {
        return (long) LONG.get(text, at);
    }

    /** The same for the first {@code length} bytes, with anything behind them; these have to be in the array only. */
    static long load(byte[] text, int at, int length) {
        return at <= text.length - LOAD ? load(text, at) : assembled(text, at, length);
    }

    /** The same with nothing behind them: takes less than a load while the JVM still interprets. */
    static long assembled(byte[] text, int at, int length) {
        long assembled = 0;
        for (int i = length - 1; i >= 0; i--) {
            assembled = assembled << 8 | (text[at + i] & 0xff);
        }
        return assembled;
    }

    private Bytes() {}
}
