package io.secretagent.bootstrap.mapping;

import io.secretagent.audit.AuditSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that has no errors.
 *
 * @param file the mapping's path
 * @param backends by name, in the mapping's order
 * @param entries in the mapping's order; no two have the same target, every backend they name is defined
 * @param warnings what the user should be told, such as a key that is not active yet
 */
public record Mapping(
        Path file,
        Map<String, BackendSettings> backends,
        List<Entry> entries,
        Options options,
        List<Problem> warnings) {

    public Mapping {
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }

    /**
     * The mapping's other top-level keys that are active.
     *
     * @param timeout of the whole fetch
     * @param refresh how often new versions are looked for, or null for never
     * @param startup whether {@code main} waits for the secrets
     * @param audit what is recorded and where, or null for nothing
     * @param guards which findings are errors, warnings or nothing
     */
    public record Options(
            Duration timeout,
            @Nullable Duration refresh,
            Startup startup,
            Mask mask,
            @Nullable AuditSettings audit,
            GuardLevels guards) {

        /** Options that record nothing and leave every guard as it is. */
        public Options(Duration timeout, @Nullable Duration refresh, Startup startup, Mask mask) {
            this(timeout, refresh, startup, mask, null, GuardLevels.UNSET);
        }
    }

    /** {@code startup:}. */
    public enum Startup {
        WAIT,
        OVERLAP
    }

    /** {@code mask:}. */
    public record Mask(int minLength, String replacement, boolean stdout) {}
}
