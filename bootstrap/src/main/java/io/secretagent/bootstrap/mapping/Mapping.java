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
 * @param warnings what the user should be told, such as a key that has no effect
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

    /** How often a new version is looked for: as the entry says, else its backend, else the mapping; null for never. */
    public @Nullable Duration refresh(Entry entry) {
        BackendSettings backend = backends.get(entry.name().backend());
        if (entry.refresh() != null) {
            return entry.refresh();
        }
        return backend != null && backend.refresh() != null ? backend.refresh() : options.refresh();
    }

    /**
     * The mapping's other top-level keys that are active.
     *
     * @param timeout of the whole fetch
     * @param refresh how often new versions are looked for, or null for never
     * @param startup whether {@code main} waits for the secrets
     * @param audit what is recorded and where, or null for nothing
     * @param pools whether connection pools are given new passwords
     * @param onChange a command and its arguments, run after a change; empty for none
     * @param guards which findings are errors, warnings or nothing
     */
    public record Options(
            Duration timeout,
            @Nullable Duration refresh,
            Startup startup,
            Mask mask,
            @Nullable AuditSettings audit,
            boolean pools,
            List<String> onChange,
            GuardLevels guards) {

        public Options {
            onChange = List.copyOf(onChange);
        }

        /** Options that record nothing and leave everything else as it is. */
        public Options(Duration timeout, @Nullable Duration refresh, Startup startup, Mask mask) {
            this(timeout, refresh, startup, mask, null, true, List.of(), GuardLevels.UNSET);
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
