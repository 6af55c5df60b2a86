package io.secretagent.pool;

import io.secretagent.channel.Secret;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What drivers may be given: the values that the application has, those before, and who can be asked for newer ones. */
public final class Passwords {
    private volatile Versions versions = Versions.NONE;
    private volatile @Nullable Backends backends;

    /** Who looks for newer versions at once. */
    public interface Backends {
        /** Returns when they were looked for, and what was found has been told by {@link #change}, or after this time. */
        void ask(Set<String> names, long millis);
    }

    /** Begins with what the application was given. Until then no driver is given anything else than it was. */
    public void start(List<Secret> secrets, Backends backends) {
        this.backends = backends;
        change(secrets);
    }

    /** These have other values from now on. */
    public synchronized void change(List<Secret> secrets) {
        if (backends != null) {
            versions = versions.with(secrets);
        }
    }

    Versions versions() {
        return versions;
    }

    void ask(Set<String> holders, long millis) {
        Backends asked = backends;
        if (asked != null) {
            Set<String> names = new LinkedHashSet<>();
            for (String holder : holders) {
                names.add(versions.name(holder));
            }
            asked.ask(names, millis);
        }
    }
}
