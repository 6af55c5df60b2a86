package io.secretagent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.secretagent.bootstrap.testing.Jdks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Spring Boot application that knows nothing of the agent. */
class SpringBootIT {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void takesItsPasswordFromTheMappingAndShowsItNowhere(Jdks.Jdk jdk) throws Exception {
        String shown = Example.run("spring-boot", jdk, temporary, Map.of());
        assertThat(shown)
                .contains(
                        "paying order 1 with key ***",
                        "a tea pot",
                        "yes: the health is UP",
                        "yes: the stack trace of the failed payment is masked");
    }

    @Test
    void sendsTheKeyItselfToThePaymentProvider() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/charges", exchange -> {
            received.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        provider.start();
        try {
            String url = "http://127.0.0.1:" + provider.getAddress().getPort();
            String shown = Example.run("spring-boot", Jdks.current(), temporary, Map.of("PAYMENT_URL", url));
            assertThat(shown).contains("paying order 1 with key ***", "    paid");
        } finally {
            provider.stop(0);
        }
        assertThat(received).singleElement().asString().matches("Bearer [0-9a-f]{32}");
    }
}
