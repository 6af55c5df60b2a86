package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.bootstrap.mapping.Mapping;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files from which backends take tokens and keys, and whether every user can read them too. */
final class CredentialFiles {
    private final Map<String, String> environment;
    private final Findings findings;

    CredentialFiles(Map<String, String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    void check(Mapping mapping) {
        for (BackendSettings settings : mapping.backends().values()) {
            if (settings instanceof BackendSettings.Vault vault) {
                check(settings, "client-key", vault.clientKey());
                check(vault);
            } else if (settings instanceof BackendSettings.AwsSecretsManager) {
                checkVariables(
                        settings,
                        List.of(
                                "AWS_WEB_IDENTITY_TOKEN_FILE",
                                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                                "AWS_SHARED_CREDENTIALS_FILE"));
                if (!isSet("AWS_SHARED_CREDENTIALS_FILE")) {
                    check(settings, "~/.aws/credentials", home().resolve(".aws/credentials"));
                }
            } else if (settings instanceof BackendSettings.AzureKeyVault) {
                checkVariables(settings, List.of("AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_CERTIFICATE_PATH"));
            }
        }
    }

    private void check(BackendSettings.Vault vault) {
        VaultAuth auth = vault.auth();
        if (auth instanceof VaultAuth.Token token && !isSet("VAULT_TOKEN")) {
            Path file = token.file();
            check(
                    vault,
                    file == null ? "~/.vault-token" : "token-file",
                    file == null ? home().resolve(".vault-token") : file);
        } else if (auth instanceof VaultAuth.Kubernetes kubernetes) {
            check(vault, "jwt-file", kubernetes.jwtFile());
        } else if (auth instanceof VaultAuth.Jwt jwt) {
            check(vault, "jwt-file", jwt.jwtFile());
        } else if (auth instanceof VaultAuth.AppRole role
                && role.secretId() instanceof VaultAuth.SecretId.InFile inFile) {
            check(vault, "secret-id-file", inFile.file());
        }
    }

    private void checkVariables(BackendSettings settings, List<String> variables) {
        for (String variable : variables) {
            if (isSet(variable)) {
                try {
                    check(settings, "the file of " + variable, Path.of(environment.getOrDefault(variable, "")));
                } catch (InvalidPathException e) {
                    // The backend will say that it cannot read it.
                }
            }
        }
    }

    private void check(BackendSettings settings, String what, @Nullable Path file) {
        if (file != null && Exposure.of(file)) {
            findings.add(
                    Guard.READABLE_CREDENTIAL,
                    settings.place(),
                    what + " of backend " + settings.name() + " can be read by every user of this machine",
                    "chmod o-r " + file);
        }
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "/"));
    }
}
