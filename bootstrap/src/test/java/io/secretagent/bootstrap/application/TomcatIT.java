package io.secretagent.bootstrap.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tomcat: its scripts, JULI, a web application's loader, a listener that writes every property and variable. */
class TomcatIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void runsAsWithoutUs(Jdks.Jdk jdk) throws Exception {
        Application.Run with = run(jdk, true);
        Application.Run without = run(jdk, false);

        assertThat(with.served()).isEqualTo(Page.answer()).isEqualTo(without.served());
        assertThat(with.exit()).isEqualTo(without.exit());
        assertThat(without.complaints()).containsAll(with.complaints());
        assertThat(with.console())
                .contains(
                        "my.greeting = ***", "MY_GREETING = ***", "page prints ***-***", "Destroying ProtocolHandler");
    }

    private Application.Run run(Jdks.Jdk jdk, boolean agent) throws Exception {
        Application tomcat = new Application(jdk, Files.createDirectory(folder.resolve("agent-" + agent)));
        int port = Application.freePort();
        Downloaded.copy("tomcat", tomcat.folder());
        configure(tomcat.folder().resolve("conf/server.xml"), port);
        Page.into(tomcat.folder().resolve("webapps/page"));
        Application.Run run = tomcat.environment("CATALINA_OPTS", tomcat.option(agent))
                .run(
                        agent,
                        console -> console.contains("Server startup in"),
                        URI.create("http://127.0.0.1:" + port + "/page/page.jsp"),
                        "org.apache.catalina.startup.Bootstrap",
                        List.of("bin/catalina.sh", "run"));
        if (agent) {
            assertThat(tomcat.leaks()).isEmpty();
        }
        return run;
    }

    private static void configure(Path server, int port) throws Exception {
        String listener = "<Listener className=\"org.apache.catalina.startup.VersionLoggerListener\" ";
        Files.writeString(
                server,
                Files.readString(server)
                        .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
                        .replace("<Connector port=\"8080\"", "<Connector address=\"127.0.0.1\" port=\"" + port + "\"")
                        .replace(listener, listener + "logProps=\"true\" logEnv=\"true\" logArgs=\"true\" "));
    }
}
