package io.secretagent.bootstrap.backend.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.rest.Rest;
import io.github.jopenlibs.vault.rest.RestException;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Obtains a token with the driver. Credential files are read at each login, since Kubernetes replaces its own. */
final class Login {
    private static final int OK = 200;

    private final VaultServer server;
    private final VaultAuth auth;

    Login(VaultServer server, VaultAuth auth) {
        this.server = server;
        this.auth = auth;
    }

    /** A token and how long it lasts. */
    record Token(String text, Loan loan) {
        /** Never the token. */
        @Override
        public String toString() {
            return "Token";
        }
    }

    Token token(Attempts attempts) throws BackendException {
        return attempts.repeat(() -> attempt(VaultServer.attemptLimit(attempts.deadline())));
    }

    private Token attempt(Duration limit) throws BackendException {
        try {
            VaultConfig config = server.driver(null, limit);
            AuthResponse answer = login(config);
            String token = answer.getAuthClientToken();
            if (token == null || !VaultServer.isHeaderValue(token)) {
                throw new BackendException(Fault.notVault(OK, server.address()), null);
            }
            return new Token(token, Loan.of(answer.getAuthLeaseDuration(), answer.isAuthRenewable()));
        } catch (VaultException e) {
            throw new BackendException(failure(e), e);
        } catch (StackOverflowError e) {
            // The driver's parser goes as deep as what it reads.
            throw new BackendException(Fault.notVault(OK, server.address()), e);
        }
    }

    private AuthResponse login(VaultConfig config) throws BackendException, VaultException {
        Auth driver = new Auth(config);
        if (auth instanceof VaultAuth.Kubernetes kubernetes) {
            String jwt = GivenToken.fromFile("jwt-file", kubernetes.jwtFile());
            return driver.loginByKubernetes(kubernetes.role(), jwt, "auth/" + kubernetes.mount());
        }
        if (auth instanceof VaultAuth.Jwt jwt) {
            String token = GivenToken.fromFile("jwt-file", jwt.jwtFile());
            return driver.loginByJwt("jwt", jwt.role(), token, "auth/" + jwt.mount());
        }
        if (auth instanceof VaultAuth.AppRole appRole) {
            return driver.loginByAppRole(appRole.mount(), appRole.roleId(), secretId(appRole.secretId()));
        }
        if (auth instanceof VaultAuth.Certificate certificate) {
            return loginByCertificate(certificate, config);
        }
        if (auth instanceof VaultAuth.AwsIam iam) {
            AwsIamRequest request = AwsIamRequest.sign(iam);
            return driver.loginByAwsIam(iam.role(), request.url(), request.body(), request.headers(), iam.mount());
        }
        throw new IllegalStateException("a given token needs no login");
    }

    private static @Nullable String secretId(VaultAuth.SecretId secretId) throws BackendException {
        if (secretId instanceof VaultAuth.SecretId.InFile inFile) {
            return GivenToken.fromFile("secret-id-file", inFile.file());
        }
        return secretId instanceof VaultAuth.SecretId.Text text ? text.value() : null;
    }

    /** The driver's own login by certificate cannot name a role, and then Vault tries all that match. */
    private AuthResponse loginByCertificate(VaultAuth.Certificate certificate, VaultConfig config)
            throws VaultException {
        String role = certificate.role();
        if (role == null) {
            return new Auth(config).loginByCert(certificate.mount());
        }
        try {
            var response = new Rest(server.http())
                    .url(server.base() + "/v1/auth/" + certificate.mount() + "/login")
                    .header("X-Vault-Namespace", config.getNameSpace())
                    .header("X-Vault-Request", "true")
                    .readTimeoutSeconds(config.getReadTimeout())
                    .body(Json.text(Map.of("name", role)).getBytes(UTF_8))
                    .post();
            if (response.getStatus() != 200) {
                throw new VaultException("", response.getStatus());
            }
            return new AuthResponse(response, 0);
        } catch (RestException e) {
            throw new VaultException(e);
        }
    }

    /** The driver's message quotes the answer's body: it is looked at, and never shown. */
    private Failure failure(VaultException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return Fault.timedOut(server.address());
            }
            if (cause instanceof IOException) {
                return Fault.of(cause, server.address());
            }
        }
        int status = e.getHttpStatusCode();
        if (status == 400 || status == 401 || status == 403) {
            return refused("is refused (" + status + ")");
        }
        String message = String.valueOf(e.getMessage());
        if (status == 404 && message.contains("\"errors\"")) {
            return refused("is not possible (404)");
        }
        if (status == 503 && message.contains("sealed")) {
            return Fault.sealed(server.address());
        }
        // Of an answer that it cannot take the driver keeps no status.
        Failure fault = Fault.of(new Answer(status == 0 ? OK : status, null, null), server.address());
        return fault != null ? fault : Fault.notVault(status, server.address());
    }

    private Failure refused(String how) {
        Description login = Description.of(auth);
        return new Failure(
                        Failure.Kind.DENIED,
                        "login with " + login.method() + " at auth/" + login.mount()
                                + (login.role() == null ? "" : " as role " + login.role()) + " " + how,
                        "check that an auth method is mounted at auth/" + login.mount() + ", and that " + login.mend())
                .inGeneral();
    }

    /** What a login is called in its failures. */
    private record Description(
            String method, String mount, @Nullable String role, String mend) {

        static Description of(VaultAuth auth) {
            String jwt = "the role exists, its bound subject and audience match, and the JWT has not expired";
            if (auth instanceof VaultAuth.Kubernetes kubernetes) {
                return new Description("kubernetes", kubernetes.mount(), kubernetes.role(), jwt);
            }
            if (auth instanceof VaultAuth.Jwt own) {
                return new Description("jwt", own.mount(), own.role(), jwt);
            }
            if (auth instanceof VaultAuth.AppRole appRole) {
                return new Description(
                        "approle",
                        appRole.mount(),
                        null,
                        "role-id and secret-id are right, and the secret id is neither expired nor used up");
            }
            if (auth instanceof VaultAuth.Certificate certificate) {
                return new Description(
                        "cert", certificate.mount(), certificate.role(), "a role of it trusts client-certificate:");
            }
            if (auth instanceof VaultAuth.AwsIam iam) {
                return new Description(
                        "aws-iam",
                        iam.mount(),
                        iam.role(),
                        "the role's bound principals, server-id: and region: match");
            }
            throw new IllegalStateException("a given token needs no login");
        }
    }
}
