package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.ListedNames;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.SideBySide;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists KV engines: a level of folders at a time, then the metadata of each secret where there is any. Never a value. */
final class Lister {
    private static final int DEEPEST = 20;

    private final Requests requests;
    private final @Nullable Integer kvVersion;
    private final Attempts attempts;

    /**
     * What a folder holds, or why that could not be had.
     *
     * @param names folders end with a slash
     */
    private record Folder(List<String> names, @Nullable Failure failure) {
        static Folder failed(Failure failure) {
            return new Folder(List.of(), failure);
        }
    }

    Lister(Session session, @Nullable Integer kvVersion, Attempts attempts) {
        this.requests = new Requests(session, attempts);
        this.kvVersion = kvVersion;
        this.attempts = attempts;
    }

    Listing list(String prefix) throws BackendException {
        ListedNames names = new ListedNames(prefix);
        for (Mount mount : mounts(prefix)) {
            describe(mount, walk(mount, prefix, names), names);
        }
        return names.listing();
    }

    /** The KV engines that the token may see, and that can hold such names. */
    private List<Mount> mounts(String prefix) throws BackendException {
        Answer answer = requests.get("sys/internal/ui/mounts", null).answer();
        Map<String, Object> engines = answer.object("data", "secret");
        List<Mount> mounts = new ArrayList<>();
        for (String path : engines == null ? Set.<String>of() : engines.keySet()) {
            boolean kv =
                    Answer.text(answer.object("data", "secret", path), "type").equals("kv");
            String version = Answer.text(answer.object("data", "secret", path, "options"), "version");
            if (kv && (prefix.startsWith(path) || path.startsWith(prefix))) {
                mounts.add(new Mount(path, kvVersion == null ? version.equals("2") : kvVersion == 2));
            }
        }
        if (mounts.isEmpty() && prefix.indexOf('/') > 0) {
            // A server that does not say what is mounted may list it all the same.
            return List.of(
                    new Mount(prefix.substring(0, prefix.indexOf('/') + 1), kvVersion == null || kvVersion == 2));
        }
        if (answer.status() != 200) {
            throw new BackendException(
                    new Failure(
                            Kind.DENIED,
                            "the token may not see which KV engines there are (" + answer.status() + ")",
                            "check it with vault token lookup, and name an engine: --prefix secret/"),
                    null);
        }
        return mounts;
    }

    /** The secrets of a mount. */
    private Set<Location> walk(Mount mount, String prefix, ListedNames names) throws BackendException {
        Set<Location> secrets = new LinkedHashSet<>();
        String top = prefix.startsWith(mount.path()) ? prefix.substring(0, prefix.lastIndexOf('/') + 1) : mount.path();
        Set<Location> level = Set.of(new Location(top, null, null));
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth == DEEPEST || secrets.size() >= ListedNames.MOST || level.size() > ListedNames.MOST) {
                names.cut();
                break;
            }
            Set<Location> next = new LinkedHashSet<>();
            for (Map.Entry<Location, Folder> asked : folders(mount, level).entrySet()) {
                String path = asked.getKey().path();
                Failure failure = asked.getValue().failure();
                if (failure != null) {
                    if (depth == 0 || failure.kind() != Kind.DENIED) {
                        throw new BackendException(failure, null);
                    }
                    names.leaveOut(path, failure.why());
                }
                for (String name : asked.getValue().names()) {
                    Location found = new Location(path + name, null, null);
                    (name.endsWith("/") ? next : secrets).add(found);
                }
            }
            next.removeIf(folder -> !names.mayBeBelow(folder.path()));
            level = next;
        }
        secrets.removeIf(secret -> !secret.path().startsWith(prefix));
        return secrets;
    }

    private Map<Location, Folder> folders(Mount mount, Set<Location> level) {
        return SideBySide.ask(
                "vault-list",
                level,
                attempts.deadline(),
                folder -> folder(mount, folder.path()),
                Folder::failed,
                attempts::timedOut);
    }

    private Folder folder(Mount mount, String path) throws BackendException {
        String apiPath = mount.versioned() ? mount.metadataPath(path) : path;
        Answer answer = requests.get(apiPath, "list=true").answer();
        Map<String, Object> data = answer.object("data");
        if (answer.status() == 200 && data != null && data.get("keys") instanceof List<?> keys) {
            return new Folder(
                    keys.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList(),
                    null);
        }
        if (answer.status() == 403) {
            return Folder.failed(new Failure(
                    Kind.DENIED,
                    "listing is denied by policy (403)",
                    "grant it: path \"" + apiPath + "*\" { capabilities = [\"list\", \"read\"] }"));
        }
        if (answer.says("no handler for route")) {
            return Folder.failed(new Failure(
                    Kind.NOT_FOUND,
                    "no secrets engine is mounted at " + path + " (404)",
                    "check the path with vault secrets list, and the namespace"));
        }
        // An empty folder is not there.
        return new Folder(List.of(), null);
    }

    private void describe(Mount mount, Set<Location> secrets, ListedNames names) {
        if (!mount.versioned()) {
            secrets.forEach(secret -> names.add(secret.path(), new Described.Known(null, null, null)));
            return;
        }
        Map<Location, Described> described = SideBySide.ask(
                "vault-list",
                secrets,
                attempts.deadline(),
                secret -> metadata(mount, secret.path()),
                Described.Failed::new,
                attempts::timedOut);
        described.forEach((secret, told) -> {
            if (told instanceof Described.Known known) {
                names.add(secret.path(), known);
            } else {
                names.leaveOut(
                        secret.path(), ((Described.Failed) told).failure().why());
            }
        });
    }

    private Described metadata(Mount mount, String path) throws BackendException {
        String apiPath = mount.metadataPath(path);
        Answer answer = requests.get(apiPath, null).answer();
        Described told = Metadata.describe(answer, null);
        if (told != null) {
            return told;
        }
        return answer.status() == 200
                ? new Described.Failed(new Failure(Kind.NOT_FOUND, "has no version", "write one"))
                : new Described.Known(null, null, "read on \"" + apiPath + "\"");
    }
}
