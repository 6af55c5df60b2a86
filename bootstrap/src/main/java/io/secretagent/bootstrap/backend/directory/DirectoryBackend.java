package io.secretagent.bootstrap.backend.directory;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Content.Format;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Polled;
import io.secretagent.bootstrap.backend.Retry;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a file a secret, such as a Kubernetes secret volume, a CSI mount or Docker secrets. A location's path
 * is relative to the folder; the bytes are given as they are.
 *
 * <p>All secrets are read from one generation: Kubernetes replaces a whole volume at once by turning its {@code ..data}
 * link, and a username of before beside a password of after would be wrong.
 */
public final class DirectoryBackend implements Backend {
    private final Folder folder;

    public static DirectoryBackend open(BackendSettings.Directory settings) {
        return new DirectoryBackend(settings.path());
    }

    private DirectoryBackend(Path path) {
        folder = new Folder(path);
    }

    @Override
    public Map<Location, Outcome> fetch(Set<Location> wanted, Deadline deadline) {
        try {
            return Bounded.within(deadline, folder, () -> read(wanted, deadline));
        } catch (BackendException e) {
            Map<Location, Outcome> outcomes = new LinkedHashMap<>();
            for (Location location : wanted) {
                outcomes.put(location, new Outcome.Failed(e.failure()));
            }
            return outcomes;
        }
    }

    /** By the time of the file, which is that of its last change. */
    @Override
    public Map<Location, Described> describe(Set<Location> wanted, Deadline deadline) {
        Map<Location, Described> described = new LinkedHashMap<>();
        for (Location location : wanted) {
            try {
                described.put(
                        location,
                        new Described.Known(
                                null, folder.find(location).modified().toInstant(), null));
            } catch (BackendException e) {
                described.put(location, new Described.Failed(e.failure()));
            }
        }
        return described;
    }

    @Override
    public Map<Location, Polled> poll(Set<Location> wanted, Deadline deadline) {
        Map<Location, Outcome> failed = new LinkedHashMap<>();
        Map<Location, Polled> polled = new LinkedHashMap<>();
        find(wanted, failed).forEach((location, file) -> polled.put(location, new Polled.Marked(file.mark(), false)));
        failed.forEach((location, outcome) -> polled.put(location, new Polled.Read(outcome)));
        return polled;
    }

    @Override
    public Listing list(String prefix, Deadline deadline) {
        try {
            return new Lister(folder).list(prefix);
        } catch (BackendException e) {
            return new Listing.Failed(e.failure());
        }
    }

    @Override
    public void replace(Location location, Content content, Outcome.Found seen, Deadline deadline)
            throws BackendException {
        Bounded.within(deadline, folder, () -> {
            new Replacement(folder.find(location)).write(((Content.Bytes) content).value(), seen);
            return location;
        });
    }

    @Override
    public Location previous(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        byte[] current = ((Content.Bytes) seen.content()).value();
        Path before = Bounded.within(deadline, folder, () -> new Replacement(folder.find(location)).before(current));
        return new Location(folder.root().relativize(before).toString(), null, null);
    }

    @Override
    public @Nullable String retire(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        return new Replacement(folder.find(location)).dropPrevious() ? "deleted" : null;
    }

    private Map<Location, Outcome> read(Set<Location> wanted, Deadline deadline) throws BackendException {
        try {
            return readOneGeneration(wanted);
        } catch (BackendException changed) {
            return Retry.within(deadline, () -> readOneGeneration(wanted));
        }
    }

    /** Reads between two looks at what is there, which must see the same. */
    private Map<Location, Outcome> readOneGeneration(Set<Location> wanted) throws BackendException {
        Map<Location, Outcome> outcomes = new LinkedHashMap<>();
        Map<Location, SecretFile> files = find(wanted, outcomes);
        for (Map.Entry<Location, SecretFile> found : files.entrySet()) {
            outcomes.put(found.getKey(), read(found.getKey(), found.getValue()));
        }
        if (!files.equals(find(wanted, new LinkedHashMap<>()))) {
            throw new BackendException(
                    new Failure(
                            Failure.Kind.UNAVAILABLE,
                            "the files in " + folder + " changed while they were read",
                            "start again when whatever writes there is done"),
                    null);
        }
        return outcomes;
    }

    private Map<Location, SecretFile> find(Set<Location> wanted, Map<Location, Outcome> failed) {
        Map<Location, SecretFile> files = new LinkedHashMap<>();
        for (Location location : wanted) {
            try {
                files.put(location, folder.find(location));
            } catch (BackendException e) {
                failed.put(location, new Outcome.Failed(e.failure()));
            }
        }
        return files;
    }

    private Outcome read(Location location, SecretFile file) {
        try {
            Content content = new Content.Bytes(file.read(), format(location.path()));
            return new Outcome.Found(content, null, file.modified().toInstant());
        } catch (BackendException e) {
            return new Outcome.Failed(e.failure());
        }
    }

    private static Format format(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".env")) {
            return Format.ENV;
        }
        if (name.endsWith(".properties")) {
            return Format.PROPERTIES;
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? Format.YAML : Format.JSON;
    }
}
