package io.secretagent.channel;

/** Which build this is; the agent and bootstrap must be of the same one. */
public final class Build {

    /** The version in the manifest of the jar that this class came from, or {@code dev} outside a jar. */
    public static String id() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** Whether a text can be shown as a build: a torn header could make it reach into the records after it. */
    static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private Build() {}
}
