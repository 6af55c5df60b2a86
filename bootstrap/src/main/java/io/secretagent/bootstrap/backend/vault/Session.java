package io.secretagent.bootstrap.backend.vault;

import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The token in use: given, or obtained by a login. All reads of a fetch share it, so logins are one at a time.
 * A fetch is known by its attempts.
 */
final class Session {
    private static final Duration REVOKE_LIMIT = Duration.ofSeconds(2);

    private final VaultServer server;
    private final VaultAuth auth;
    private final Map<String, String> environment;
    private final Set<String> toRevoke = ConcurrentHashMap.newKeySet();
    private @Nullable String token;
    private @Nullable Attempts renewedIn;
    private @Nullable Attempts failedIn;
    private @Nullable BackendException failed;

    Session(VaultServer server, VaultAuth auth, Map<String, String> environment) {
        this.server = server;
        this.auth = auth;
        this.environment = environment;
    }

    VaultServer server() {
        return server;
    }

    boolean isGiven() {
        return auth instanceof VaultAuth.Token;
    }

    /** The token to ask with. A login that failed is not tried again by the other reads of the same fetch. */
    synchronized String token(Attempts attempts) throws BackendException {
        if (failed != null && failedIn == attempts) {
            throw failed;
        }
        if (token != null) {
            return token;
        }
        try {
            if (auth instanceof VaultAuth.Token given) {
                token = GivenToken.find(given, environment);
            } else {
                token = new Login(server, auth).token(attempts);
                toRevoke.add(token);
            }
            return token;
        } catch (BackendException e) {
            failed = e;
            failedIn = attempts;
            throw e;
        }
    }

    /**
     * Another token for one that was refused, since Vault answers 403 for an expired one too; once in each fetch.
     *
     * @return null if there can be no better one
     */
    synchronized @Nullable String renewed(String refused, Attempts attempts) throws BackendException {
        if (isGiven()) {
            return null;
        }
        if (!refused.equals(token)) {
            return token(attempts);
        }
        if (renewedIn == attempts) {
            return null;
        }
        renewedIn = attempts;
        token = null;
        return token(attempts);
    }

    /** What the server calls the token in its own log; null if it does not say, as to one without the default policy. */
    @Nullable String accessor(Deadline deadline) {
        String held;
        synchronized (this) {
            held = token;
        }
        if (held == null) {
            return null;
        }
        try {
            String accessor = Answer.text(
                    server.get("auth/token/lookup-self", null, held, deadline).object("data"), "accessor");
            return accessor.isEmpty() ? null : "accessor " + accessor;
        } catch (BackendException e) {
            return null;
        }
    }

    /** Keeps a token alive after the end: a lease (database credentials) dies with the token that took it. */
    void keep(String leaseholder) {
        toRevoke.remove(leaseholder);
    }

    /** Revokes what logins obtained, for two seconds at most. */
    void close() {
        CountDownLatch revoked = new CountDownLatch(1);
        Thread revoker = new Thread(
                () -> {
                    toRevoke.forEach(this::revoke);
                    revoked.countDown();
                },
                "vault-revoke");
        revoker.setDaemon(true);
        revoker.start();
        try {
            if (!revoked.await(REVOKE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                revoker.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void revoke(String obtained) {
        try {
            new Auth(server.driver(obtained, REVOKE_LIMIT)).revokeSelf();
        } catch (VaultException e) {
            // It ends by itself when its time to live is over; nothing else is lost.
            toRevoke.remove(obtained);
        }
    }
}
