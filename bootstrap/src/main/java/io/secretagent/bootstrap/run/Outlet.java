package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;

/** What a child writes to, a pipe or a terminal, and where that is read. */
interface Outlet {
    /** As much as goes into a pipe at once; what a pipe has without being asked is 64 KiB. */
    int CAPACITY = 256 * 1024;

    /** Where it is read. */
    int ours();

    /** Where it is written. */
    int childs();

    static Outlet pipe() {
        int[] ends = CLibrary.pipe();
        try {
            CLibrary.fcntl(ends[1], CLibrary.F_SETPIPE_SZ, CAPACITY);
        } catch (LastErrorException e) {
            // The user's limit for pipes is reached: it is a slower one.
        }
        return new Pipe(ends[0], ends[1]);
    }

    /** One that is no terminal. */
    record Pipe(int ours, int childs) implements Outlet {}
}
