package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Polled;
import io.secretagent.bootstrap.backend.vault.Leases.Lease;
import io.secretagent.bootstrap.backend.vault.Requests.Reply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reads of one fetch. Many threads use it. */
final class SecretReader {
    private final Requests requests;
    private final @Nullable Integer kvVersion;
    private final Mounts mounts;
    private final Leases leases;

    /**
     * Reads with this session.
     *
     * @param kvVersion 1 or 2 as the mapping states it, or null to believe the server
     */
    SecretReader(Session session, @Nullable Integer kvVersion, Mounts mounts, Attempts attempts) {
        this.requests = new Requests(session, attempts);
        this.kvVersion = kvVersion;
        this.mounts = mounts;
        this.leases = session.leases();
    }

    Outcome read(Location location) throws BackendException {
        String path = withoutSlashes(location);
        checkVersion(location);
        Mount mount = mount(path);
        return mount == null ? readUnknown(location, path) : read(location, mount, path);
    }

    /** Version and age by the metadata of a KV version 2; where a policy hides that, by reading the secret. */
    Described describe(Location location) throws BackendException {
        String path = withoutSlashes(location);
        checkVersion(location);
        Mount mount = mount(path);
        if (mount == null || !mount.versioned()) {
            return Described.of(read(location), null);
        }
        Answer answer = requests.get(mount.metadataPath(path), null).answer();
        Described known = Metadata.describe(answer, location.version());
        return known != null ? known : Described.of(read(location), "read on \"" + mount.metadataPath(path) + "\"");
    }

    /** By the metadata of a KV version 2; what is lent is known to be the same until it ends. */
    Polled poll(Location location) throws BackendException {
        Lease lease = leases.of(location);
        if (lease != null) {
            return new Polled.Marked(lease.version(), true);
        }
        String path = withoutSlashes(location);
        Mount mount = mount(path);
        if (mount != null && mount.versioned() && !mounts.hidesMetadata(mount)) {
            String mark =
                    Metadata.mark(requests.get(mount.metadataPath(path), null).answer(), location.version());
            if (mark != null) {
                return new Polled.Marked(mark, true);
            }
            Outcome outcome = read(location);
            if (outcome instanceof Outcome.Found) {
                mounts.hideMetadata(mount);
            }
            return new Polled.Read(outcome);
        }
        return new Polled.Read(read(location));
    }

    private Outcome read(Location location, Mount mount, String path) throws BackendException {
        if (!mount.versioned() && location.version() != null) {
            throw invalid(path + " has no versions: it is not in a KV version 2 engine", "remove version:");
        }
        String apiPath = mount.apiPath(path);
        Reply reply = requests.get(apiPath, query(location));
        Outcome found = mount.versioned() ? versioned(reply.answer()) : plain(location, reply);
        return found != null ? found : new Outcome.Failed(refusal(reply.answer(), path, apiPath));
    }

    /** Where the server does not say what is mounted, what it answers tells. */
    private Outcome readUnknown(Location location, String path) throws BackendException {
        Mount guess = guess(path);
        Reply asVersioned = requests.get(guess.apiPath(path), query(location));
        Outcome found = versioned(asVersioned.answer());
        if (found != null) {
            return found;
        }
        if (kvVersion != null || location.version() != null) {
            return new Outcome.Failed(refusal(asVersioned.answer(), path, guess.apiPath(path)));
        }
        Reply asPlain = requests.get(path, null);
        found = plain(location, asPlain);
        if (found != null) {
            return found;
        }
        // A KV 2 engine answers a path without data/ with 404 and a warning.
        boolean isVersioned = asPlain.answer().says("versioned K/V");
        Answer answer = isVersioned ? asVersioned.answer() : asPlain.answer();
        return new Outcome.Failed(refusal(answer, path, isVersioned ? guess.apiPath(path) : path));
    }

    /**
     * The mount of a path, as {@code vault kv} finds it: this endpoint needs no more than some access below the mount.
     * Two threads may ask for the same one, which is cheaper than a lock.
     */
    private @Nullable Mount mount(String path) throws BackendException {
        if (kvVersion != null && kvVersion == 1) {
            return new Mount("", false);
        }
        Mount known = mounts.of(path);
        if (known != null) {
            return known;
        }
        Answer answer = requests.get("sys/internal/ui/mounts/" + path, null).answer();
        Map<String, Object> data = answer.object("data");
        String mountPath = Answer.text(data, "path");
        if (answer.status() != 200 || !path.startsWith(mountPath) || mountPath.isEmpty()) {
            return null;
        }
        boolean kv = Answer.text(data, "type").equals("kv");
        boolean two = kvVersion != null
                || Answer.text(answer.object("data", "options"), "version").equals("2");
        Mount mount = new Mount(mountPath, kv && two);
        mounts.add(mount);
        return mount;
    }

