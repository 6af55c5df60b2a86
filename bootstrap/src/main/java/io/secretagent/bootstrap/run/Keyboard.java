package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.concurrent.locks.LockSupport;

/** Hands on what a person types to the command's terminal, while that is for this process to read. */
final class Keyboard {
    private static final int KEYS = 0;
    private static final int STOP = 1;
    private static final int BUFFER = 4096;
    private static final int EAGAIN = 11;

    /** Nothing tells a process that it is in the foreground now, or that a terminal has changed. */
    private static final int LOOK_NANOS = 100_000_000;

    private final RealTerminal real;
    private final Pseudoterminal commands;
    private final int stop;

    /** @param stop becomes readable when the command has ended: a thread that waits on would hold this process up at its end */
    static void handOn(RealTerminal real, Pseudoterminal commands, int stop) {
        if (real.descriptor() >= 0) {
            Thread thread = new Thread(new Keyboard(real, commands, stop)::copy, "keyboard");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Keyboard(RealTerminal real, Pseudoterminal commands, int stop) {
        this.real = real;
        this.commands = commands;
        this.stop = stop;
    }

    private void copy() {
        // Who sends us standard input may ask a person first, for a password say; then a key is for the command if it
        // has prepared its terminal for one.
        while (!RealTerminal.isAlone() && !commands.isChanged()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        Memory buffer = new Memory(BUFFER);
        Poll keys = new Poll(2);
        keys.watch(KEYS, real.descriptor(), CLibrary.POLLIN);
        keys.watch(STOP, stop, CLibrary.POLLIN);
        int count = 1;
        while (count > 0 && keys.is(STOP) == 0) {
            if (real.pass()) {
                keys.await(-1);
                // A read in the background would stop this process.
                if (keys.is(KEYS) != 0 && real.pass()) {
                    count = read(buffer);
                }
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** Reads and hands on; 0 or less at the end. */
    private int read(Memory buffer) {
        try {
            int count = CLibrary.readSome(real.descriptor(), buffer);
            CLibrary.writeFully(commands.ours(), buffer, count);
            return count;
        } catch (LastErrorException e) {
            return e.getErrorCode() == EAGAIN ? 1 : -1;
        }
    }
}
