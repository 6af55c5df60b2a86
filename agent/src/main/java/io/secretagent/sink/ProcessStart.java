package io.secretagent.sink;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What happens before this JVM starts a process: the output that is held comes before what the child writes, and the
 * child is not handed the agent, if this JVM got it through a variable that its children inherit. The agent was meant
 * for the application, not for the tools that it calls, of which each would fetch all secrets first.
 */
record ProcessStart(Descriptors descriptors, AgentOption agent) implements UnaryOperator<@Nullable Object> {

    /** The variables from which a JVM takes options: from the one by any of its launchers, from the other by itself. */
    private static final String[] VARIABLES = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"};

    @Override
    public @Nullable Object apply(@Nullable Object builder) {
        descriptors.release();
        for (String variable : VARIABLES) {
            String options = System.getenv(variable);
            // Asked of this JVM first: an environment that was not asked for is not copied for nothing.
            if (options != null && agent.isIn(options)) {
                removeFrom(((ProcessBuilder) Objects.requireNonNull(builder)).environment(), variable);
            }
        }
        return builder;
    }

    private void removeFrom(Map<String, String> environment, String variable) {
        String options = environment.get(variable);
        if (options == null || !agent.isIn(options)) {
            return;
        }
        String others = agent.removedFrom(options);
        if (others.isEmpty()) {
            environment.remove(variable);
        } else {
            environment.put(variable, others);
        }
    }
}
