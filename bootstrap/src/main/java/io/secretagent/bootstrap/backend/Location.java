package io.secretagent.bootstrap.backend;

import org.jspecify.annotations.Nullable;

/**
 * What is read in a store: a path and a version of it, whatever number of keys are taken from it afterwards.
 *
 * @param version the store's id of one version, or null
 * @param stage the store's label of a version, or null; with neither, the current one
 */
public record Location(
        String path, @Nullable String version, @Nullable String stage) {
    @Override
    public String toString() {
        return path + (version == null ? "" : " version " + version) + (stage == null ? "" : " stage " + stage);
    }
}
