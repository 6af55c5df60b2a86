package io.secretagent.bootstrap.backend.vault;

import org.jspecify.annotations.Nullable;

/**
 * Where a secrets engine is mounted.
 *
 * @param path with a slash at its end: {@code secret/}
 * @param versioned whether it is KV version 2, whose API puts {@code data/} behind the mount
 */
record Mount(String path, boolean versioned) {

    // Written out for the start, as those of Location.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mount mount && path.equals(mount.path) && versioned == mount.versioned;
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** Whether a path is in this mount. */
    boolean holds(String secretPath) {
        return secretPath.startsWith(path);
    }

    /** Where a KV version 2 tells about a secret without its value. */
    String metadataPath(String secretPath) {
        return path + "metadata/" + secretPath.substring(path.length());
    }

    /** Where a KV version 2 takes the versions that it is to delete. */
    String deletePath(String secretPath) {
        return path + "delete/" + secretPath.substring(path.length());
    }

    /** The API's path for one that is written as {@code vault kv get} takes it. */
    String apiPath(String secretPath) {
        return versioned ? path + "data/" + secretPath.substring(path.length()) : secretPath;
    }
}
