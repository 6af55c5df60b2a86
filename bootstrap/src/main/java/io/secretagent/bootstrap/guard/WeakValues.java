package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.fetch.Resolution;
import io.secretagent.bootstrap.fetch.Resolution.Resolved;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.Secret;

/** Values that are soon guessed. In what way one is weak is not told, since that would help to guess it. */
final class WeakValues {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 1024;
    private static final int FEWEST_CHARACTERS = 5;

    private final CommonValues common;
    private final Findings findings;

    WeakValues(CommonValues common, Findings findings) {
        this.common = common;
        this.findings = findings;
    }

    void check(Resolution resolution) {
        for (Resolved resolved : resolution.resolved()) {
            for (Secret secret : resolved.secrets()) {
                if (!Harmless.is(secret) && isWeak(secret.value())) {
                    add(resolved.entry(), secret.name());
                }
            }
        }
        for (ChannelRecord.Masked leaf : resolution.masked()) {
            // What nobody named may be a flag or a title, so being short is no fault of it.
            if (common.has(leaf.value())) {
                addLeaf(resolution, leaf.name());
            }
        }
    }

    private void addLeaf(Resolution resolution, String name) {
        for (Resolved resolved : resolution.resolved()) {
            if (resolved.entry().name().text().equals(name)) {
                add(resolved.entry(), "a field of " + name);
                return;
            }
        }
    }

    private void add(Entry entry, String name) {
        findings.add(
                Guard.WEAK_VALUE,
                entry,
                "secret " + name + " (backend " + entry.name().backend() + ") has a default or weak value",
                "store a generated one, of 16 characters or more");
    }

    private boolean isWeak(String value) {
        if (isStructured(value)) {
            return false;
        }
        String password = password(value);
        return password.codePointCount(0, password.length()) < SHORTEST
                || password.chars().distinct().count() < FEWEST_CHARACTERS
                || isSequence(password)
                || common.has(password);
    }

    /** JSON is judged by its leaves; what is long, of several lines as PEM is, or binary, is not a password. */
    private static boolean isStructured(String value) {
        return value.length() > LONGEST
                || value.startsWith("{")
                || value.startsWith("[")
                || value.chars().anyMatch(Character::isISOControl);
    }

    /** That of {@code scheme://user:password@host}; any other value is its own. */
    private static String password(String value) {
        int scheme = value.indexOf("://");
        int at = value.lastIndexOf('@');
        int colon = scheme < 0 ? -1 : value.indexOf(':', scheme + 3);
        return colon > 0 && colon < at ? value.substring(colon + 1, at) : value;
    }

    /** Whether each character is the one before it or its neighbour: {@code 123456789012}. */
    private static boolean isSequence(String value) {
        int steps = 0;
        for (int i = 1; i < value.length(); i++) {
            steps += Math.abs(value.charAt(i) - value.charAt(i - 1)) <= 1 ? 1 : 0;
        }
        return steps * 4 >= value.length() * 3;
    }
}
