package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may choose a secret's value, its name, or a file in the working directory, and means no good. */
class HostileValuesIT {
    private static final String CANARY = "canary-7e41d2b8";
    private static final String ESCAPE = "\u001b";
    /** The longest that is masked, less the canaries. */
    private static final int HUGE = (1 << 20) - 100;

    private static final Forms FORMS = new Forms(CANARY);

    @TempDir
    private Path folder;

    private Path store = Path.of("");

    @BeforeEach
    void store() throws Exception {
        store = Files.createDirectory(folder.resolve("store"));
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void areInjectedAsTheyAreAndMaskedAndNeverResolved(Jdks.Jdk jdk) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("group", CANARY + "-$1-$0-${1}-\\1-\\Q-\\E");
        values.put("lookup", "${sys:user.home}${env:HOME}${jndi:ldap://127.0.0.1:9/x}" + CANARY);
        values.put("reference", "${vault:secret/app#key} $${A:-b} {{ .Values.a }} #{1+1} {host} @a@" + CANARY);
        values.put("format", "%s%n%1$s%99999d {0} {} " + CANARY);
        values.put("lines", CANARY + "-first\n" + CANARY + "-second\r\nERROR forged: all is well");
        values.put("terminal", ESCAPE + "[31m" + CANARY + ESCAPE + "[0m\u0007" + ESCAPE + "]0;title\u0007\b\b");
        values.put("quotes", CANARY + "\"'`\\\"'<&>;|$(id)");
        values.put("letters", CANARY + "ünï😀\u202e\ufeffﬀ");
        values.put("huge", CANARY + random(HUGE) + CANARY);
        Map<String, String> entries = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            Files.writeString(store.resolve(value.getKey()), value.getValue());
            entries.put(value.getKey(), "{property: " + value.getKey() + ", trim: false}");
        }

        ChildJvm.Result result = ChildJvm.on(jdk)
                .agent(mapping(entries))
                .run(SaysEverything.class, values.keySet().toArray(String[]::new));

