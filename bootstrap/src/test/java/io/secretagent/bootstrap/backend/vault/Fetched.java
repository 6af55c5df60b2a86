package io.secretagent.bootstrap.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a fetch of a test brought, by location. */
record Fetched(Map<Location, Outcome> outcomes) {
    static final String CANARY = "canary-7b1f-value";

    /** Opens, fetches, closes. */
    static Fetched from(VaultSettings settings, Map<String, String> environment, String... paths) {
        return within(Duration.ofSeconds(20), settings, environment, paths);
    }

    static Fetched within(Duration timeout, VaultSettings settings, Map<String, String> environment, String... paths) {
        try (VaultBackend backend = VaultBackend.open(settings.build(), environment)) {
            return of(backend, timeout, Arrays.stream(paths).map(Fetched::at).toArray(Location[]::new));
        }
    }

    static Fetched of(VaultBackend backend, Duration timeout, Location... locations) {
        Map<Location, Outcome> outcomes =
                backend.fetch(Arrays.stream(locations).collect(Collectors.toSet()), Deadline.after(timeout));
        assertThat(outcomes).containsOnlyKeys(locations);
        assertThat(outcomes.toString()).doesNotContain("canary");
        return new Fetched(outcomes);
    }

    static Location at(String path) {
        return new Location(path, null, null);
    }

    Outcome.Found found(String path) {
        return found(at(path));
    }

    Outcome.Found found(Location location) {
        Outcome outcome = Objects.requireNonNull(outcomes.get(location));
        assertThat(outcome).isInstanceOf(Outcome.Found.class);
        return (Outcome.Found) outcome;
    }

    Map<String, Object> fields(String path) {
        return fields(at(path));
    }

    Map<String, Object> fields(Location location) {
        return ((Content.Fields) found(location).content()).fields();
    }

    Failure failure(String path) {
        return failure(at(path));
    }

    Failure failure(Location location) {
        Outcome outcome = Objects.requireNonNull(outcomes.get(location));
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).failure();
    }
}
