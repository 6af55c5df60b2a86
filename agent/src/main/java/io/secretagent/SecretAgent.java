package io.secretagent;

import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent, as the JVM sees it; {@link Start} is what it does, in a loader of its own.
 *
 * <p>It is a guest. It touches no logging, no JMX, no default SSLContext, opens no socket, and is silent when all is
 * well. When a secret that is required cannot be had it says why, a line a secret, and ends the JVM: {@code main} never
 * runs.
 */
public final class SecretAgent {
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    /**
     * Called by the JVM before {@code main}.
     *
     * @param argument the mapping's path, or null to take {@code SECRET_AGENT_MAPPING}
     */
    public static void premain(@Nullable String argument, Instrumentation instrumentation) {
        try {
            if (!STARTED.getAndSet(true)) {
                start().accept(argument, instrumentation);
            }
        } catch (SecurityException refused) {
            ThisJvm.end(
                    StartFailure.of(
                            78,
                            "the JVM's security manager does not let the agent work; run without"
                                    + " -Djava.security.manager"),
                    System.err);
        } catch (Throwable defect) {
            // The JVM would print an exception that leaves premain, with its message, which could hold a value.
            ThisJvm.end(StartFailure.defect(defect), System.err);
        }
    }

    @SuppressWarnings("unchecked") // what the class is
    private static BiConsumer<@Nullable String, Instrumentation> start() throws Exception {
        return (BiConsumer<@Nullable String, Instrumentation>) new AgentLoader(SecretAgent.class)
                .loadClass("io.secretagent.Start")
                .getConstructor()
                .newInstance();
    }

    private SecretAgent() {}
}
