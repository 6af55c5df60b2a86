package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.channel.ChannelRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The credentials for the backends themselves that stand in the environment: the application must not log them. */
public final class Credentials {
    private static final List<String> VAULT = List.of("VAULT_TOKEN", "BAO_TOKEN");
    private static final List<String> AWS =
            List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN");
    private static final List<String> AZURE =
            List.of("AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD", "IDENTITY_HEADER");
    private static final List<List<String>> ALL = List.of(VAULT, AWS, AZURE);

    /** Those that are set, named by their variable. */
    public static List<ChannelRecord.Masked> in(Map<String, String> environment) {
        List<ChannelRecord.Masked> credentials = new ArrayList<>();
        for (List<String> variables : ALL) {
            for (String variable : variables) {
                String value = environment.get(variable);
                if (value != null && !value.isEmpty()) {
                    credentials.add(new ChannelRecord.Masked(variable, value));
                }
            }
        }
        return credentials;
    }

    /** The variables that hold credentials for the backends of this mapping, an AppRole's secret id among them. */
    public static List<String> variables(Mapping mapping, Map<String, String> environment) {
        List<String> variables = new ArrayList<>();
        for (BackendSettings backend : mapping.backends().values()) {
            if (backend instanceof BackendSettings.Vault vault) {
                variables.addAll(VAULT);
                if (vault.auth() instanceof VaultAuth.AppRole role
                        && role.secretId() instanceof VaultAuth.SecretId.Text secretId) {
                    environment.forEach((name, value) -> {
                        if (value.equals(secretId.value())) {
                            variables.add(name);
                        }
                    });
                }
            } else if (backend instanceof BackendSettings.AwsSecretsManager) {
                variables.addAll(AWS);
            } else if (backend instanceof BackendSettings.AzureKeyVault) {
                variables.addAll(AZURE);
            }
        }
        return variables;
    }

    private Credentials() {}
}
