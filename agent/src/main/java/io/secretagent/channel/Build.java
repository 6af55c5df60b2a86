package io.secretagent.channel;

/** Which build this is; the agent and bootstrap must be of the same one. */
public final class Build {

    /** The version in the manifest of the jar that this class came from, or {@code dev} outside a jar. */
    public static String id() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    private Build() {}
}
