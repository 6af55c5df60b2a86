package io.secretagent.channel;

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

    @Override
    public String toString() {
        return (kind == Kind.PROPERTY ? "property " : "env ") + name;
    }
}