    private static @Nullable Outcome versioned(Answer answer) {
        Map<String, Object> metadata = answer.object("data", "metadata");
        String version = Answer.version(metadata, "version");
        if (version.isEmpty()) {
            return null;
        }
        Map<String, Object> fields = answer.object("data", "data");
        if (answer.status() == 200 && fields != null) {
            return new Outcome.Found(
                    new Content.Fields(fields), version, Metadata.instant(Answer.text(metadata, "created_time")));
        }
        boolean destroyed = Boolean.TRUE.equals(metadata == null ? null : metadata.get("destroyed"));
        return new Outcome.Failed(new Failure(
                Kind.DISABLED,
                "version " + version + (destroyed ? " is destroyed" : " is deleted"),
                destroyed ? "write a new version" : "vault kv undelete -versions=" + version + ", or write a new one"));
    }

    private @Nullable Outcome plain(Location location, Reply reply) {
        Map<String, Object> fields = reply.answer().object("data");
        if (reply.answer().status() != 200 || fields == null) {
            return null;
        }
        Map<String, Object> body = reply.answer().body();
        String lease = Answer.text(body, "lease_id");
        if (lease.isEmpty()) {
            return new Outcome.Found(new Content.Fields(fields), null, null);
        }
        boolean renewable = body != null && Boolean.TRUE.equals(body.get("renewable"));
        Lease lent = new Lease(lease, reply.token(), Loan.of(Answer.seconds(body, "lease_duration"), renewable));
        leases.take(location, lent);
        return new Outcome.Found(
                new Content.Fields(fields), lent.version(), null, lent.loan().length());
    }

    private Failure refusal(Answer answer, String path, String apiPath) {
        if (answer.status() == 403 || answer.status() == 401) {
            return requests.tokenIsGood()
                    ? new Failure(
                            Kind.DENIED,
                            "denied by policy (403)",
                            "grant read on \"" + apiPath + "\" to the token's policy")
                    : new Failure(
                                    Kind.DENIED,
                                    "denied (403): the token is not valid, or its policy does not grant this",
                                    "check it with vault token lookup, and grant read on \"" + apiPath + "\"")
                            .inGeneral();
        }
        if (answer.says("namespace not found")) {
            return new Failure(Kind.NOT_FOUND, "there is no such namespace (404)", "check namespace:");
        }
        if (answer.says("no handler for route")) {
            return new Failure(
                    Kind.NOT_FOUND,
                    "no secrets engine is mounted at " + path + " (404)",
                    "check the path with vault secrets list, and namespace:");
        }
        if (answer.status() == 404) {
            return new Failure(Kind.NOT_FOUND, "there is no such secret (404)", "check it with vault kv get " + path);
        }
        if (answer.status() == 200) {
            return new Failure(
                    Kind.INVALID, "the path answers without fields (200)", "check it with vault read " + apiPath);
        }
        return new Failure(
                Kind.INVALID,
                "the server does not read this path (" + answer.status() + ")",
                "check it with vault read " + apiPath);
    }

    /**
     * The path of the API at which a secret that was read is written.
     *
     * @param versioned whether it was read with a version: all there is to go by where the server does not say what is
     *     mounted
     */
    String apiPath(Location location, boolean versioned) throws BackendException {
        String path = withoutSlashes(location);
        Mount mount = mount(path);
        if (mount == null) {
            return versioned ? guess(path).apiPath(path) : path;
        }
        return mount.apiPath(path);
    }

    /** The path at which versions of a secret that has versions are deleted. */
    String deletePath(Location location) throws BackendException {
        String path = withoutSlashes(location);
        Mount mount = mount(path);
        return (mount == null ? guess(path) : mount).deletePath(path);
    }

    private static Mount guess(String path) {
        return new Mount(path.substring(0, path.indexOf('/') + 1), true);
    }

    private static String withoutSlashes(Location location) {
        return location.path().replaceAll("^/+|/+$", "");
    }

    private static void checkVersion(Location location) throws BackendException {
        if (location.stage() != null) {
            throw invalid("Vault has no stages", "use version:");
        }
        if (location.version() != null && !Answer.isVersion(location.version())) {
            throw invalid("a version in Vault is a number", "correct version:");
        }
    }

    private static @Nullable String query(Location location) {
        return location.version() == null ? null : "version=" + location.version();
    }

    private static BackendException invalid(String why, String mend) {
        return new BackendException(new Failure(Kind.INVALID, why, mend), null);
    }
}
