package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.mapping.Place;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Settings of a test: what the mapping would have, each part on its own. */
record VaultSettings(
        URI address,
        @Nullable String namespace,
        @Nullable Integer kvVersion,
        @Nullable Path ca,
        @Nullable Path clientCertificate,
        @Nullable Path clientKey,
        VaultAuth auth) {

    static VaultSettings at(URI address) {
        return new VaultSettings(address, null, null, null, null, null, new VaultAuth.Token(null));
    }

    VaultSettings namespace(String value) {
        return new VaultSettings(address, value, kvVersion, ca, clientCertificate, clientKey, auth);
    }

    VaultSettings kvVersion(int value) {
        return new VaultSettings(address, namespace, value, ca, clientCertificate, clientKey, auth);
    }

    VaultSettings ca(Path value) {
        return new VaultSettings(address, namespace, kvVersion, value, clientCertificate, clientKey, auth);
    }

    VaultSettings client(Path certificate, Path key) {
        return new VaultSettings(address, namespace, kvVersion, ca, certificate, key, auth);
    }

    VaultSettings auth(VaultAuth value) {
        return new VaultSettings(address, namespace, kvVersion, ca, clientCertificate, clientKey, value);
    }

    BackendSettings.Vault build() {
        return new BackendSettings.Vault(
                "vault",
                new Place("secrets.yaml", 1, 1),
                address,
                namespace,
                kvVersion,
                ca,
                clientCertificate,
                clientKey,
                auth,
                null);
    }
}
