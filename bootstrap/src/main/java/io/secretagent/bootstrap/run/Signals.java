package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the signals that are meant for the child, with what Java does not tell of them: who sent each.
 *
 * <p>No Java code can run in a handler, and Java's own handlers have no QUIT. So the handler is five instructions that
 * write the signal's information to a pipe, which a thread reads: none is lost, and they stay in order.
 */
final class Signals {
    static final int HUP = 1;
    static final int INT = 2;
    static final int QUIT = 3;
    static final int USR1 = 10;
    static final int USR2 = 12;
    static final int TERM = 15;
    static final int CONT = 18;
    static final int TSTP = 20;
    static final int WINCH = 28;

    /** USR2 is the JVM's unless the launcher sets {@code _JAVA_SR_SIGNUM}. */
    private static final int[] TAKEN = {HUP, INT, QUIT, USR1, USR2, TERM, CONT, WINCH};

    /** Of a {@code struct sigaction}: the handler, 128 bytes of mask, flags, and a pointer for the C library. */
    private static final int SIGACTION = 152;

    private static final int FLAGS = 136;
    private static final long DEFAULT = 0;
    private static final long IGNORED = 1;

    /** What is written of a {@code siginfo_t}, whose third number tells how it was sent. */
    private static final int WRITTEN = 32;

    private static final int CODE = 8;

    /** No signal's number: the reader ends. */
    private static final int NONE = 0;

    /** The system itself sent it: a terminal to each process of its foreground group. */
    private static final int BY_THE_SYSTEM = 0x80;

    private static long handler;
    private static int pipe = -1;

    /** What is done with a signal. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Is called for one after the other.
         *
         * @param ofTerminal whether a terminal sent it, and to this process' whole group
         */
        void accept(int signal, boolean ofTerminal);
    }

    /** Hands each signal to the receiver from now on; one that is ignored, as by nohup, stays so. */
    static void receive(Receiver receiver) {
        int[] ends = CLibrary.pipe();
        // A handler may not wait; 2,048 of them fit.
        CLibrary.fcntl(ends[1], CLibrary.F_SETFL, CLibrary.O_NONBLOCK);
        Thread thread = new Thread(() -> read(ends[0], receiver), "signals");
        thread.setDaemon(true);
        thread.start();
        pipe = ends[1];
        handler = Pointer.nativeValue(handler(pipe));
        for (int signal : TAKEN) {
            take(signal);
        }
    }

    /**
     * Hands on none that comes after those that are there: a thread that waits in native code would hold the end of the
     * JVM up for 300 ms. The pipe stays open, since the handler writes to it by its number.
     */
    static void stop() {
        Memory none = new Memory(WRITTEN);
        none.clear();
        try {
            CLibrary.writeFully(pipe, none, WRITTEN);
        } catch (LastErrorException e) {
            // It is full of signals.
            return;
        }
    }

    /** Hands on this one too. */
    static void take(int signal) {
        Memory old = new Memory(SIGACTION);
        CLibrary.sigaction(signal, null, old);
        if (old.getLong(0) != IGNORED) {
            CLibrary.sigaction(signal, action(handler), null);
        }
    }

    /** Sends a signal to this process' whole group, as a terminal does, after which this process may be no more. */
    static void raise(int signal) {
        CLibrary.sigaction(signal, action(DEFAULT), null);
        CLibrary.kill(0, signal);
    }

    private static Memory action(long handler) {
        Memory action = new Memory(SIGACTION);
        action.clear();
        action.setLong(0, handler);
        action.setInt(FLAGS, CLibrary.SA_SIGINFO | CLibrary.SA_RESTART);
        return action;
    }

    /** {@code write(descriptor, information, 32)}: the second argument of a handler is the second of write. */
    private static Pointer handler(int descriptor) {
        byte[] code = (Platform.isARM() ? arm(descriptor) : x86(descriptor)).array();
        Pointer page = CLibrary.mmap(
                null, code.length, CLibrary.PROT_READ | CLibrary.PROT_WRITE, CLibrary.MAP_PRIVATE_ANONYMOUS, -1, 0);
        page.write(0, code, 0, code.length);
        CLibrary.mprotect(page, code.length, CLibrary.PROT_READ | CLibrary.PROT_EXEC);
        return page;
    }

    private static ByteBuffer x86(int descriptor) {
        return code()
                // mov edi, descriptor; mov edx, 32; mov eax, 1 (write)
                .put((byte) 0xbf)
                .putInt(descriptor)
                .put((byte) 0xba)
                .putInt(WRITTEN)
                .put((byte) 0xb8)
                .putInt(1)
                // syscall; ret
                .put(new byte[] {0x0f, 0x05, (byte) 0xc3});
    }

    private static ByteBuffer arm(int descriptor) {
        return code()
                // mov w0, descriptor; mov x2, 32; mov x8, 64 (write); svc 0; ret
                .putInt(0x5280_0000 | descriptor << 5)
                .putInt(0xd280_0002 | WRITTEN << 5)
                .putInt(0xd280_0008 | 64 << 5)
                .putInt(0xd400_0001)
                .putInt(0xd65f_03c0);
    }

    private static ByteBuffer code() {
        return ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void read(int from, Receiver receiver) {
        Memory information = new Memory(WRITTEN);
        while (true) {
            try {
                CLibrary.read(from, information, WRITTEN);
                int signal = information.getInt(0);
                if (signal == NONE) {
                    return;
                }
                receiver.accept(signal, information.getInt(CODE) == BY_THE_SYSTEM);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != CLibrary.EINTR) {
                    throw e;
                }
            }
        }
    }

    private Signals() {}
}
