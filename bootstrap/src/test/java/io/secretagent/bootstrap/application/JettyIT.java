package io.secretagent.bootstrap.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jetty with {@code --jpms}: named modules in a JVM that its launcher forks, and standard streams that it replaces. */
class JettyIT {
    private static final String CONTEXT = """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_10_0.dtd">
            <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
              <Set name="contextPath">/page</Set>
              <Set name="war"><Property name="jetty.base"/>/page</Set>
              <Set name="displayName"><SystemProperty name="my.greeting"/>-<Env name="MY_GREETING"/></Set>
            </Configure>
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void runsAsWithoutUs(Jdks.Jdk jdk) throws Exception {
        Path home = folder.resolve("home");
        Downloaded.copy("jetty", home);
        Application.Run with = run(jdk, home, true);
        Application.Run without = run(jdk, home, false);

        assertThat(with.served()).isEqualTo(Page.answer()).isEqualTo(without.served());
        assertThat(with.exit()).isEqualTo(without.exit());
        assertThat(without.complaints()).containsAll(with.complaints());
        assertThat(logs("agent-true")).contains("***-***", "page prints ***-***", "page logs ***-***");
    }

    private Application.Run run(Jdks.Jdk jdk, Path home, boolean agent) throws Exception {
        Application jetty = new Application(jdk, Files.createDirectory(folder.resolve("agent-" + agent)));
        int port = Application.freePort();
        String java = jdk.java().toString();
        String start = home.resolve("start.jar").toString();
        Process made = new ProcessBuilder(
                        java, "-jar", start, "--add-modules=server,http,ee10-deploy,console-capture,ee10-jsp")
                .directory(jetty.folder().toFile())
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        Page.into(jetty.folder().resolve("page"));
        Files.writeString(jetty.folder().resolve("webapps/page.xml"), CONTEXT);
        URI page = URI.create("http://127.0.0.1:" + port + "/page/page.jsp");
        Application.Run run = jetty.environment("JAVA_TOOL_OPTIONS", jetty.option(agent))
                .run(
                        agent,
                        console -> serves(page),
                        page,
                        "start.jar",
                        List.of(java, "-jar", start, "--jpms", "jetty.http.host=127.0.0.1", "jetty.http.port=" + port));
        if (agent) {
            assertThat(jetty.leaks()).isEmpty();
        }
        return run;
    }

    private static boolean serves(URI page) throws InterruptedException {
        try {
            Application.get(page);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String logs(String run) throws IOException {
        StringBuilder logs = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve(run).resolve("application/logs"))) {
            for (Path file : files.toList()) {
                logs.append(Files.readString(file));
            }
        }
        return logs.toString();
    }
}
