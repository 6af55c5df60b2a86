package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The moto server, AWS as far as tests need it, empty before each of them. What it does not check: signatures, policies,
 * legal names. It answers a missing secret with HTTP 404 where AWS has 400.
 */
public final class MotoServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    /** Not {@code moto[server]}: that brings, for services not needed here, ten times as much. */
    private static final String[] REQUIREMENTS = {"moto==5.2.5", "flask==3.1.3", "flask-cors==6.0.5"};

    private int port;
    private @Nullable ServerProcess server;

    /** Where it answers, for every service. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        start();
    }

    /** For what is no test. */
    public void start() throws IOException, InterruptedException {
        Path bin = Provision.orSkip("moto server", () -> Provision.python("moto", REQUIREMENTS));
        port = ServerProcess.freePort();
        server = ServerProcess.start(
                List.of(bin.resolve("moto_server").toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)),
                // Nothing of this machine's account, and no way out to a real one.
                Map.of(
                        "AWS_ACCESS_KEY_ID", "moto",
                        "AWS_SECRET_ACCESS_KEY", "moto",
                        "AWS_EC2_METADATA_DISABLED", "true"),
                () -> post("/moto-api/reset") == HttpURLConnection.HTTP_OK);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        post("/moto-api/reset");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        stop();
    }

    public void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private int post(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint().resolve(path).toURL().openConnection();
        connection.setRequestMethod("POST");
        int status = connection.getResponseCode();
        connection.disconnect();
        return status;
    }
}
