package io.secretagent.bootstrap.backend.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Retry;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One login for all requests of a fetch, and for the fetches after it while the token lasts. The SDK's own cache is asked again by every request that is challenged, and
 * does not keep a failure: without a credential each secret would try the whole chain.
 */
final class SharedToken implements TokenCredential {
    private static final long MARGIN_SECONDS = 60;
    /** Of what is left, so that there is an answer before the fetch as a whole is cut off. */
    private static final double SHARE_OF_THE_TIME = 0.75;

    private final TokenCredential credential;
    private final LoginStatus status;
    /** The vault's host, or null if challenges are not verified. */
    private final @Nullable String vault;

    private Deadline deadline;
    private @Nullable Login last;

    /** A request for a token, and what came of it: one of the two others is null. */
    private record Login(
            Wanted wanted,
            @Nullable AccessToken token,
            @Nullable Failure failure) {
        boolean answers(Wanted other) {
            return wanted.equals(other)
                    && (token == null
                            || token.getExpiresAt()
                                    .toInstant()
                                    .isAfter(Instant.now().plusSeconds(MARGIN_SECONDS)));
        }
    }

    /** What tells one token from another; claims come with a challenge that revokes the one before. */
    private record Wanted(
            List<String> scopes,
            @Nullable String tenant,
            @Nullable String claims) {}

    static SharedToken of(BackendSettings.AzureKeyVault settings, HttpClient http, Deadline deadline)
            throws BackendException {
        String vault = settings.challengeResourceVerification() ? settings.url().getHost() : null;
        LoginStatus status = new LoginStatus();
        return new SharedToken(Credentials.build(settings, http, status), status, vault, deadline);
    }

    private SharedToken(TokenCredential credential, LoginStatus status, @Nullable String vault, Deadline deadline) {
        this.credential = credential;
        this.status = status;
        this.vault = vault;
        this.deadline = deadline;
    }

    /** Begins another fetch, which is not told of the failure of the one before. */
    synchronized void begin(Deadline ofFetch) {
        deadline = ofFetch;
        if (last != null && last.failure() != null) {
            last = null;
        }
    }

    /**
     * The token, from the first login that answers this request.
     *
     * @throws NoTokenException if there is none
     */
    @Override
    public synchronized AccessToken getTokenSync(TokenRequestContext request) {
        verifyChallenge(request);
        Wanted wanted = new Wanted(List.copyOf(request.getScopes()), request.getTenantId(), request.getClaims());
        Login login = last;
        if (login == null || !login.answers(wanted)) {
            login = login(wanted, request);
            last = login;
        }
        if (login.failure() != null) {
            throw new NoTokenException(login.failure());
        }
        return Objects.requireNonNull(login.token());
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    /** Who the last token says we are; null if there is none. */
    synchronized @Nullable String identity() {
        AccessToken token = last == null ? null : last.token();
        return token == null ? null : Identity.of(token.getToken());
    }

    private Login login(Wanted wanted, TokenRequestContext request) {
        try {
            return new Login(wanted, Retry.within(deadline, () -> requestToken(request)), null);
        } catch (BackendException e) {
            return new Login(wanted, null, e.failure());
        }
    }

    /**
     * Asks in a thread that can be left behind: azure-identity reads the output of az, azd and pwsh to its end before its
     * own timeout for them counts, so that one that hangs would take all the time of the fetch.
     */
    private AccessToken requestToken(TokenRequestContext request) throws BackendException {
        FutureTask<AccessToken> answer = new FutureTask<>(() -> credential.getTokenSync(request));
        status.clear();
        Thread thread = new Thread(answer, "azure-login");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get((long) (deadline.remaining().toNanos() * SHARE_OF_THE_TIME), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new BackendException(LoginFaults.translate(Faults.cause(e), status.last()), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new BackendException(LoginFaults.TIMED_OUT, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new BackendException(Faults.TIMED_OUT, e);
        }
    }

    /** A server that is not the vault could name another resource, and be handed a token for that. */
    private void verifyChallenge(TokenRequestContext request) {
        if (vault == null) {
            return;
        }
        for (String scope : request.getScopes()) {
            String resource = host(scope);
            if (resource == null || !vault.toLowerCase(Locale.ROOT).endsWith("." + resource)) {
                throw new NoTokenException(
                        new Failure(
                                Kind.INVALID,
                                "the server at url asks for a token of another domain than its own",
                                "correct url, or for a vault under a name of your own set challenge-resource-verification: false"));
            }
        }
    }

    private static @Nullable String host(String scope) {
        try {
            String host = URI.create(scope).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
