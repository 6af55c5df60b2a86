package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.aws.AwsSecretsManagerBackend;
import io.secretagent.bootstrap.backend.azure.AzureKeyVaultBackend;
import io.secretagent.bootstrap.backend.directory.DirectoryBackend;
import io.secretagent.bootstrap.backend.vault.VaultBackend;
import io.secretagent.bootstrap.mapping.BackendSettings;
import java.util.Map;

/** Settings to backends. Each branch is the only mention of its SDK, so that only what is named is loaded. */
public final class Backends {

    /** Opens one, which asks nothing of it yet. */
    public static Backend open(BackendSettings settings, Map<String, String> environment) {
        if (settings instanceof BackendSettings.AzureKeyVault azure) {
            return AzureKeyVaultBackend.open(azure);
        }
        if (settings instanceof BackendSettings.AwsSecretsManager aws) {
            return AwsSecretsManagerBackend.open(aws);
        }
        if (settings instanceof BackendSettings.Vault vault) {
            return VaultBackend.open(vault, environment);
        }
        return DirectoryBackend.open((BackendSettings.Directory) settings);
    }

    private Backends() {}
}
