package io.secretagent.bootstrap.mapping;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A configured store. Paths are resolved against the mapping's folder. */
public sealed interface BackendSettings {

    /** The backend's name in the mapping. */
    String name();

    /** Where the mapping defines it. */
    Place place();

    /** The {@code type:} in the mapping. */
    String type();

    /** How often new versions are looked for, or null for the mapping's. */
    @Nullable Duration refresh();

    /**
     * {@code type: azure-key-vault}.
     *
     * @param clientId of the managed or workload identity, or null for the environment's
     * @param tenantId or null for the environment's
     * @param authority the login host for sovereign clouds, or null for the public one
     * @param challengeResourceVerification whether the vault's challenge must name the vault's own domain
     */
    record AzureKeyVault(
            String name,
            Place place,
            URI url,
            @Nullable String clientId,
            @Nullable String tenantId,
            @Nullable URI authority,
            boolean challengeResourceVerification,
            @Nullable Duration refresh)
            implements BackendSettings {
        @Override
        public String type() {
            return "azure-key-vault";
        }
    }

    /**
     * {@code type: aws-secrets-manager}.
     *
     * @param region or null for the environment's
     * @param endpoint another address of the service (VPC endpoint, local server), or null
     * @param profile a profile of the shared configuration files, or null for the default chain
     */
    record AwsSecretsManager(
            String name,
            Place place,
            @Nullable String region,
            @Nullable URI endpoint,
            @Nullable String profile,
            @Nullable Duration refresh)
            implements BackendSettings {
        @Override
        public String type() {
            return "aws-secrets-manager";
        }
    }

    /**
     * {@code type: vault}: HashiCorp Vault and OpenBao.
     *
     * @param kvVersion 1 or 2, or null to ask the server for each mount
     * @param ca a PEM file or a folder of them, or null for the JVM's trust store
     * @param clientCertificate a PEM file, or null
     * @param clientKey the certificate's PKCS #8 PEM file, or null
     */
    record Vault(
            String name,
            Place place,
            URI address,
            @Nullable String namespace,
            @Nullable Integer kvVersion,
            @Nullable Path ca,
            @Nullable Path clientCertificate,
            @Nullable Path clientKey,
            VaultAuth auth,
            @Nullable Duration refresh)
            implements BackendSettings {
        @Override
        public String type() {
            return "vault";
        }
    }

    /** {@code type: directory}: a file a secret. */
    record Directory(
            String name, Place place, Path path, @Nullable Duration refresh) implements BackendSettings {
        @Override
        public String type() {
            return "directory";
        }
    }

    /** How a Vault token is come by: {@code auth: {method: ...}}. */
    sealed interface VaultAuth {

        /** {@code VAULT_TOKEN}, else the file, else {@code ~/.vault-token}. */
        record Token(@Nullable Path file) implements VaultAuth {}

        /** A pod's service account. */
        record Kubernetes(String mount, String role, Path jwtFile) implements VaultAuth {}

        /**
         * A role id and a secret id.
         *
         * @param secretId where the secret id is read, so that it need not stand in the mapping
         */
        record AppRole(String mount, String roleId, SecretId secretId) implements VaultAuth {}

        /** A JWT of an identity provider. */
        record Jwt(String mount, String role, Path jwtFile) implements VaultAuth {}

        /** The TLS client certificate of the backend's settings. */
        record Certificate(String mount, @Nullable String role) implements VaultAuth {}

        /** A signed AWS {@code GetCallerIdentity}. */
        record AwsIam(
                String mount,
                String role,
                @Nullable String serverId,
                @Nullable String region) implements VaultAuth {}

        /** Where an AppRole's secret id comes from. */
        sealed interface SecretId {
            /** The text itself, expanded from an environment variable. */
            record Text(String value) implements SecretId {
                /** Never the value. */
                @Override
                public String toString() {
                    return "secret-id";
                }
            }

            /** A file that holds it. */
            record InFile(Path file) implements SecretId {}

            /** None: the role does not ask for one. */
            record None() implements SecretId {}
        }
    }
}
