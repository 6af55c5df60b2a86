package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets as files in a folder, and mappings on them. */
public final class Store {
    private final Path folder;
    private final Path store;

    /** An empty one, below a temporary folder of the test's. */
    public Store(Path folder) throws IOException {
        this.folder = folder;
        this.store = Files.createDirectory(folder.resolve("store"));
    }

    public void put(String name, String value) throws IOException {
        Files.writeString(store.resolve(name), value);
    }

    /** A mapping with these entries, as a line each. */
    public Path mapping(String... entries) throws IOException {
        return mappingWith("", entries);
    }

    /** The same with further lines at the top level. */
    public Path mappingWith(String more, String... entries) throws IOException {
        Path mapping = Files.createTempDirectory(folder, "mapping").resolve("secrets.yaml");
        return Files.writeString(
                mapping,
                more + "backends:\n  store: {type: directory, path: " + store + "}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }
}
