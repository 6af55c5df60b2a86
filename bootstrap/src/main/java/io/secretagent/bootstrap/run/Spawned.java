package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * A child, started by the C library: Java's own way has no session for it, reads what it has written when it ends, and
 * takes the end of it away from who reaps orphans.
 */
final class Spawned {
    /** Of a {@code siginfo_t}, and where it has how the process ended, which, and with what. */
    private static final int SIGINFO = 128;

    private static final int CODE = 8;
    private static final int PID = 16;
    private static final int STATUS = 24;
    private static final int EXITED = 1;

    private final int pid;
    private boolean ended;

    Spawned(int pid) {
        this.pid = pid;
    }

    int pid() {
        return pid;
    }

    /**
     * Waits for its end.
     *
     * @param orphans whether other processes that end here are waited for as well
     * @return its exit code, or 128 and the number of the signal that ended it
     */
    int await(boolean orphans) {
        Memory info = new Memory(SIGINFO);
        while (true) {
            try {
                // Looks and does not take: until it is taken, nobody else has its number.
                CLibrary.waitid(
                        orphans ? CLibrary.P_ALL : CLibrary.P_PID, pid, info, CLibrary.WEXITED | CLibrary.WNOWAIT);
                int which = info.getInt(PID);
                if (which == pid) {
                    return end(info);
                }
                CLibrary.waitid(CLibrary.P_PID, which, info, CLibrary.WEXITED);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != CLibrary.EINTR && e.getErrorCode() != CLibrary.ECHILD) {
                    throw e;
                }
            }
        }
    }

    /** Sends it a signal; false if it has ended. */
    synchronized boolean signal(int signal) {
        return !ended && send(pid, signal);
    }

    /** Sends one to a process that this one has started. */
    synchronized boolean signal(int descendant, int signal) {
        return !ended && send(descendant, signal);
    }

    private static boolean send(int pid, int signal) {
        try {
            CLibrary.kill(pid, signal);
        } catch (LastErrorException e) {
            // It is another user's now, as after su: then nobody but root could signal it.
        }
        return true;
    }

    private synchronized int end(Pointer info) {
        CLibrary.waitid(CLibrary.P_PID, pid, info, CLibrary.WEXITED);
        ended = true;
        int status = info.getInt(STATUS);
        return info.getInt(CODE) == EXITED ? status : 128 + status;
    }
}
