package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/** Processes that lost their parent, and are ours since: the system keeps each that ended until it is waited for. */
final class Orphans {
    /** Of a {@code siginfo_t}, and where it has the process. */
    private static final int SIGINFO = 128;

    private static final int PID = 16;

    /** Waits for all, on a thread that ends with the child; for that one Java waits. */
    static void reap(long child) {
        try {
            CLibrary.prctl(CLibrary.PR_SET_CHILD_SUBREAPER, 1);
        } catch (LastErrorException e) {
            System.err.println("secret-agent: orphans are not reaped: the system does not let this process adopt them");
            return;
        }
        Thread thread = new Thread(() -> reapUntil(child), "orphans");
        thread.setDaemon(true);
        thread.start();
    }

    private static void reapUntil(long child) {
        Memory info = new Memory(SIGINFO);
        while (true) {
            try {
                // Looks and does not take: Java's own reaper must find the child as it ended.
                CLibrary.waitid(CLibrary.P_ALL, 0, info, CLibrary.WEXITED | CLibrary.WNOWAIT);
                int pid = info.getInt(PID);
                if (pid == child) {
                    return;
                }
                CLibrary.waitpid(pid, null, 0);
            } catch (LastErrorException e) {
                if (e.getErrorCode() == CLibrary.ECHILD) {
                    return;
                }
            }
        }
    }

    private Orphans() {}
}
