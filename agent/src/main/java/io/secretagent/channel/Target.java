package io.secretagent.channel;

import org.jspecify.annotations.Nullable;

/**
 * Where a secret is injected.
 *
 * @param name the system property's or environment variable's name
 * @param override whether it replaces a value that the process was already given
 * @param inherit whether children that the application starts see it too; environment variables only
 */
public record Target(Kind kind, String name, boolean override, boolean inherit) {

    /** What is injected into. */
    public enum Kind {
        PROPERTY,
        ENVIRONMENT
    }

    /** Written out, as the next: a record's own are linked when first called, by 40 classes of method handles. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Target target
                && kind == target.kind
                && name.equals(target.name)
                && override == target.override
                && inherit == target.inherit;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return (kind == Kind.PROPERTY ? "property " : "env ") + name;
    }
}
