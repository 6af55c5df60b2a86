package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code secret-agent mask} as a shell runs it: the distribution's launcher between two pipes. */
@Timeout(120)
class MaskIT {
    private static final String CANARY = "canary-5d2e90b7";
    private static final int BROKEN_PIPE = 141;

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    private record Result(int exit, String out, String err) {}

    @BeforeEach
    void store() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("API_KEY"), CANARY + "\n");
        Files.writeString(store.resolve("PIN"), "a7!");
        Files.writeString(store.resolve("db.json"), "{\"username\": \"paracle\", \"password\": \"" + CANARY + "-db\"}");
    }

    @Test
    void masksWhatTheAgentMasks() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key", "db.json: db");
        assertThat(mask("key " + CANARY + ", encoded Y2FuYXJ5LTVkMmU5MGI3, as paracle:" + CANARY + "-db\n"))
                .isEqualTo(new Result(0, "key ***, encoded ***, as paracle:***\n", ""));
    }

    @Test
    void leavesEveryOtherByteAsItIs() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key");
        byte[] bytes = new byte[1 << 20];
        new Random(7).nextBytes(bytes);
        String text = new String(bytes, ISO_8859_1);
        assertThat(mask(text)).isEqualTo(new Result(0, text, ""));
        assertThat(mask("")).isEqualTo(new Result(0, "", ""));
        assertThat(mask("no end of line: canary-5d2e90b"))
                .isEqualTo(new Result(0, "no end of line: canary-5d2e90b", ""));
    }

    @Test
    void findsAValueInWritesOfOneByte() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key");
        Process process = start("mask");
        try (OutputStream in = process.getOutputStream()) {
            for (byte b : ("at canary-" + CANARY + " and\n").getBytes(UTF_8)) {
                in.write(b);
                in.flush();
            }
        }
        assertThat(result(process)).isEqualTo(new Result(0, "at canary-*** and\n", ""));
    }

    @Test
    void aPauseLetsAPromptThroughAndTheRestOfAValueStaysMasked() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key");
        Process process = start("mask");
        try (OutputStream in = process.getOutputStream()) {
            in.write("Continue? can".getBytes(UTF_8));
            in.flush();
            assertThat(new String(process.getInputStream().readNBytes(13), UTF_8))
                    .isEqualTo("Continue? can");
            in.write((CANARY.substring(3) + "\n").getBytes(UTF_8));
        }
        Result rest = result(process);
        assertThat(rest.out()).isEqualTo("***\n");
    }

    @Test
    void theMappingDecidesHowItIsMaskedAndRefusalsAreToldByName() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key", "PIN: pin");
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "mask: {replacement: \"[{name}]\", stdout: false}\n"
                        + Files.readString(folder.resolve("secrets.yaml")));
        Result result = mask(CANARY + " a7!\n");
        assertThat(result.out()).isEqualTo("[API_KEY] a7!\n");
        assertThat(result.err()).isEqualTo("secret-agent: PIN is not masked: it has fewer than 4 characters\n");
        assertThat(result.exit()).isZero();
    }

    @Test
    void whatThisProcessWasGivenIsMaskedToo() throws Exception {
        mapping("secrets.yaml", "API_KEY: {property: api.key, env: GIVEN_KEY}");
        Process process = start(
                List.of("mask"), "VAULT_TOKEN", CANARY + "-token", "GIVEN_KEY", CANARY.replace("canary", "given"));
        Result result = result(process, CANARY + "-token given-5d2e90b7 " + CANARY + "\n");
        assertThat(result.out()).isEqualTo("*** *** ***\n");
    }

    @Test
    void theMappingIsTheOptionElseTheVariableElseInTheWorkingDirectory() throws Exception {
        Result none = mask("text\n");
        assertThat(none.exit()).isEqualTo(78);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).startsWith("secret-agent: secrets.yaml");
        mapping("secrets.yaml", "NOPE: nope");
        mapping("variable.yaml", "API_KEY: api.key");
        mapping("option.yaml", "db.json#password: db.password");
        String text = CANARY + "-db\n";
        assertThat(result(start(List.of("mask"), "SECRET_AGENT_MAPPING", "variable.yaml"), text))
                .isEqualTo(new Result(0, "***-db\n", ""));
        assertThat(result(
                        start(List.of("mask", "--mapping", "option.yaml"), "SECRET_AGENT_MAPPING", "variable.yaml"),
                        text))
                .isEqualTo(new Result(0, "***\n", ""));
    }

    @Test
    void nothingPassesWhenASecretCannotBeHad() throws Exception {
        mapping("secrets.yaml", "NOPE: nope", "API_KEY: api.key");
        Result result = mask(CANARY + " text\n");
        assertThat(result.exit()).isEqualTo(66);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("secret-agent: secrets.yaml:5:5: secret NOPE (backend store): ");
        assertThat(result.err()).hasLineCount(1).doesNotContain(CANARY);
    }

    @Test
    void aWrongMappingAndAWrongOptionAreTold() throws Exception {
        mapping("secrets.yaml", "API_KEY: {proprety: a}");
        assertThat(mask("text").exit()).isEqualTo(78);
        Result usage = result(start("mask", "--maping", "x"), "text");
        assertThat(usage.exit()).isEqualTo(64);
        assertThat(usage.out()).isEmpty();
        assertThat(result(start("mask", "--help"), "").out()).contains("--mapping", "Example:");
    }

    @Test
    void aReaderThatGoesAwayEndsItSilently() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key");
        Process process = start("mask");
        OutputStream in = process.getOutputStream();
        in.write("first line\n".getBytes(UTF_8));
        in.flush();
        assertThat(process.getInputStream().readNBytes(11)).hasSize(11);
        process.getInputStream().close();
        in.write("second line\n".getBytes(UTF_8));
        in.flush();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(BROKEN_PIPE);
        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key");
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            System.err.println("SKIPPED: no /dev/full on this system");
            return;
        }
        Process process = builder(List.of("mask")).redirectOutput(full.toFile()).start();
        Result result = result(process, CANARY + " text\n");
        assertThat(result.exit()).isEqualTo(74);
        assertThat(result.err()).hasLineCount(1).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aGigabyteGoesThrough(Jdks.Jdk jdk) throws Exception {
        mapping("secrets.yaml", "API_KEY: api.key");
        byte[] dirty = block(CANARY);
        byte[] clean = block("***");
        int blocks = (1 << 30) / dirty.length;
        Process process = start(List.of("mask"), "SECRET_AGENT_JAVA", jdk.java().toString());
        CompletableFuture<Long> output = CompletableFuture.supplyAsync(() -> checksum(process.getInputStream()));
        CRC32 expected = new CRC32();
        try (OutputStream in = process.getOutputStream()) {
            for (int i = 0; i < blocks; i++) {
                in.write(dirty);
                expected.update(clean);
            }
        }
        assertThat(output.get()).isEqualTo(expected.getValue());
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void masksWhatAVaultHas() throws Exception {
        BAO.call(
                "POST",
                "secret/data/mask",
                "{\"data\": {\"KEY\": \"" + CANARY + "-bao\", \"OTHER\": \"" + CANARY + "-2\"}}");
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"" + BAO.address()
                        + "\"}\nsecrets:\n  bao:\n    secret/mask#*: shop.*\n");
        String text = CANARY + "-bao " + CANARY + "-2 " + BAO.token() + "\n";
        assertThat(result(start(List.of("mask"), "VAULT_TOKEN", BAO.token()), text))
                .isEqualTo(new Result(0, "*** *** ***\n", ""));
        Result denied = result(start(List.of("mask"), "VAULT_TOKEN", "canary-wrong-token"), text);
        assertThat(denied.exit()).isEqualTo(77);
        assertThat(denied.out()).isEmpty();
        assertThat(denied.err()).hasLineCount(1).doesNotContain("canary");
    }

    /** About a mebibyte of lines, of a length that no buffer is a multiple of. */
    private static byte[] block(String secret) {
        StringBuilder block = new StringBuilder();
        for (int line = 0; line < 10_007; line++) {
            block.append("2026-11-05T12:34:56 INFO request ").append(line).append(" served to customer größe, 12 ms, ");
            block.append("cache hit, pool acquired")
                    .append(line % 1000 == 0 ? " key=" + secret : "")
                    .append('\n');
        }
        return block.toString().getBytes(UTF_8);
    }

    private static long checksum(InputStream in) {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[1 << 16];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                checksum.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checksum.getValue();
    }

    private void mapping(String file, String... entries) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    "
                        + String.join("\n    ", entries) + "\n");
    }

    private Result mask(String input) throws Exception {
        return result(start("mask"), input);
    }

    private Process start(String... arguments) throws IOException {
        return start(List.of(arguments));
    }

    private Process start(List<String> arguments, String... environment) throws IOException {
        ProcessBuilder builder = builder(arguments);
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return builder.start();
    }

    private ProcessBuilder builder(List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        ChildJvm.distribution().resolve("bin/secret-agent").toString())
                .directory(folder.toFile());
        builder.command().addAll(arguments);
        return builder;
    }

    private static Result result(Process process, String input) throws Exception {
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(ISO_8859_1));
            } catch (IOException e) {
                // A command that fails reads nothing.
            }
        });
        Result result = result(process);
        writing.get();
        return result;
    }

    private static Result result(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out, err);
    }
}
