package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that a person sits at. While a command reads keys on one of its own this one passes every byte, so that a
 * Ctrl-C is the command's to judge. Only the foreground may have it so, of which one process at a time: others of us may
 * run beside it, under {@code make -j} say. It is as it was found before anybody else has it.
 */
final class RealTerminal {
    /** Of a {@code struct termios}, and more. */
    static final int MODES = 128;

    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    /** What its keys are read from. */
    private final int descriptor;

    /** Opened by us alone, for a lock. */
    private final int own;

    private @Nullable Memory found;
    private boolean wanted;
    private boolean passing;
    private boolean left;

    /** The one that standard output is; its keys come by standard input, if that is one as well. */
    static RealTerminal ofStdout() {
        return new RealTerminal(CLibrary.isatty(STDIN) == 1 ? STDIN : opened("/dev/tty"), opened("/proc/self/fd/1"));
    }

    private RealTerminal(int descriptor, int own) {
        this.descriptor = descriptor;
        this.own = own;
    }

    int descriptor() {
        return descriptor;
    }

    /** How it behaves now. */
    static Memory modes() {
        Memory modes = new Memory(MODES);
        modes.clear();
        CLibrary.tcgetattr(STDOUT, modes);
        return modes;
    }

    /** Has it pass every byte, if this process is the one that may; whether it does. */
    synchronized boolean pass() {
        wanted = true;
        if (left || descriptor < 0 || !isForeground()) {
            return false;
        }
        if (!passing && lock()) {
            if (found == null) {
                found = modes();
            }
            Memory raw = modes();
            CLibrary.cfmakeraw(raw);
            CLibrary.tcsetattr(STDOUT, CLibrary.TCSANOW, raw);
            passing = true;
        }
        return passing;
    }

    /** It may pass again; a shell may have had it since. */
    synchronized void resume() {
        passing = false;
        left = false;
        if (wanted) {
            pass();
        }
    }

    /** Leaves it as it was found, until it may pass again. */
    synchronized void leave() {
        left = true;
        if (passing && found != null) {
            if (isForeground()) {
                try {
                    CLibrary.tcsetattr(STDOUT, CLibrary.TCSANOW, found);
                } catch (LastErrorException e) {
                    // It is gone: nobody minds its modes.
                }
            }
            passing = false;
            found = null;
            CLibrary.flock(own, CLibrary.LOCK_UN);
        }
    }

    /**
     * Whether a key can be for nobody but the command: standard input is the terminal, a file, or what nobody writes any
     * more. Who still does may be asking a person something, and in the background of a script it is /dev/null.
     */
    static boolean isAlone() {
        Poll poll = new Poll(1);
        poll.watch(0, STDIN, (short) 0);
        poll.await(0);
        return CLibrary.isatty(STDIN) == 1
                || (poll.is(0) & CLibrary.POLLHUP) != 0
                || Files.isRegularFile(Path.of("/proc/self/fd/" + STDIN));
    }

    /** Or the terminal is of no session. */
    private boolean isForeground() {
        try {
            return CLibrary.tcgetpgrp(descriptor) == CLibrary.getpgrp();
        } catch (LastErrorException e) {
            return true;
        }
    }

    private boolean lock() {
        try {
            CLibrary.flock(own, CLibrary.LOCK_EX | CLibrary.LOCK_NB);
            return true;
        } catch (LastErrorException e) {
            // Where no lock can be had at all there is nobody to share it with.
            return own < 0;
        }
    }

    private static int opened(String file) {
        try {
            return CLibrary.outOfTheWay(CLibrary.open(file, CLibrary.O_RDWR | CLibrary.O_NOCTTY | CLibrary.O_CLOEXEC));
        } catch (LastErrorException e) {
            return -1;
        }
    }
}
