package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.mapping.Mapping;
import java.time.Duration;
import java.util.Map;

/**
 * A mapping, and what its backends answered for all of it.
 *
 * @param took how long each backend took, by its name
 */
record Checked(Mapping mapping, Resolution resolution, Map<String, Duration> took) {

    /** Fetches every entry, whatever this process was given: that says nothing about another one's environment. */
    static Checked fetch(Mapping mapping, Map<String, String> environment) {
        try (Recording recording = Recording.ofCommand(mapping.options().audit(), "verify");
                Fetch fetch = new Fetch(environment)) {
            Resolution resolution = Resolution.of(
                    mapping,
                    fetch.run(
                            mapping,
                            mapping.entries(),
                            Deadline.after(mapping.options().timeout())));
            recording.fetched(resolution, fetch);
            return new Checked(mapping, resolution, fetch.took());
        }
    }
}
