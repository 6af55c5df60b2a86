package io.secretagent.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Provision;
import io.secretagent.bootstrap.testing.Recorded;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the audit must not touch in the application's JVM, and the flight recorder, which it touches when that is in use. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(300)
class AuditGuestIT {
    private static final String CANARY = "canary-guest-19be";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Path mapping = Path.of("");
    private Path audit = Path.of("");

    AuditGuestIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws IOException {
        Store store = new Store(folder);
        store.put("API_KEY", CANARY);
        audit = folder.resolve("audit.jsonl");
        mapping = store.mappingWith("audit: {to: " + audit + ", reads: true}\n", "API_KEY: api.key");
    }

    @Test
    void nothingIsLoadedThatTheApplicationMaySetUp() throws Exception {
        Path log = folder.resolve("classes.log");
        ChildJvm.Result result = ChildJvm.on(jdk)
                .agent(mapping)
                .option("-Xlog:class+load:file=" + log)
                .run(Leaks.class);
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "***\n", ""));
        assertThat(Recorded.in(audit).stream().map(Recorded.Line::brief))
                .contains("read API_KEY property api.key", "leak API_KEY stdout: masked");
        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded)
                .noneMatch(line -> List.of(
                                "jdk.jfr.",
                                "java.security.Security ",
                                "java.security.SecureRandom ",
                                "java.security.MessageDigest ",
                                "sun.nio.ch.FileChannelImpl ",
                                "sun.nio.ch.IOUtil ",
                                "java.net.InetAddress ",
                                "java.net.Socket ",
                                "java.util.TimeZone ",
                                "java.time.format.DateTimeFormatter ",
                                "java.util.Formatter ",
                                "java.util.logging.LogManager ",
                                "javax.net.ssl.")
                        .stream()
                        .anyMatch(line::contains));
        // What walks the stack, and the streams that it brings, come with the first read.
        assertThat(loaded.stream().takeWhile(line -> !line.contains(" " + Leaks.class.getName() + " ")))
                .noneMatch(line -> line.contains("java.util.stream.") && !line.contains("shared objects file"))
                .noneMatch(line -> line.contains("io.secretagent.audit.Caller "));
    }

    @Test
    void theFlightRecorderHasItToo() throws Exception {
        Path flight = folder.resolve("flight.jfr");
        ChildJvm.Result result = ChildJvm.on(jdk)
                .option("-XX:StartFlightRecording=filename=" + flight)
                .agent(mapping)
                .run(LeaksOnRecord.class, audit.toString());
        assertThat(result.exit()).isZero();
        assertThat(printed(flight))
                .contains("io.secretagent.SecretRead {", "io.secretagent.SecretMasked {")
                .contains(
                        "secret = \"API_KEY\"", "type = \"" + LeaksOnRecord.class.getName() + "\"", "method = \"main\"")
                .doesNotContain(CANARY);
        assertThat(Files.readString(flight, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(CANARY);
    }

    @Test
    void itHasWhatComesAfterItWasStartedLater() throws Exception {
        Path flight = folder.resolve("flight.jfr");
        Path out = folder.resolve("out");
        Process process = ChildJvm.on(jdk)
                .agent(mapping)
                .start(
                        out,
                        folder.resolve("err"),
                        "-cp",
                        ChildJvm.testClasses().toString(),
                        LeaksLater.class.getName(),
                        audit.toString());
        try {
            while (!Files.readString(out).contains("ready")) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(10);
            }
            Provision.run(List.of(
                    jdk.tool("jcmd").toString(), Long.toString(process.pid()), "JFR.start", "filename=" + flight));
            process.getOutputStream().close();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(printed(flight)).contains("io.secretagent.SecretMasked {").doesNotContain(CANARY);
    }

    /** A runtime image that has no flight recorder; the helper runs on a whole JDK. */
    @Test
    void withoutTheFlightRecordersModuleThereIsNone() throws Exception {
        Path image = folder.resolve("image");
        Provision.orSkip("a runtime image", () -> linked(image));
        List<String> command = new ArrayList<>(ChildJvm.on(jdk)
                .agent(mapping)
                .command("-cp", ChildJvm.testClasses().toString(), Leaks.class.getName()));
        command.set(0, image.resolve("bin/java").toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SECRET_AGENT_JAVA", jdk.java().toString());
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("***\n");
        assertThat(process.waitFor()).isZero();
        assertThat(Recorded.in(audit).stream().map(Recorded.Line::brief)).contains("leak API_KEY stdout: masked");
    }

    /** JDKs from 24 on may come without the modules to link, and still know how. */
    private Path linked(Path image) throws IOException, InterruptedException {
        Provision.run(List.of(
                jdk.tool("jlink").toString(),
                "--add-modules",
                "java.base,java.instrument,java.management,java.sql,java.logging,jdk.unsupported",
                "--output",
                image.toString()));
        return image;
    }

    private String printed(Path flight) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        jdk.tool("jfr").toString(), "print", "--events", "io.secretagent.*", flight.toString())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    static final class Leaks {
        public static void main(String[] arguments) {
            System.out.println(System.getProperty("api.key"));
        }
    }

    /** Once its input ends. */
    static final class LeaksLater {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            System.out.println("ready");
            if (System.in.read() < 0) {
                LeaksOnRecord.main(arguments);
            }
        }
    }

    /** Ends when it is on record, since the flight recorder's own end waits for no other. */
    static final class LeaksOnRecord {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            System.out.println(System.getProperty("api.key"));
            while (!Files.readString(Path.of(arguments[0])).contains("\"leak\"")) {
                Thread.sleep(10);
            }
        }
    }
}
