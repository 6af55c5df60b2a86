package io.secretagent;

import io.secretagent.channel.HelperProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the application may not start: lines for a person, and the code that the JVM ends with. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> lines;

    static StartFailure of(int exitCode, String line) {
        return new StartFailure(exitCode, List.of(line), null);
    }

    static StartFailure of(int exitCode, List<String> lines) {
        return new StartFailure(exitCode, lines, null);
    }

    static StartFailure of(HelperProcess.FailedException failed) {
        return of(failed.exitCode(), failed.line());
    }

    /** A defect of ours: told by its type, since its message could hold anything. */
    static StartFailure defect(Throwable defect) {
        return new StartFailure(
                70,
                List.of("internal error (" + defect.getClass().getName()
                        + "); set SECRET_AGENT_DEBUG=1 to see where, and report it"),
                defect);
    }

    private StartFailure(int exitCode, List<String> lines, @Nullable Throwable cause) {
        super(String.join("\n", lines), cause);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }
}
