package io.secretagent.bootstrap.sink;

import java.util.Locale;

/** How a secret gets into a log. */
enum Way {
    MESSAGE,
    ARGUMENT,
    MDC,
    MARKER,
    LOGGER,
    THREAD,
    EXCEPTION,
    CAUSE,
    SUPPRESSED,
    LAYOUT;

    /** What the log shows of it. */
    String masked() {
        return name().toLowerCase(Locale.ROOT) + "-***";
    }
}
