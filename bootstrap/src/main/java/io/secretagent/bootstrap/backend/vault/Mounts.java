package io.secretagent.bootstrap.backend.vault;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of the server's mounts, so that it is asked once. Many threads use it. */
final class Mounts {
    private final Set<Mount> known = ConcurrentHashMap.newKeySet();
    private final Set<Mount> hidingMetadata = ConcurrentHashMap.newKeySet();

    @Nullable Mount of(String path) {
        for (Mount mount : known) {
            if (mount.holds(path)) {
                return mount;
            }
        }
        return null;
    }

    void add(Mount mount) {
        known.add(mount);
    }

    /** Whether the metadata of a KV version 2 was refused, so that it need not be asked for again. */
    boolean hidesMetadata(Mount mount) {
        return hidingMetadata.contains(mount);
    }

    void hideMetadata(Mount mount) {
        hidingMetadata.add(mount);
    }

    /** Something is not as it was: another engine may be mounted there now, and a policy may have changed. */
    void forget() {
        known.clear();
        hidingMetadata.clear();
    }
}
