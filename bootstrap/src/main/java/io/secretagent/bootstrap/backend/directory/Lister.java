package io.secretagent.bootstrap.backend.directory;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.ListedNames;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Location;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Walks the folder. Links are followed as long as they stay in it, as those of Kubernetes do. */
final class Lister {
    private static final int DEEPEST = 20;
    /** What {@code rotate} keeps for a rollback, and what editors leave behind. */
    private static final Set<String> NOT_SECRETS = Set.of(".previous", ".bak", ".swp", ".tmp", "~");

    private final Folder folder;

    Lister(Folder folder) {
        this.folder = folder;
    }

    Listing list(String prefix) throws BackendException {
        Path root = folder.root();
        ListedNames names = new ListedNames(prefix);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
            walk(files, List.of(root), names);
        } catch (IOException | DirectoryIteratorException e) {
            throw SecretFile.denied(root, e);
        }
        return names.listing();
    }

    /** Walks the last folder of the way that led to it from the root. */
    private void walk(DirectoryStream<Path> files, List<Path> way, ListedNames names) {
        Path root = way.get(0);
        for (Path file : files) {
            String name = root.relativize(file).toString();
            if (names.isFull() || !isSecret(file.getFileName().toString())) {
                continue;
            }
            if (!Files.isDirectory(file)) {
                add(name, names);
            } else if (names.mayBeBelow(name + "/")) {
                enter(file, way, names);
            }
        }
    }

    private void enter(Path below, List<Path> way, ListedNames names) {
        String name = way.get(0).relativize(below) + "/";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(below)) {
            Path real = below.toRealPath();
            if (!real.startsWith(way.get(0))) {
                names.leaveOut(name, "a link that leads out of the folder");
            } else if (way.contains(real)) {
                names.leaveOut(name, "a link to a folder that it is in");
            } else if (way.size() == DEEPEST) {
                names.cut();
            } else {
                List<Path> longer = new ArrayList<>(way);
                longer.add(real);
                walk(files, longer, names);
            }
        } catch (IOException | DirectoryIteratorException e) {
            names.leaveOut(name, "a folder that this user cannot list");
        }
    }

    private void add(String name, ListedNames names) {
        try {
            SecretFile file = folder.find(new Location(name, null, null));
            if (file.size() == 0) {
                names.leaveOut(name, "empty");
            } else {
                names.add(name, new Described.Known(null, file.modified().toInstant(), null));
            }
        } catch (BackendException e) {
            names.leaveOut(name, e.failure().why());
        }
    }

    /** Not how Kubernetes ({@code ..data}) and file systems keep house; but {@code .env} is one. */
    static boolean isSecret(String fileName) {
        boolean hidden = fileName.startsWith(".") && !fileName.endsWith(".env");
        return !hidden && NOT_SECRETS.stream().noneMatch(fileName::endsWith);
    }
}
