package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An example's {@code run}. */
final class Example {
    private static final long LIMIT_MINUTES = 5;

    /** Runs it to its end as a user would, and checks that every claim was true and that it cleaned up. */
    static String run(String name, Jdks.Jdk jdk, Path temporary, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectory(temporary.resolve("tmp"));
        Path output = temporary.resolve("output");
        // A umask with which checkouts are writable by their group, and any working directory.
        String command = "umask 002; exec '" + Path.of(name, "run").toAbsolutePath() + "'";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("JAVA_HOME", jdk.home().toString());
        builder.environment().putAll(environment);

        Process run = builder.start();
        run.getOutputStream().close();
        if (!run.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            run.descendants().forEach(ProcessHandle::destroy);
            run.destroy();
        }
        int exit = run.waitFor();

        String shown = Files.readString(output, UTF_8);
        assertThat(exit).as(shown).isZero();
        assertThat(shown).contains("yes: ").doesNotContain("NO:");
        assertThat(folder).as("what it made is removed").isEmptyDirectory();
        return shown;
    }

    private Example() {}
}
