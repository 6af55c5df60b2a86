package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.Main;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Path;

/** A key vault's stand-in, and applications and commands that reach it with the managed identity of an App Service. */
final class AppService implements AutoCloseable {
    static final String HOST = "demo-keys.vault.azure.net";

    /** Of the vault. */
    final Certificate certificate;

    final LoginStandIn login;
    final VaultStandIn vault;
    private final Path hosts;

    AppService(Path folder) throws Exception {
        certificate = Certificate.make(folder, "vault", HOST);
        hosts = Certificate.hostsFile(folder, HOST, "localhost");
        login = new LoginStandIn();
        vault = new VaultStandIn(certificate, login);
    }

    String url() {
        return "https://" + HOST + ":" + vault.port();
    }

    /** The mapping's {@code backends:}, with the vault as {@code azure}. */
    String backends() {
        return "backends:\n  azure: {type: azure-key-vault, url: \"" + url() + "\"}\n";
    }

    /** A JVM that is on the App Service. */
    ChildJvm on(Jdks.Jdk jdk) {
        return ChildJvm.on(jdk)
                .option("-Djavax.net.ssl.trustStore=" + certificate.keyStore())
                .option("-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD)
                .option("-Djdk.net.hosts.file=" + hosts)
                .environment("IDENTITY_ENDPOINT", login.appServiceEndpoint())
                .environment("IDENTITY_HEADER", LoginStandIn.IDENTITY_HEADER);
    }

    /** Runs a command of ours there. */
    ChildJvm.Result command(String... arguments) throws Exception {
        return on(Jdks.current())
                .classPath(ChildJvm.distribution().resolve("lib/bootstrap.jar").toAbsolutePath())
                .run(Main.class, arguments);
    }

    @Override
    public void close() {
        vault.close();
        login.close();
    }
}
