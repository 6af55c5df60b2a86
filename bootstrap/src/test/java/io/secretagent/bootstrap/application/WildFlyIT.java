package io.secretagent.bootstrap.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * WildFly: JBoss Modules, and a LogManager of its own that any touch of java.util.logging before {@code main} breaks.
 * With {@code ./mvnw verify -Pwildfly}: it is 259 MB, and takes half a minute to start.
 */
class WildFlyIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void runsAsWithoutUs(Jdks.Jdk jdk) throws Exception {
        Assumptions.assumeTrue(Downloaded.has("wildfly"), "SKIPPED: WildFly is tested with -Pwildfly");
        Application.Run with = run(jdk, true);
        Application.Run without = run(jdk, false);

        assertThat(with.served()).isEqualTo(Page.answer()).isEqualTo(without.served());
        assertThat(with.exit()).isEqualTo(without.exit());
        assertThat(without.complaints()).containsAll(with.complaints());
        assertThat(Files.readString(folder.resolve("agent-true/application/standalone/log/server.log")))
                .contains("my.greeting = ***", "page logs ***-***", "page prints ***-***");
    }

    private Application.Run run(Jdks.Jdk jdk, boolean agent) throws Exception {
        Application wildFly = new Application(jdk, Files.createDirectory(folder.resolve("agent-" + agent)));
        Downloaded.copy("wildfly", wildFly.folder());
        Path deployments = wildFly.folder().resolve("standalone/deployments");
        Page.into(deployments.resolve("page.war"));
        Files.createFile(deployments.resolve("page.war.dodeploy"));
        int offset = Application.freePort() - 8080;
        Application.Run run = wildFly.environment(
                        "JAVA_OPTS", "-Djava.net.preferIPv4Stack=true " + wildFly.option(agent))
                .run(
                        agent,
                        WildFlyIT::isStarted,
                        URI.create("http://127.0.0.1:" + (8080 + offset) + "/page/page.jsp"),
                        "jboss-modules.jar",
                        List.of(
                                "bin/standalone.sh",
                                "-Djboss.bind.address=127.0.0.1",
                                "-Djboss.bind.address.management=127.0.0.1",
                                "-Djboss.socket.binding.port-offset=" + offset));
        if (agent) {
            assertThat(wildFly.leaks()).isEmpty();
        }
        return run;
    }

    private static boolean isStarted(String console) throws IOException {
        if (console.contains("WFLYSRV0026") || console.contains("WFLYSRV0055")) {
            throw new IOException("it did not start: " + console);
        }
        return console.contains("WFLYSRV0025");
    }
}
