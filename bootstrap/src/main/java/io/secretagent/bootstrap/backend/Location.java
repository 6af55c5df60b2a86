package io.secretagent.bootstrap.backend;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is read in a store: a path and a version of it, whatever number of keys are taken from it afterwards.
 *
 * @param version the store's id of one version, or null
 * @param stage the store's label of a version, or null; with neither, the current one
 */
public record Location(
        String path, @Nullable String version, @Nullable String stage) {

    // Written out, as in every record that a start compares or hashes: the JDK makes a dozen classes for a record's own
    // when they are first called, for each record anew, and archives none (java.lang.runtime.ObjectMethods).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Location location
                && path.equals(location.path)
                && Objects.equals(version, location.version)
                && Objects.equals(stage, location.stage);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * path.hashCode() + Objects.hashCode(version)) + Objects.hashCode(stage);
    }

    @Override
    public String toString() {
        return path + (version == null ? "" : " version " + version) + (stage == null ? "" : " stage " + stage);
    }
}
