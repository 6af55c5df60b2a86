package io.secretagent.audit.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** As the recorder has it. The thread and the time are those of the audit; the place is in the fields. */
@Name("io.secretagent.SecretRead")
@Label("Secret Read")
@Description("A class read an injected secret for the first time")
@Category("Secret Agent")
@StackTrace(false)
final class SecretRead extends Event {
    @Label("Secret")
    @Nullable String secret;

    @Label("Backend")
    @Nullable String backend;

    @Label("Version")
    @Nullable String version;

    @Label("Target")
    @Nullable String target;

    @Label("Class")
    @Nullable String type;

    @Label("Method")
    @Nullable String method;

    @Label("Line")
    int line;
}