        assertThat(result.exit()).as(tail(result.err())).isZero();
        List<String> shown = result.out().lines().toList();
        for (Map.Entry<String, String> value : values.entrySet()) {
            assertThat(shown).contains(ShowSecrets.line(value.getKey(), value.getValue()));
        }
        assertThat(FORMS.areIn(result.out().getBytes(UTF_8))).isFalse();
        assertThat(FORMS.areIn(result.err().getBytes(UTF_8))).isFalse();
        assertThat(result.out() + result.err()).doesNotContain(ESCAPE, "\u0007", "\u202e");
    }

    /** No store but a folder has such, and its index would take more memory than most applications have. */
    @Test
    void whatIsTooLongToBeMaskedIsInjectedAndTold() throws Exception {
        String enormous = CANARY + random(10 << 20);
        Files.writeString(store.resolve("ENORMOUS"), enormous);
        ChildJvm.Result result = ChildJvm.on(Jdks.current())
                .agent(mapping(Map.of("ENORMOUS", "enormous")))
                .run(ShowSecrets.class, "enormous");
        assertThat(result)
                .isEqualTo(new ChildJvm.Result(
                        0,
                        ShowSecrets.line("enormous", enormous) + "\n",
                        "secret-agent: ENORMOUS is not masked: it has more than 1048576 characters\n"));
    }

    @Test
    void whatIsNoTextIsToldAndNotShown() throws Exception {
        Files.write(store.resolve("BINARY"), new byte[] {'c', 'a', 'n', (byte) 0xc3, (byte) 0x28, 'y'});
        Launched verified = verify(mapping(Map.of("BINARY", "binary.key")));
        assertThat(verified.exit()).isEqualTo(78);
        assertThat(verified.all()).contains("encoding: base64").doesNotContain("can\ufffd");
    }

    /** A name is shown in lines of ours, which nobody may forge. */
    @Test
    void aNameCannotForgeALine() throws Exception {
        String forged = "A\nsecret-agent: all is well" + ESCAPE + "[2J\u202eB";
        Files.writeString(store.resolve(forged), CANARY);
        Files.createSymbolicLink(store.resolve("LINK"), Files.writeString(folder.resolve(forged), CANARY));
        Map<String, String> missing = Map.of("\"C\\nsecret-agent: all is well\\e[2J\\u202ED\"", "a.key");
        Map<String, String> link = Map.of("LINK", "a.key");
        for (Launched launched : new Launched[] {
            verify(mapping(Map.of("\"A\\nsecret-agent: all is well\\e[2J\\u202EB\"", "a.key"))),
            verify(mapping(Map.of("MISSING", "a.key"))),
            in(
                    "age",
                    "--all",
                    "",
                    "--mapping",
                    mapping(Map.of("MISSING", "a.key")).toString()),
            in("init", "--backend", "directory", "--path", store.toString(), "--output", "-"),
            verify(mapping(missing)),
            in("age"),
            in("rotate", "--generate", "20", forged.replace('A', 'C').replace('B', 'D')),
            in("rotate", "--generate", "20", forged),
            verify(mapping(link)),
        }) {
            assertThat(launched.all()).doesNotContain(ESCAPE, "\u202e", CANARY);
            assertThat(launched.all().lines()).noneMatch(line -> line.startsWith("secret-agent: all is well"));
        }
        for (Map<String, String> entries : List.of(missing, link)) {
            ChildJvm.Result started =
                    ChildJvm.on(Jdks.current()).agent(mapping(entries)).run(ShowSecrets.class, "a.key");
            assertThat(started.err()).hasLineCount(1).doesNotContain(ESCAPE, "\u202e", CANARY);
        }
    }

    /** Whoever can write it decides where secrets go, and whose code runs on-change. */
    @Test
    void aMappingThatOthersCanWriteIsRefused() throws Exception {
        Files.writeString(store.resolve("KEY"), CANARY);
        Path mapping = mapping(Map.of("KEY", "a.key"));
        for (String mode : new String[] {"rw-rw-rw-", "rw-r--rw-"}) {
            Files.setPosixFilePermissions(mapping, PosixFilePermissions.fromString(mode));
            assertThat(verify(mapping).exit()).as(mode).isEqualTo(78);
            ChildJvm.Result started = ChildJvm.on(Jdks.current()).agent(mapping).run(ShowSecrets.class, "a.key");
            assertThat(started.exit()).as(mode).isEqualTo(78);
            assertThat(started.out()).isEmpty();
        }
        Files.setPosixFilePermissions(mapping, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(verify(mapping).exit()).isZero();
    }

    /** What a child of run gets beside its streams: nothing. */
    @Test
    void aProgramUnderRunHasNoDescriptorOfOurs() throws Exception {
        Files.writeString(store.resolve("KEY"), CANARY);
        Launched ran = in(
                "run",
                "--mapping",
                mapping(Map.of("KEY", "{property: a.key, env: KEY}")).toString(),
                "--",
                "sh",
                "-c",
                "echo /proc/self/fd/*");
        assertThat(ran.out()).isEqualTo("/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3\n");
    }

    private Launched verify(Path mapping) throws Exception {
        return in("verify", "--mapping", mapping.toString());
    }

    private Launched in(String... arguments) throws Exception {
        return Launched.in(folder, Map.of(), arguments);
    }

    private Path mapping(Map<String, String> entries) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "guards: {all: off}", "backends: {store: {type: directory, path: store}}", "secrets:", "  store:"));
        entries.forEach((name, entry) -> lines.add("    " + name + ": " + entry));
        return Files.write(folder.resolve("secrets.yaml"), lines);
    }

    private static String random(int length) {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.toString();
    }

    private static String tail(String text) {
        return text.length() < 2000 ? text : text.substring(text.length() - 2000);
    }
}
