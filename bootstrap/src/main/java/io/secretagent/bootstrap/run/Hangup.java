package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;

/** {@code kill -HUP}, where there may be no {@code kill}. */
public final class Hangup {
    private static final int SIGHUP = 1;
    private static final int EPERM = 1;

    /** What came of it. */
    public enum Result {
        SENT,
        /** It is another user's. */
        DENIED,
        GONE
    }

    public static Result send(long pid) {
        try {
            CLibrary.kill(Math.toIntExact(pid), SIGHUP);
            return Result.SENT;
        } catch (LastErrorException e) {
            return e.getErrorCode() == EPERM ? Result.DENIED : Result.GONE;
        }
    }

    private Hangup() {}
}
