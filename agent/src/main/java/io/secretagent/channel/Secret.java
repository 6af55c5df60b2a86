package io.secretagent.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fetched value on its way to its targets.
 *
 * @param name the secret name as the mapping writes it, {@code path#key}
 * @param backend the backend's name in the mapping
 * @param version the version as the backend names it, if it has versions
 * @param value the value itself, exactly as it is injected
 * @param masked whether the value as a whole is masked; not so for a default, which the mapping shows, or for a value
 *     composed by a template, whose secret parts arrive as {@link ChannelRecord.Masked}
 */
public record Secret(
        String name, String backend, @Nullable String version, String value, boolean masked, List<Target> targets) {

    public Secret {
        targets = List.copyOf(targets);
    }

    /** The name; never the value. */
    @Override
    public String toString() {
        return name;
    }
}
