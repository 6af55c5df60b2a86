package io.secretagent.sink;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What happens before this JVM starts a process: the output that is held comes before what the child writes, and the
 * child is not handed the agent, if this JVM got it through a variable that its children inherit. The agent was meant
 * for the application, not for the tools that it calls, of which each would fetch all secrets first.
 *
 * <p>But a JVM that starts another before it has read any of its secrets is a launcher, as those of Jetty and
 * Elasticsearch are: the application is the child.
 */
record ProcessStart(Descriptors descriptors, AgentOption agent, BooleanSupplier isRead)
        implements UnaryOperator<@Nullable Object> {

    @Override
    public @Nullable Object apply(@Nullable Object builder) {
        descriptors.release();
        if (agent.isInherited()) {
            // Asked of this JVM first: an environment that was not asked for is not copied for nothing.
            removeAgent((ProcessBuilder) Objects.requireNonNull(builder));
        }
        return builder;
    }

    private void removeAgent(ProcessBuilder builder) {
        if (!isRead.getAsBoolean() && isJava(builder.command())) {
            return;
        }
        for (String variable : AgentOption.VARIABLES) {
            removeAgent(builder.environment(), variable);
        }
    }

    private void removeAgent(Map<String, String> environment, String variable) {
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

    private static boolean isJava(List<String> command) {
        return !command.isEmpty() && new File(command.get(0)).getName().equals("java");
    }
}
