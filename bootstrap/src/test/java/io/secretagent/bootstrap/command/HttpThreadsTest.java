package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.secretagent.bootstrap.backend.LimitedHttpClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpThreadsTest {
    @Test
    void noClientsThreadStaysInNativeCode() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            HttpClient client = LimitedHttpClient.builder().build();
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
            Set<Thread> selecting = new HashSet<>(Thread.getAllStackTraces().keySet());
            selecting.removeAll(before);
            selecting.removeIf(thread -> !thread.getName().endsWith("-SelectorManager"));
            assertThat(selecting).hasSize(1);

            HttpThreads.end();

            for (Thread thread : selecting) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
                assertThat(thread.isAlive()).isFalse();
            }
        } finally {
            server.stop(0);
        }
    }
}
