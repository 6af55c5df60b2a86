package io.secretagent.pool;

import io.secretagent.channel.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values that the application was given, step by step: those that changed together did so in one step. Immutable;
 * each step makes another one. Old values stay, since a pool keeps the first that it had.
 */
final class Versions {
    static final Versions NONE = new Versions(0, Map.of(), Map.of());

    private final int step;
    /** By what a secret is injected into, which no other is. */
    private final Map<String, Held> held;
    /** Whose a value is or was. */
    private final Map<String, List<String>> holders;

    /** A value, from a step on. */
    private record Version(int step, String value) {
        /** Never the value. */
        @Override
        public String toString() {
            return "Version[" + step + "]";
        }
    }

    /**
     * One secret's values.
     *
     * @param versions the newest last
     */
    private record Held(String name, List<Version> versions) {}

    private Versions(int step, Map<String, Held> held, Map<String, List<String>> holders) {
        this.step = step;
        this.held = held;
        this.holders = holders;
    }

    /** With these values in the next step. */
    Versions with(List<Secret> secrets) {
        Map<String, Held> heldThen = new HashMap<>(held);
        Map<String, List<String>> holdersThen = new HashMap<>(holders);
        for (Secret secret : secrets) {
            if (secret.targets().isEmpty()) {
                continue;
            }
            String holder = secret.targets().get(0).toString();
            Held before = heldThen.get(holder);
            if (before != null && newest(before).value().equals(secret.value())) {
                continue;
            }
            List<Version> versions = before == null ? new ArrayList<>() : new ArrayList<>(before.versions());
            versions.add(new Version(step + 1, secret.value()));
            heldThen.put(holder, new Held(secret.name(), Collections.unmodifiableList(versions)));
            List<String> others = holdersThen.get(secret.value());
            List<String> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
            if (!all.contains(holder)) {
                all.add(holder);
            }
            holdersThen.put(secret.value(), all);
        }
        return new Versions(step + 1, heldThen, holdersThen);
    }

    int step() {
        return step;
    }

    /** Whose this value is or was; none if it is not ours. */
    List<String> holders(String value) {
        List<String> found = holders.get(value);
        return found == null ? List.of() : found;
    }

    /** The value that was current at a step. */
    String value(String holder, int atStep) {
        List<Version> versions = held(holder).versions();
        Version at = versions.get(0);
        for (Version version : versions) {
            if (version.step() <= atStep) {
                at = version;
            }
        }
        return at.value();
    }

    /** The last step before the newest in which any of these had another value; 0 if they never had. */
    int stepBefore(Set<String> some) {
        int last = 0;
        for (String holder : some) {
            List<Version> versions = held(holder).versions();
            if (versions.size() > 1) {
                last = Math.max(last, newest(held(holder)).step());
            }
        }
        return last == 0 ? 0 : last - 1;
    }

    /** What the mapping calls it. */
    String name(String holder) {
        return held(holder).name();
    }

    private Held held(String holder) {
        Held found = held.get(holder);
        if (found == null) {
            throw new IllegalArgumentException(holder);
        }
        return found;
    }

    private static Version newest(Held one) {
        return one.versions().get(one.versions().size() - 1);
    }
}
