package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.channel.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An entry of the mapping, what the application has of it, and how it is with that in the store. */
final class Watched {
    final Entry entry;
    /** By the secret name: one, or one for each key of {@code #*}. */
    final Map<String, Given> given = new ConcurrentHashMap<>();

    Standing standing = Standing.READABLE;

    /**
     * What the application was given.
     *
     * @param fingerprint of the value, which itself is not kept
     */
    record Given(String fingerprint, List<Target> targets) {}

    /** How it was when it was last looked at. */
    enum Standing {
        /** It never was there, and that was told at the start. */
        ABSENT,
        READABLE,
        /** It was refused once. Proxies and standby servers do that; if it is so again soon, it is gone. */
        DOUBTED,
        /** Deleted, disabled or denied, and told so. */
        GONE,
        /** It has a content that cannot be used, and that was told. */
        SPOILED
    }

    Watched(Entry entry) {
        this.entry = entry;
    }

    /** How people are told of it. */
    String shown() {
        return "secret " + entry.name() + " (backend " + entry.name().backend() + ")";
    }
}
