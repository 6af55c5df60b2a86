package io.secretagent.bootstrap.backend.vault;

import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.vault.Leases.Lease;
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
    private static final String LOOK_UP = "auth/token/lookup-self";

    private final VaultServer server;
    private final VaultAuth auth;
    private final Map<String, String> environment;
    private final Leases leases = new Leases();
    private final Set<String> obtained = ConcurrentHashMap.newKeySet();
    private @Nullable String token;
    /** Of the token; null if it is not known how long that lasts. */
    private @Nullable Loan loan;

    private @Nullable Attempts renewedIn;
    private @Nullable Attempts failedIn;
    private @Nullable BackendException failed;
    private volatile boolean stays;

    Session(VaultServer server, VaultAuth auth, Map<String, String> environment) {
        this.server = server;
        this.auth = auth;
        this.environment = environment;
    }

    VaultServer server() {
        return server;
    }

    Leases leases() {
        return leases;
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
                loan = null;
            } else {
                Login.Token logged = new Login(server, auth).token(attempts);
                token = logged.text();
                loan = logged.loan();
                obtained.add(token);
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
        if (!refused.equals(token)) {
            return token(attempts);
        }
        if (renewedIn == attempts) {
            return null;
        }
        renewedIn = attempts;
        if (isGiven()) {
            // Whoever gives it may have put another one into the file.
            token = null;
            return token(attempts).equals(refused) ? null : token;
        }
        if (isGood(refused, attempts.deadline())) {
            return null;
        }
        token = null;
        String fresh = token(attempts);
        obtained.remove(refused);
        revoke(refused);
        return fresh;
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
            String accessor =
                    Answer.text(server.get(LOOK_UP, null, held, deadline).object("data"), "accessor");
            return accessor.isEmpty() ? null : "accessor " + accessor;
        } catch (BackendException e) {
            return null;
        }
    }

    /** Whether the server knows the token. One without the default policy may not even ask, and then is not. */
    boolean isGood(String asked, Deadline deadline) {
        try {
            return server.get(LOOK_UP, null, asked, deadline).status() == 200;
        } catch (BackendException e) {
            return false;
        }
    }

    /**
     * Makes the token last, if it is time, or takes another one while it still does. Who calls it stays, so that what was
     * obtained is not needed by anybody after the end.
     *
     * @return what was lent to a token that was exchanged, and ends with it
     */
    synchronized Set<Location> renew(Attempts attempts) {
        stays = true;
        String held = token;
        if (held == null) {
            return Set.of();
        }
        if (loan == null) {
            loan = loanOf(held, attempts.deadline());
        }
        if (loan == null || !loan.isDue()) {
            return Set.of();
        }
        Loan longer = loan.renewable() ? longer(held, loan, attempts.deadline()) : null;
        if (longer == null) {
            return exchange(held, loan, attempts);
        }
        loan = longer;
        return Set.of();
    }

    /** How long until the token is to be renewed; null if that cannot be told, or never comes. */
    synchronized @Nullable Duration untilRenewal() {
        return loan == null || loan.isForEver() ? null : loan.untilDue();
    }

    /** Gives back what logins obtained and what was lent, for two seconds at most. */
    void close() {
        CountDownLatch revoked = new CountDownLatch(1);
        Thread revoker = new Thread(
                () -> {
                    if (stays) {
                        leases.all().forEach(this::revoke);
                    }
                    obtained.forEach(this::revoke);
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

    /** What is left of a token that somebody else obtained; for ever if it may not ask; null if there was no answer. */
    private @Nullable Loan loanOf(String held, Deadline deadline) {
        try {
            Map<String, Object> told = server.get(LOOK_UP, null, held, deadline).object("data");
            return Loan.of(Answer.seconds(told, "ttl"), told != null && Boolean.TRUE.equals(told.get("renewable")));
        } catch (BackendException e) {
            return null;
        }
    }

    /** The loan after a renewal; null if the server will not make it as long as it was. */
    private @Nullable Loan longer(String held, Loan before, Deadline deadline) {
        try {
            Answer answer = server.post("auth/token/renew-self", Map.of(), held, deadline);
            if (Fault.of(answer, server.address()) != null) {
                return before.hasEnded() ? null : before;
            }
            Loan after = Loan.of(Answer.seconds(answer.object("auth"), "lease_duration"), true);
            return before.isCapped(after.length()) ? null : after;
        } catch (BackendException e) {
            // Not answered: it lasts for a third of its time yet, and there will be other attempts.
            return before.hasEnded() ? null : before;
        }
    }

    /** Takes another token. The one before goes on for as long as there are leases that end with it. */
    private Set<Location> exchange(String before, Loan left, Attempts attempts) {
        token = null;
        try {
            if (token(attempts).equals(before)) {
                loan = left;
                return Set.of();
            }
        } catch (BackendException e) {
            token = before;
            loan = left;
            return Set.of();
        }
        Set<Location> ending = leases.dropHeldBy(before);
        if (ending.isEmpty() && obtained.remove(before)) {
            revoke(before);
        }
        return ending;
    }

    private void revoke(String token) {
        if (stays || !leases.anyHeldBy(token)) {
            try {
                new Auth(server.driver(token, REVOKE_LIMIT)).revokeSelf();
            } catch (VaultException e) {
                // It ends by itself when its time to live is over; nothing else is lost.
                return;
            }
        }
    }

    /** Those of a token that was obtained end with it. */
    private void revoke(Lease lease) {
        if (!obtained.contains(lease.holder())) {
            try {
                server.post(
                        "sys/leases/revoke",
                        Map.of("lease_id", lease.id()),
                        lease.holder(),
                        Deadline.after(REVOKE_LIMIT));
            } catch (BackendException e) {
                // It ends by itself, too.
                return;
            }
        }
    }
}
