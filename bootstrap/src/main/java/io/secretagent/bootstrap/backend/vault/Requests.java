package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of one fetch: with the session's token, repeated on faults that pass. */
final class Requests {
    private static final int NO_CONTENT = 204;

    private final Session session;
    private final Attempts attempts;
    private volatile @Nullable Failure fault;
    private @Nullable Boolean tokenIsGood;

    /** An answer and the token it was given for. */
    record Reply(Answer answer, String token) {}

    Requests(Session session, Attempts attempts) {
        this.session = session;
        this.attempts = attempts;
    }

    /**
     * Asks for a path of the API.
     *
     * @return the server's answer if it is about the path: 200, or a refusal in Vault's own form
     * @throws BackendException if there is no such answer; once the whole server is at fault, at once
     */
    Reply get(String path, @Nullable String query) throws BackendException {
        Failure known = fault;
        if (known != null) {
            throw new BackendException(known, null);
        }
        try {
            String token = session.token(attempts);
            Answer answer = repeated(path, query, token);
            if (answer.status() != 403) {
                return new Reply(answer, token);
            }
            String fresh = session.renewed(token, attempts);
            return fresh == null ? new Reply(answer, token) : new Reply(repeated(path, query, fresh), fresh);
        } catch (BackendException e) {
            if (Fault.ofTheWholeServer(e.failure(), session.server().address())) {
                fault = e.failure();
            }
            throw e;
        }
    }

    /** Writes to a path of the API, once: whether a write that failed on the way was done, only a read tells. */
    Answer post(String path, Map<String, Object> body) throws BackendException {
        VaultServer server = session.server();
        Answer answer = server.post(path, body, session.token(attempts), attempts.deadline());
        // A write to a KV version 1 is answered with nothing.
        Failure failure = answer.status() == NO_CONTENT ? null : Fault.of(answer, server.address());
        if (failure != null) {
            throw new BackendException(failure, null);
        }
        return answer;
    }

    /**
     * Whether the token is known to be good; one that a login has just brought is. A token without the default policy
     * may not even ask. Asked once, and not again on a fault: it makes a failure's words better, and no more.
     */
    synchronized boolean tokenIsGood() {
        if (tokenIsGood == null) {
            tokenIsGood = !session.isGiven() || givenTokenIsGood();
        }
        return tokenIsGood;
    }

    private boolean givenTokenIsGood() {
        try {
            return session.isGood(session.token(attempts), attempts.deadline());
        } catch (BackendException e) {
            return false;
        }
    }

    private Answer repeated(String path, @Nullable String query, String token) throws BackendException {
        VaultServer server = session.server();
        return attempts.repeat(() -> {
            Answer answer = server.get(path, query, token, attempts.deadline());
            Failure failure = Fault.of(answer, server.address());
            if (failure != null) {
                throw new BackendException(failure, null, answer.retryAfter());
            }
            return answer;
        });
    }
}
