package io.secretagent.bootstrap.fire;

/** Is named by tags of mappings that mean no good, and says so if it is loaded. */
public final class LoadedByATag {
    static final String SAYS_SO = "loaded.by.a.tag";

    static {
        System.setProperty(SAYS_SO, "true");
    }

    public LoadedByATag(String argument) {
        System.setProperty(SAYS_SO, argument);
    }
}
