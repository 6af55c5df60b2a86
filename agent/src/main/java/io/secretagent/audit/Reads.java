package io.secretagent.audit;

import io.secretagent.audit.AuditEvent.Kind;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which class has read which injected property or variable: the first time is recorded. It is told of every read of any
 * name, so that what is not watched costs a look into a map.
 */
public final class Reads {
    /** A class is recorded once for a name; an application that makes classes all the time is not followed for ever. */
    private static final int MOST_READERS = 1000;

    private static final String[] OURS = {
        "io.secretagent.audit.",
        "io.secretagent.inject.",
        "io.secretagent.sink.",
        "io.secretagent.mask.",
        "io.secretagent.refresh.",
        "java.lang.SecretAgentBridge"
    };

    /** The JDK's ways to a property. */
    private static final String[] PASSED = {
        "java.lang.", "java.util.", "java.security.", "sun.security.action.", "jdk.internal.reflect."
    };

    private final Audit audit;
    private volatile Map<String, Watched> properties = Map.of();
    private volatile Map<String, Watched> variables = Map.of();

    /** One that is watched. */
    private static final class Watched {
        final String secret;
        final String backend;
        final String target;
        final Set<String> readers = ConcurrentHashMap.newKeySet();
        volatile @Nullable String version;

        Watched(String secret, String backend, String target) {
            this.secret = secret;
            this.backend = backend;
            this.target = target;
        }
    }

    public Reads(Audit audit) {
        this.audit = audit;
    }

    /**
     * Watches a system property from now on, or another version of what is in it.
     *
     * @param target as a person is told it
     */
    public synchronized void watchProperty(
            String name, String target, String secret, String backend, @Nullable String version) {
        properties = with(properties, name, target, secret, backend, version);
    }

    /** The same for an environment variable. */
    public synchronized void watchVariable(
            String name, String target, String secret, String backend, @Nullable String version) {
        variables = with(variables, name, target, secret, backend, version);
    }

    /** Somebody reads the property with this name. */
    public void property(@Nullable Object name) {
        Watched watched = properties.get(name);
        if (watched != null) {
            read(watched);
        }
    }

    /** Somebody reads the variable with this name. */
    public void variable(@Nullable Object name) {
        Watched watched = variables.get(name);
        if (watched != null) {
            read(watched);
        }
    }

    /** Somebody reads all properties. */
    public void allProperties() {
        for (Watched watched : properties.values()) {
            read(watched);
        }
    }

    /** Somebody reads all variables. */
    public void allVariables() {
        for (Watched watched : variables.values()) {
            read(watched);
        }
    }

    /** The secrets that nobody has read by any of their names, in no order. */
    public List<String> unread() {
        Map<String, Boolean> read = new HashMap<>();
        for (Map<String, Watched> names : List.of(properties, variables)) {
            for (Watched watched : names.values()) {
                boolean before = read.getOrDefault(watched.secret, false);
                read.put(watched.secret, before || !watched.readers.isEmpty());
            }
        }
        List<String> unread = new ArrayList<>();
        for (Map.Entry<String, Boolean> secret : read.entrySet()) {
            if (!secret.getValue()) {
                unread.add(secret.getKey());
            }
        }
        return unread;
    }

    private void read(Watched watched) {
        StackFrame reader = Walker.CALLER.find().caller();
        if (reader != null && watched.readers.size() < MOST_READERS && watched.readers.add(reader.getClassName())) {
            audit.record(AuditEvent.of(Kind.READ)
                    .secret(watched.secret, watched.backend, watched.version)
                    .target(watched.target)
                    .at(reader));
        }
    }

    private static Map<String, Watched> with(
            Map<String, Watched> before,
            String name,
            String target,
            String secret,
            String backend,
            @Nullable String version) {
        Watched watched = before.get(name);
        if (watched != null && watched.secret.equals(secret) && watched.backend.equals(backend)) {
            watched.version = version;
            return before;
        }
        Map<String, Watched> more = new HashMap<>(before);
        watched = new Watched(secret, backend, target);
        watched.version = version;
        more.put(name, watched);
        return more;
    }

    /** Loaded by the first read, and not at the start. */
    private static final class Walker {
        static final Caller CALLER = new Caller(OURS, PASSED);
    }
}
