package io.secretagent.bootstrap.rotate;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.SecretName;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One change of one secret: seen, stored in place of what was seen, and read back. */
public final class Rotation {
    private final Backend backend;
    private final SecretName name;
    private final Location location;
    private final Duration timeout;
    private final Outcome.Found seen;
    private volatile State state = State.NOTHING_STORED;

    /** How far it has come, for whom a signal ends on the way. */
    public enum State {
        NOTHING_STORED("nothing was stored"),
        UNKNOWN("whether the new value is stored is not known: either it or the old one is in place"),
        STORED("the new value is stored");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * Looks at what is stored now.
     *
     * @param timeout of each step, since a person or a test may take any time between two of them
     * @throws BackendException if there is nothing that can be read
     */
    public static Rotation of(Backend backend, SecretName name, Duration timeout) throws BackendException {
        Location location = new Location(name.path(), null, null);
        return new Rotation(backend, name, location, timeout, read(backend, location, Deadline.after(timeout)));
    }

    private Rotation(Backend backend, SecretName name, Location location, Duration timeout, Outcome.Found seen) {
        this.backend = backend;
        this.name = name;
        this.location = location;
        this.timeout = timeout;
        this.seen = seen;
    }

    public State state() {
        return state;
    }

    /** The version that was seen, as the store names it. */
    public @Nullable String version() {
        return seen.version();
    }

    /**
     * What was seen, with this value in it; nothing is stored.
     *
     * @param keeps whether a key's value before is kept beside it
     */
    public Content with(String value, boolean keeps) throws BackendException {
        return Document.with(seen.content(), name.selection(), value, keeps);
    }

    /**
     * Takes out of use what was replaced.
     *
     * @return what has become of it; null if the store keeps none
     */
    public @Nullable String retire() throws BackendException {
        return backend.retire(location, seen, Deadline.after(timeout));
    }

    /** What was stored before that, byte by byte; of a key, what was seen with the value that the key had. */
    public Content before() throws BackendException {
        Deadline deadline = Deadline.after(timeout);
        Location previous = backend.previous(location, seen, deadline);
        return Document.restored(
                seen.content(),
                name.selection(),
                read(backend, previous, deadline).content());
    }

    /**
     * Stores it in place of what was seen, and reads it back.
     *
     * @return the version that it became, or null if the store has none
     * @throws BackendException and then its words or the state say which value is in place
     */
    public @Nullable String store(Content content) throws BackendException {
        Deadline deadline = Deadline.after(timeout);
        BackendException failed = null;
        state = State.UNKNOWN;
        try {
            backend.replace(location, content, seen, deadline);
        } catch (BackendException e) {
            failed = e;
        }
        Outcome.Found now;
        try {
            now = read(backend, location, deadline);
        } catch (BackendException e) {
            throw unknown(failed == null ? e : failed);
        }
        if (Document.same(now.content(), content)) {
            state = State.STORED;
            return now.version();
        }
        if (failed != null) {
            boolean kept =
                    Objects.equals(now.version(), seen.version()) && Document.same(now.content(), seen.content());
            state = kept ? State.NOTHING_STORED : state;
            throw failed;
        }
        throw new BackendException(
                new Failure(Kind.CONFLICT, "it was stored, and somebody else has changed it since", "look at it"),
                null);
    }

    private static Outcome.Found read(Backend backend, Location location, Deadline deadline) throws BackendException {
        Outcome outcome = backend.fetch(Set.of(location), deadline).get(location);
        if (outcome instanceof Outcome.Found found) {
            return found;
        }
        throw new BackendException(
                outcome instanceof Outcome.Failed failed
                        ? failed.failure()
                        : new Failure(Kind.INTERNAL, "internal error (the backend left it out)", "report it"),
                null);
    }

    private static BackendException unknown(BackendException failed) {
        Failure failure = failed.failure();
        return new BackendException(
                new Failure(
                        failure.kind(),
                        failure.why() + "; whether it was stored is not known, either the old value or the new one is"
                                + " in place",
                        "see which with secret-agent age or verify, and go back with secret-agent rollback if need be"),
                failed);
    }
}
