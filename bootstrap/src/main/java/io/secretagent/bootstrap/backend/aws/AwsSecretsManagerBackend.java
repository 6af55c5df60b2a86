package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Polled;
import io.secretagent.bootstrap.backend.SideBySide;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets of one region of one AWS account. Current versions are read twenty a call; a version or stage, and
 * whatever the twenty at once did not settle, one a call, eight calls at once.
 */
public final class AwsSecretsManagerBackend implements Backend {
    /** What BatchGetSecretValue takes. */
    private static final int BATCH_SIZE = 20;

    private final BackendSettings.AwsSecretsManager settings;
    private final Calls calls = new Calls();
    private @Nullable Connection connection;
    private boolean batchRefused;
    private boolean describeRefused;

    /** Makes the backend; region and credentials are looked for by the first fetch, within its deadline. */
    public static AwsSecretsManagerBackend open(BackendSettings.AwsSecretsManager settings) {
        return new AwsSecretsManagerBackend(settings);
    }

    private AwsSecretsManagerBackend(BackendSettings.AwsSecretsManager settings) {
        this.settings = settings;
    }

    @Override
    public Map<Location, Outcome> fetch(Set<Location> wanted, Deadline deadline) {
        Map<Location, Outcome> outcomes = new HashMap<>();
        for (Location location : wanted) {
            if (!SecretId.isLegal(location.path())) {
                outcomes.put(location, new Outcome.Failed(SecretId.illegal()));
            }
        }
        try {
            List<Location> rest = unsettled(wanted, outcomes);
            if (!rest.isEmpty()) {
                read(rest, outcomes, connect(deadline), deadline);
            }
        } catch (BackendException e) {
            fail(wanted, outcomes, e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(wanted, outcomes, Calls.late());
        }
        return outcomes;
    }

    /**
     * By reading, twenty a call; what would be a call each is asked about by DescribeSecret. ListSecrets has a hundred a
     * call, but may be five minutes behind (its reference says so).
     */
    @Override
    public Map<Location, Polled> poll(Set<Location> wanted, Deadline deadline) {
        Set<Location> read = new LinkedHashSet<>();
        if (!batchRefused) {
            batches(List.copyOf(wanted)).forEach(read::addAll);
        }
        Map<Location, Polled> polled = new HashMap<>();
        Set<Location> rest = new LinkedHashSet<>(wanted);
        rest.removeAll(read);
        if (!describeRefused) {
            describe(rest, deadline).forEach((location, described) -> {
                if (described instanceof Described.Known known && known.version() != null) {
                    polled.put(location, new Polled.Marked(known.version(), true));
                } else if (described instanceof Described.Failed failed
                        && failed.failure().kind() != Failure.Kind.DENIED) {
                    polled.put(location, new Polled.Read(new Outcome.Failed(failed.failure())));
                }
            });
        }
        rest.removeAll(polled.keySet());
        read.addAll(rest);
        fetch(read, deadline).forEach((location, outcome) -> {
            polled.put(location, new Polled.Read(outcome));
            // Allowed to read and not to describe: then that is how it is found out from now on.
            describeRefused |= rest.contains(location) && outcome instanceof Outcome.Found;
        });
        return polled;
    }

    @Override
    public Map<Location, Described> describe(Set<Location> wanted, Deadline deadline) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        try {
            Describer describer = new Describer(connect(deadline), deadline);
            return SideBySide.ask(
                    "aws-secrets-manager", wanted, deadline, describer::describe, Described.Failed::new, Calls::late);
        } catch (BackendException e) {
            return allFailed(wanted, e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return allFailed(wanted, Calls.late());
        }
    }

    @Override
    public Listing list(String prefix, Deadline deadline) {
        try {
            return new Lister(connect(deadline), deadline).list(prefix);
        } catch (BackendException e) {
            return new Listing.Failed(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Listing.Failed(Calls.late());
        }
    }

    @Override
    public void replace(Location location, Content content, Outcome.Found seen, Deadline deadline)
            throws BackendException {
        Content.Bytes bytes = (Content.Bytes) content;
        try {
            new SecretWriter(connect(deadline), deadline).replace(location, bytes.value(), bytes.isText(), seen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(Calls.late(), e);
        }
    }

    @Override
    public Location previous(Location location, Outcome.Found seen, Deadline deadline) {
        return new Location(location.path(), null, "AWSPREVIOUS");
    }

    @Override
    public String retire(Location location, Outcome.Found seen, Deadline deadline) throws BackendException {
        try {
            new SecretWriter(connect(deadline), deadline).retire(location, String.valueOf(seen.version()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(Calls.late(), e);
        }
        return "without a stage, and AWS deletes it in time";
    }

    @Override
    public @Nullable String identity(Deadline deadline) {
        try {
            return connection == null ? null : Identity.of(connection, calls, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        calls.close();
        if (connection != null) {
            connection.close();
        }
    }

    private Connection connect(Deadline deadline) throws BackendException, InterruptedException {
        if (connection == null) {
            connection = Connection.open(settings, calls, deadline);
        }
        connection.signIn(calls, deadline);
        return connection;
    }

    private void read(List<Location> wanted, Map<Location, Outcome> outcomes, Connection open, Deadline deadline)
            throws InterruptedException {
        BatchReader batches = new BatchReader(open, deadline);
        if (!batchRefused) {
            outcomes.putAll(calls.read(batches(wanted), batches::read, deadline));
            batchRefused = batches.isRefused();
        }
        List<List<Location>> rest = new ArrayList<>();
        for (Location location : unsettled(wanted, outcomes)) {
            rest.add(List.of(location));
        }
        SingleReader singles = new SingleReader(open, deadline);
        outcomes.putAll(calls.read(rest, singles::read, deadline));
    }

    /** The current versions by twenties. One alone is no batch: GetSecretValue is the smaller permission. */
    private static List<List<Location>> batches(List<Location> wanted) {
        List<Location> current = new ArrayList<>();
        for (Location location : wanted) {
            if (location.version() == null && location.stage() == null) {
                current.add(location);
            }
        }
        List<List<Location>> batches = new ArrayList<>();
        for (int from = 0; from + 1 < current.size(); from += BATCH_SIZE) {
            batches.add(List.copyOf(current.subList(from, Math.min(from + BATCH_SIZE, current.size()))));
        }
        return batches;
    }

    private static List<Location> unsettled(Iterable<Location> wanted, Map<Location, Outcome> outcomes) {
        List<Location> unsettled = new ArrayList<>();
        for (Location location : wanted) {
            if (!outcomes.containsKey(location)) {
                unsettled.add(location);
            }
        }
        return unsettled;
    }

    private static Map<Location, Described> allFailed(Set<Location> wanted, Failure failure) {
        Map<Location, Described> described = new HashMap<>();
        for (Location location : wanted) {
            described.put(location, new Described.Failed(failure));
        }
        return described;
    }

    private static void fail(Set<Location> wanted, Map<Location, Outcome> outcomes, Failure failure) {
        for (Location location : wanted) {
            outcomes.putIfAbsent(location, new Outcome.Failed(failure));
        }
    }
}
