package io.secretagent.audit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts a file aside that is full, under a name that sorts by time and that no other process takes: so two that do it at
 * the same time lose nothing, and need no lock that one of them could leave behind.
 */
final class Rotation {
    /** {@code 20261104T101502.123-}, and then the process and a number. */
    private static final int TIME = 19;

    /** Tells those of one process apart that are of the same millisecond, in their order. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final int NUMBER_WIDTH = 10;

    private final Path path;
    private final int keep;

    Rotation(Path path, int keep) {
        this.path = path;
        this.keep = keep;
    }

    /** Puts the file aside, if it is still the one that was looked at. */
    void putAside(FileState full) throws IOException {
        FileState now = FileState.of(path);
        if (now == null || !Objects.equals(now.key(), full.key())) {
            return;
        }
        try {
            Files.move(path, path.resolveSibling(path.getFileName() + "." + stamp()));
        } catch (NoSuchFileException e) {
            // Another process was quicker.
            return;
        }
        List<String> aside = aside();
        for (int i = 0; i < aside.size() - keep; i++) {
            Files.deleteIfExists(path.resolveSibling(aside.get(i)));
        }
    }

    /** The names of what was put aside, the oldest first. */
    private List<String> aside() {
        List<String> names = new ArrayList<>();
        Path folder = path.toAbsolutePath().getParent();
        String[] all = folder == null ? null : new File(folder.toString()).list();
        for (String name : all == null ? new String[0] : all) {
            if (isAside(name)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        return names;
    }

    private boolean isAside(String name) {
        String prefix = path.getFileName() + ".";
        if (!name.startsWith(prefix) || name.length() <= prefix.length() + TIME) {
            return false;
        }
        for (int i = 0; i <= TIME; i++) {
            char c = name.charAt(prefix.length() + i);
            boolean fits = i == 8 ? c == 'T' : i == 15 ? c == '.' : i == TIME ? c == '-' : c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static String stamp() {
        String time = UtcTime.of(System.currentTimeMillis());
        return time.replace("-", "").replace(":", "").replace("Z", "") + "-"
                + ProcessHandle.current().pid() + "-" + UtcTime.digits(NUMBER.incrementAndGet(), NUMBER_WIDTH);
    }
}
