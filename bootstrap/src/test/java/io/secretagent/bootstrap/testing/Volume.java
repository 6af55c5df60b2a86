package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A folder of secrets that all change at once, as the kubelet changes a volume: by turning the link {@code ..data}. */
public final class Volume {
    private final Path folder;
    private int generation;

    /** One with these files, once they are mounted. */
    public Volume(Path folder, String... names) throws IOException {
        this.folder = Files.createDirectory(folder);
        for (String name : names) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
    }

    /** Has these files in the place of those before, which are left behind. */
    public void mount(Map<String, String> files) throws IOException {
        Path data = Files.createDirectory(folder.resolve("..2026_" + generation++));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(data.resolve(file.getKey()), file.getValue());
        }
        Path link = folder.resolve("..data_tmp");
        Files.createSymbolicLink(link, data.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
