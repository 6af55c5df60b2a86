package io.secretagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.RecordWriter;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of the application when its helper process misbehaves. The helper here is a stand-in: a script that
 * writes prepared bytes and ends in a prepared way. It does not check what a helper reads.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HelperProcessIT {
    private static final String CANARY = "canary-51c09ab4";
    private static final ChannelRecord SETTINGS = new ChannelRecord.Settings(100, "***", 4, true, false, false, true);

    @TempDir
    private Path folder;

    @Test
    void wholeStreamIsInjected() throws Exception {
        ChildJvm.Result result = run(stream("0.1.0", SETTINGS, secret(), new ChannelRecord.End(1)), "exit 0");
        assertThat(result).isEqualTo(new ChildJvm.Result(0, ShowSecrets.line("api.key", CANARY) + "\n", ""));
    }

    @Test
    void tornStreamIsNeverHalfInjected() throws Exception {
        byte[] whole = stream("0.1.0", SETTINGS, secret(), new ChannelRecord.End(1));
        // Within the header, between records, within a value, within the end mark.
        for (int length : new int[] {0, 3, 14, whole.length - 40, whole.length - 9, whole.length - 1}) {
            ChildJvm.Result result = run(Arrays.copyOf(whole, length), "exit 0");
            assertThat(result.exit()).as("%d of %d bytes", length, whole.length).isEqualTo(70);
            assertThat(result.out()).isEmpty();
            assertThat(result.err().lines()).singleElement().asString().startsWith("secret-agent: the helper process ");
            assertThat(result.err()).doesNotContain(CANARY);
        }
    }

    @Test
    void aLostSecretIsNoticed() throws Exception {
        ChildJvm.Result result = run(stream("0.1.0", SETTINGS, secret(), new ChannelRecord.End(2)), "exit 0");
        assertThat(result.exit()).isEqualTo(70);
        assertThat(result.err()).contains("sent 2 secrets and 1 came");
    }

    @Test
    void anotherBuildIsRefused() throws Exception {
        ChildJvm.Result result = run(stream("0.0.9", SETTINGS, new ChannelRecord.End(0)), "sleep 5");
        assertThat(result.exit()).isEqualTo(70);
        assertThat(result.err()).contains("the other end is of build 0.0.9, this one of 0.1.0");
    }

    @Test
    void aKilledHelperPointsAtMemory() throws Exception {
        ChildJvm.Result result = run(stream("0.1.0", SETTINGS), "kill -KILL $$");
        assertThat(result.exit()).isEqualTo(70);
        assertThat(result.err()).contains("was killed before it was done (137)").contains("192 MiB");
    }

    @Test
    void aHelperThatHangsIsGivenUp() throws Exception {
        long start = System.nanoTime();
        ChildJvm.Result result = run(stream("0.1.0", SETTINGS), "exec sleep 300");
        assertThat(result.exit()).isEqualTo(69);
        assertThat(result.err()).contains("did not answer in time");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(60);
    }

    /** It never reads what it is asked, which is more than a pipe takes. */
    @Test
    void aHelperThatHangsBeforeItReadsIsGivenUp() throws Exception {
        ChildJvm child = application(stream("0.1.0", SETTINGS), "exec sleep 300");
        for (int i = 0; i < 1_000; i++) {
            child.option("-D" + "long".repeat(50) + i + "=x");
        }
        ChildJvm.Result result = child.run(ShowSecrets.class);
        assertThat(result.exit()).isEqualTo(69);
        assertThat(result.err()).contains("did not answer in time");
    }

    @Test
    void aJavaThatIsNotThereIsNamed() throws Exception {
        ChildJvm.Result result = ChildJvm.on(Jdks.current())
                .agent(Path.of("any.yaml"))
                .environment("SECRET_AGENT_JAVA", "/no/such/java")
                .run(ShowSecrets.class);
        assertThat(result.exit()).isEqualTo(70);
        assertThat(result.err())
                .isEqualTo("secret-agent: the helper process could not be started with /no/such/java,"
                        + " which is not there or not executable; name a java in SECRET_AGENT_JAVA\n");
    }

    @Test
    void aJarThatOthersCanWriteIsNotRun() throws Exception {
        for (String jar : List.of("secret-agent.jar", "bootstrap.jar")) {
            Files.copy(ChildJvm.distribution().resolve("lib").resolve(jar), folder.resolve(jar));
        }
        Path bootstrap = folder.resolve("bootstrap.jar");
        Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rw-rw-r--"));
        ChildJvm.Result result = ChildJvm.on(Jdks.current())
                .option("-javaagent:" + folder.resolve("secret-agent.jar") + "=any.yaml")
                .run(ShowSecrets.class);
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.err())
                .isEqualTo("secret-agent: " + bootstrap + ": the file is writable by group or others; chmod go-w "
                        + bootstrap.toRealPath() + "\n");
    }

    @Test
    void theHelperDiesWithItsParent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Path mapping = Files.writeString(
                    folder.resolve("secrets.yaml"),
                    "timeout: 2m\nbackends:\n  v: {type: vault, address: \"http://127.0.0.1:" + silent.getLocalPort()
                            + "\"}\nsecrets:\n  v:\n    secret/a#b: c\n");
            Process application = ChildJvm.on(Jdks.current())
                    .agent(mapping)
                    .environment("VAULT_TOKEN", "t-" + CANARY)
                    .start(
                            folder.resolve("out"),
                            folder.resolve("err"),
                            "-cp",
                            ChildJvm.testClasses().toString(),
                            ShowSecrets.class.getName());
            // The helper asks: both processes are up, and wait.
            silent.accept().close();
            List<ProcessHandle> helpers = application.children().toList();
            assertThat(helpers).hasSize(1);
            application.destroyForcibly().waitFor();
            assertThat(helpers.get(0).onExit().get(30, TimeUnit.SECONDS).isAlive())
                    .isFalse();
        }
    }

    private ChildJvm.Result run(byte[] stream, String end) throws IOException, InterruptedException {
        return application(stream, end).run(ShowSecrets.class, "api.key");
    }

    private ChildJvm application(byte[] stream, String end) throws IOException {
        Path bytes = Files.write(folder.resolve("stream"), stream);
        Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\ncat '" + bytes + "'\n" + end + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return ChildJvm.on(Jdks.current()).agent(Path.of("any.yaml")).environment("SECRET_AGENT_JAVA", java.toString());
    }

    private static ChannelRecord secret() {
        return new ChannelRecord.Fetched(new Secret(
                "API_KEY",
                "store",
                null,
                CANARY,
                true,
                List.of(new Target(Target.Kind.PROPERTY, "api.key", false, false))));
    }

    private static byte[] stream(String build, ChannelRecord... records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = new RecordWriter(out, build)) {
            for (ChannelRecord next : records) {
                writer.write(next);
            }
        }
        return out.toByteArray();
    }
}
