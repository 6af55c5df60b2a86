package io.secretagent.audit.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** As the recorder has it. The thread and the time are those of the audit; the place is in the fields. */
@Name("io.secretagent.SecretMasked")
@Label("Secret Masked")
@Description("A secret was on its way into a log, and was masked; once for each place")
@Category("Secret Agent")
@StackTrace(false)
final class SecretMasked extends Event {
    @Label("Secret")
    @Nullable String secret;

    @Label("Backend")
    @Nullable String backend;

    @Label("Target")
    @Description("The stream, or what of a logging framework")
    @Nullable String target;

    @Label("Class")
    @Nullable String type;

    @Label("Method")
    @Nullable String method;

    @Label("Line")
    int line;

    @Label("Worker Thread")
    @Description("Set if the application is not on the stack")
    @Nullable String worker;
}
