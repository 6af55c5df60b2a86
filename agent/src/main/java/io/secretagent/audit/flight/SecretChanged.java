package io.secretagent.audit.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** As the recorder has it. The thread and the time are those of the audit; the place is in the fields. */
@Name("io.secretagent.SecretChanged")
@Label("Secret Changed")
@Description("Another version of a secret was taken over, or it was revoked")
@Category("Secret Agent")
@StackTrace(false)
final class SecretChanged extends Event {
    @Label("Secret")
    @Nullable String secret;

    @Label("Backend")
    @Nullable String backend;

    @Label("Version")
    @Nullable String version;

    @Label("Target")
    @Nullable String target;

    @Label("Change")
    @Description("refresh or revoked")
    @Nullable String change;

    @Label("Outcome")
    @Nullable String outcome;
}
