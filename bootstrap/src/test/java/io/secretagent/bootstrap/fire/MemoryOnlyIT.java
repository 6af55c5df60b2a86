package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.MotoServer;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Memory only, proved: a whole life with three backends, from the start over changes to the end, of which every byte that
 * either process gives to the system is looked at. Not here: Azure, whose stand-in is of another package; what the kernel
 * does with memory (swap, core dumps of another process' making).
 */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MemoryOnlyIT {
    private static final String CANARY = "canary-e2b7c05d";
    private static final String FILE = CANARY + "-of-a-file";
    private static final String BAO = CANARY + "-of-openbao";
    private static final String AWS = CANARY + "-of-aws";
    private static final Forms FORMS = new Forms(CANARY);

    @RegisterExtension
    static final OpenBaoServer OPENBAO = OpenBaoServer.dev();

    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Path work;
    private Path temporary;

    MemoryOnlyIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void fill() throws Exception {
        work = Files.createDirectory(folder.resolve("work"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
        Files.createDirectory(folder.resolve("store"));
        store("-1");
        Files.writeString(folder.resolve("secrets.yaml"), """
                refresh: 1h
                audit: work/audit.jsonl
                backends:
                  store: {type: directory, path: store}
                  bao: {type: vault, address: "%s", insecure: true}
                  aws: {type: aws-secrets-manager, region: us-east-1, endpoint: "%s", insecure: true}
                secrets:
                  store: {API_KEY: {property: api.key, env: API_KEY}}
                  bao: {"secret/app#password": {property: bao.password, env: BAO}}
                  aws: {app: aws.secret}
                """.formatted(OPENBAO.address(), MOTO.endpoint()));
    }

    @Test
    void noByteOfAValueIsGivenToTheSystem() throws Exception {
        Path traces = Files.createDirectory(folder.resolve("traces"));
        try (LivingJvm living = LivingJvm.start(child().under(Trace.into(traces)), work)) {
            use(living, "-1");
            store("-2");
            hangUp(living);
            living.awaitProperty("api.key", FILE + "-2");
            living.awaitProperty("bao.password", BAO + "-2");
            living.awaitProperty("aws.secret", AWS + "-2");
            use(living, "-2");
            assertThat(living.end()).isZero();
        }
        Trace trace = Trace.of(traces);
        Trace.Traced helper = trace.process("bootstrap.jar");
        List<String> given = new ArrayList<>();
        for (Trace.Traced process : trace.all()) {
            for (Trace.Given one : process.given) {
                // The channel, and the token that is shown to its backend.
                boolean meant = process == helper && (one.to().startsWith("pipe:") || isOpenBao(one.to()));
                if (!meant && FORMS.areIn(one.bytes())) {
                    given.add(process.commands + ": " + one.call() + " to " + one.to());
                }
            }
        }
        assertThat(given).isEmpty();
        for (String value : new String[] {FILE, BAO, AWS}) {
            for (String version : new String[] {"-1", "-2"}) {
                assertThat(helper.given.stream().anyMatch(one -> one.bytes().contains(value + version)))
                        .as("the trace sees the channel")
                        .isTrue();
            }
        }
        assertThat(helper.mapped).as("files that the helper maps to write").isEmpty();
        assertThat(FORMS.below(work)).isEmpty();
        assertThat(FORMS.below(temporary)).isEmpty();
    }

    @Test
    void nothingThatTheSystemShowsOfAProcessHasAValue() throws Exception {
        try (LivingJvm living = LivingJvm.start(child(), work)) {
            use(living, "-1");
            for (long pid : new long[] {living.pid(), living.helper().pid()}) {
                Path process = Path.of("/proc", Long.toString(pid));
                for (String shown : new String[] {"environ", "cmdline"}) {
                    assertThat(FORMS.areIn(Files.readAllBytes(process.resolve(shown))))
                            .isFalse();
                }
                assertThat(threads(pid)).isNotEmpty().noneMatch(thread -> thread.contains("canary"));
                assertThat(writable(process))
                        .isSubsetOf(living.files().get(0), living.files().get(1), work.resolve("audit.jsonl"));
            }
            // Of the pipe between the two, and of anything else that is ours, a child of the application has nothing.
            living.tell("exec ls /proc/self/fd | tr '\\n' ' '; echo that is all");
            living.await(() -> living.out().contains("that is all"));
            assertThat(living.out()).contains("0 1 2 3 that is all");
            jdk("jcmd", Long.toString(living.pid()), "Thread.print");
            jdk("jcmd", Long.toString(living.pid()), "VM.info");
            jdk("jcmd", Long.toString(living.pid()), "VM.command_line");
            jdk("jcmd", Long.toString(living.pid()), "VM.flags");
            jdk("jcmd", Long.toString(living.pid()), "GC.class_histogram");
            assertThat(living.end()).isZero();
        }
        assertThat(FORMS.below(work)).isEmpty();
        assertThat(FORMS.below(temporary)).isEmpty();
    }

    /** As when native code of the application's fails. */
    @Test
    void whatTheJvmWritesWhenItCrashesHasNoValue() throws Exception {
        Path report = work.resolve("hs_err.log");
        ChildJvm child = child().option("-XX:ErrorFile=" + report)
                .option("-XX:-CreateCoredumpOnCrash")
                .option("-XX:StartFlightRecording:filename=" + work.resolve("app.jfr"));
        try (LivingJvm living = LivingJvm.start(child, work)) {
            use(living, "-1");
            ProcessHandle helper = living.helper();
            new ProcessBuilder("kill", "-SEGV", Long.toString(living.pid()))
                    .start()
                    .waitFor();
            assertThat(living.awaitEnd()).isNotZero();
            helper.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(report).isNotEmptyFile();
        assertThat(Files.readString(report, ISO_8859_1)).contains("SIGSEGV");
        assertThat(FORMS.below(work)).isEmpty();
        assertThat(FORMS.below(temporary)).isEmpty();
    }

    @Test
    void aFlightRecordingOfAWholeLifeHasNoValue() throws Exception {
        Path recording = work.resolve("app.jfr");
        ChildJvm child = child().option("-XX:StartFlightRecording:settings=profile,filename=" + recording);
        try (LivingJvm living = LivingJvm.start(child, work)) {
            use(living, "-1");
            assertThat(living.end()).isZero();
        }
        String shown = jdk("jfr", "print", recording.toString());
        assertThat(shown).contains("jdk.InitialSystemProperty").doesNotContain("canary");
    }

    /** A log of each value, whole and in pieces. */
    private static void use(LivingJvm living, String version) throws Exception {
        for (String name : new String[] {"api.key", "bao.password", "aws.secret"}) {
            living.tell("say " + name);
        }
        living.tell("print " + FILE + version);
        living.tell("env API_KEY");
        living.awaitProperty("api.key", FILE + version);
    }

    private ChildJvm child() {
        return ChildJvm.on(jdk)
                .agent(folder.resolve("secrets.yaml"))
                .option("-Djava.io.tmpdir=" + temporary)
                .environment("VAULT_TOKEN", OPENBAO.token())
                .environment("AWS_ACCESS_KEY_ID", "moto")
                .environment("AWS_SECRET_ACCESS_KEY", "moto")
                .environment("AWS_EC2_METADATA_DISABLED", "true")
                .in(work);
    }

    private void store(String version) throws Exception {
        Files.writeString(folder.resolve("store/API_KEY"), FILE + version);
        OPENBAO.call("POST", "secret/data/app", Json.text(Map.of("data", Map.of("password", BAO + version))));
        try (SecretsManagerClient owner = SecretsManagerClient.builder()
                .endpointOverride(MOTO.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "owner")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            if (version.equals("-1")) {
                owner.createSecret(r -> r.name("app").secretString(AWS + version));
            } else {
                owner.putSecretValue(r -> r.secretId("app").secretString(AWS + version));
            }
        }
    }

    /** Has the helper look at everything now. */
    private static void hangUp(LivingJvm living) throws Exception {
        ProcessHandle helper = ProcessHandle.of(living.pid())
                .orElseThrow()
                .descendants()
                .filter(one -> one.info().commandLine().orElse("").contains("bootstrap.jar"))
                .findFirst()
                .orElseThrow();
        // Until its main thread is called so, a signal ends it, and the application starts another.
        living.await(() -> threads(helper.pid()).stream().anyMatch(thread -> thread.startsWith("hup-")));
        new ProcessBuilder("kill", "-HUP", Long.toString(helper.pid())).start().waitFor();
    }

    /** What its threads are called. */
    private static List<String> threads(long pid) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    names.add(Files.readString(thread.resolve("comm")));
                } catch (IOException e) {
                    // It has just ended.
                }
            }
        }
        return names;
    }

    private static boolean isOpenBao(String to) {
        return to.contains("->127.0.0.1:" + OPENBAO.address().getPort() + "]");
    }

    /** The files that a process has open to write. */
    private static List<Path> writable(Path process) throws IOException {
        List<Path> writable = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                Path file = Files.readSymbolicLink(descriptor);
                Path information = process.resolve("fdinfo").resolve(descriptor.getFileName());
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.readString(information).matches("(?s).*flags:\\s+\\d*[12]\\n.*")) {
                    writable.add(file);
                }
            }
        }
        return writable;
    }

    private String jdk(String tool, String... arguments) throws Exception {
        Path out = Files.createTempFile(work, tool, ".out");
        List<String> command = new ArrayList<>(List.of(jdk.tool(tool).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(out, ISO_8859_1)).isZero();
        return Files.readString(out, ISO_8859_1);
    }
}
