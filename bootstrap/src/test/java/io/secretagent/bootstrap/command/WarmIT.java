package io.secretagent.bootstrap.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code secret-agent warm} on each JDK, and what starts make of what it leaves. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class WarmIT {
    private static final String CANARY = "canary-5e1c-warm";
    private static final String ONE_OF_OURS = "io.secretagent.bootstrap.mapping.MappingParser";
    private static final String FROM_ARCHIVE = "shared objects file";
    private static final byte[] SEAL = "\nsealed\n".getBytes(UTF_8);

    @TempDir
    private static Path distributions;

    /** Copies of the distribution that warm was run in, which takes its time. */
    private static final Map<Integer, Path> WARMED = new ConcurrentHashMap<>();

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Path home;
    private Path mapping;

    WarmIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void warmOnce() throws Exception {
        Store store = new Store(folder);
        store.put("API_KEY", CANARY);
        mapping = store.mapping("API_KEY: api.key");
        Path warm = WARMED.get(jdk.feature());
        if (warm != null) {
            home = warm;
        } else {
            home = copyOfTheDistribution(distributions.resolve("jdk" + jdk.feature()));
            // A careless umask must not make an archive that is then refused.
            Launched warmed = warm(Map.of(), "sh", "-c", "umask 002; exec \"$@\"", "sh");
            assertThat(warmed.err()).startsWith("secret-agent: wrote " + home);
            assertThat(warmed.exit()).isZero();
            WARMED.put(jdk.feature(), home);
        }
    }

    @Test
    void theHelperTakesItsClassesFromTheArchive() throws Exception {
        assertThat(sourceInAgent(Map.of())).contains(FROM_ARCHIVE);
        assertThat(sourceInAgent(Map.of("SECRET_AGENT_JAVA", jdk.java().toString())))
                .contains(FROM_ARCHIVE);
    }

    @Test
    void soDoCommands() throws Exception {
        assertThat(sourceInCommand(Map.of())).contains(FROM_ARCHIVE);
        assertThat(sourceInCommand(Map.of("SECRET_AGENT_JAVA", jdk.java().toString())))
                .contains(FROM_ARCHIVE);
    }

    @Test
    void classesOfEverySdkAreInIt() throws Exception {
        Path unreachable = Files.writeString(folder.resolve("all.yaml"), """
                backends:
                  azure: {type: azure-key-vault, url: "https://127.0.0.1:1", challenge-resource-verification: false}
                  aws: {type: aws-secrets-manager, region: us-east-1, endpoint: "https://127.0.0.1:1"}
                  vault: {type: vault, address: "https://127.0.0.1:1"}
                secrets:
                  azure: {NAME: azure.name}
                  aws: {name: aws.name}
                  vault: {secret/name#key: vault.name}
                timeout: 5s
                """);
        Files.setPosixFilePermissions(unreachable, PosixFilePermissions.fromString("rw-r--r--"));
        Path log = folder.resolve("classes.log");
        child(Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "AKIAX",
                        "AWS_SECRET_ACCESS_KEY",
                        CANARY,
                        "VAULT_TOKEN",
                        CANARY,
                        "SECRET_AGENT_HELPER_OPTS",
                        "-Xlog:class+load:file=" + log))
                .option("-javaagent:" + home.resolve("lib/secret-agent.jar") + "=" + unreachable)
                .run(ShowSecrets.class, "azure.name");
        for (String name : List.of(
                "com.azure.security.keyvault.secrets.SecretClient",
                "software.amazon.awssdk.services.secretsmanager.SecretsManagerClient",
                "io.secretagent.bootstrap.backend.vault.Session",
                "sun.security.ssl.SSLContextImpl")) {
            assertThat(source(log, name)).as(name).contains(FROM_ARCHIVE);
        }
    }

    @Test
    void itLeavesTheArchiveAndNothingElse() throws Exception {
        List<String> left = names(home.resolve("lib"));
        left.removeAll(names(ChildJvm.distribution().resolve("lib")));
        assertThat(left).singleElement().asString().matches("bootstrap-.*\\.(jsa|aot)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive())))
                .isEqualTo("rw-r--r--");
    }

    /** With its loopback interface alone, and no right of root's to write where the mode forbids it. */
    @Test
    void itAsksNobodyOutsideThisMachineAndNeedsNoRightsOfRoot() throws Exception {
        List<String> alone = List.of(
                "unshare",
                "-n",
                "setpriv",
                "--bounding-set=-dac_override,-dac_read_search",
                "sh",
                "-c",
                "ip link set lo up && exec \"$@\"",
                "sh");
        List<String> probe = new ArrayList<>(alone);
        probe.add("true");
        Assumptions.assumeTrue(
                exit(probe) == 0, "SKIPPED: this user may not make a network namespace, or there is no ip or setpriv");
        Launched warmed =
                warm(Map.of("SECRET_AGENT_CACHE", folder.resolve("cache").toString()), alone);
        assertThat(warmed.err()).startsWith("secret-agent: wrote " + folder.resolve("cache/bootstrap-"));
        assertThat(warmed.exit()).isZero();
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldWithTheWayOut() throws Exception {
        Path nowhere = Files.writeString(folder.resolve("file"), "").resolve("cache");
        Launched refused = warm(Map.of("SECRET_AGENT_CACHE", nowhere.toString()));
        assertThat(refused.exit()).isEqualTo(74);
        assertThat(refused.err())
                .isEqualTo("secret-agent: " + nowhere
                        + " cannot be written to; run this as its owner, or name a folder of your own in"
                        + " SECRET_AGENT_CACHE, here and where the application starts\n");
    }

    @Test
    void anArchiveThatIsNotThereIsNoTrouble() throws Exception {
        Map<String, String> cold = Map.of("SECRET_AGENT_CACHE", "/nonexistent");
        assertThat(sourceInAgent(cold)).contains("bootstrap.jar");
        assertThat(sourceInCommand(cold)).contains("bootstrap.jar");
    }

    /** As when it lies under the name of this java and is of one that was exchanged. */
    @Test
    void whatAnotherJavaMadeIsLeftAlone() throws Exception {
        for (Jdks.Jdk other : Jdks.all()) {
            Path others = WARMED.get(other.feature());
            if (others != null && other.feature() != jdk.feature()) {
                assertLeftAlone(Files.readAllBytes(archiveIn(others.resolve("lib"))));
            }
        }
    }

    @Test
    void whatWasCutOffIsLeftAlone() throws Exception {
        byte[] whole = Files.readAllBytes(archive());
        assertLeftAlone(Arrays.copyOf(whole, whole.length / 2));
        assertLeftAlone(new byte[0]);
    }

    @Test
    void whatIsNoArchiveIsLeftAlone() throws Exception {
        byte[] sealed = new byte[4096];
        System.arraycopy(SEAL, 0, sealed, sealed.length - SEAL.length, SEAL.length);
        assertLeftAlone(sealed);
    }

    @Test
    void theArchiveOfTheVersionBeforeIsLeftAlone() throws Exception {
        Path upgraded = copyOfTheDistribution(folder.resolve("upgraded"));
        Files.copy(archive(), upgraded.resolve("lib").resolve(archive().getFileName()));
        Path jar = upgraded.resolve("lib/bootstrap.jar");
        Files.setLastModifiedTime(
                jar, FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() + 60_000));
        home = upgraded;
        assertThat(sourceInAgent(Map.of())).contains("bootstrap.jar");
        assertThat(sourceInCommand(Map.of())).contains("bootstrap.jar");
    }

    @Test
    void anArchiveThatOthersCanWriteIsNotUsedAndTold() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("writable"));
        Path copy = Files.copy(archive(), cache.resolve(archive().getFileName()));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-rw-r--"));
        Map<String, String> environment = Map.of("SECRET_AGENT_CACHE", cache.toString());
        Path log = folder.resolve("classes.log");
        assertThat(start(environment, log))
                .isEqualTo(new ChildJvm.Result(
                        0,
                        ShowSecrets.line("api.key", CANARY) + "\n",
                        "secret-agent: warning: " + copy
                                + " is not used: the file is writable by group or others; chmod go-w " + copy + "\n"));
        assertThat(source(log, ONE_OF_OURS)).contains("bootstrap.jar");
        assertThat(sourceInCommand(environment)).contains("bootstrap.jar");
    }

    private void assertLeftAlone(byte[] content) throws Exception {
        Path cache = Files.createTempDirectory(folder, "cache");
        Files.write(cache.resolve(archive().getFileName()), content);
        Map<String, String> environment = Map.of("SECRET_AGENT_CACHE", cache.toString());
        assertThat(sourceInAgent(environment)).contains("bootstrap.jar");
        assertThat(sourceInCommand(environment)).contains("bootstrap.jar");
    }

    /** Where the helper of a start, which must be as ever, took one of its classes from. */
    private String sourceInAgent(Map<String, String> environment) throws Exception {
        Path log = Files.createTempFile(folder, "agent", ".log");
        assertThat(start(environment, log))
                .isEqualTo(new ChildJvm.Result(0, ShowSecrets.line("api.key", CANARY) + "\n", ""));
        return source(log, ONE_OF_OURS);
    }

    /** By a java of the test's that adds an option, since the launcher takes none. */
    private String sourceInCommand(Map<String, String> environment) throws Exception {
        Path log = Files.createTempFile(folder, "command", ".log");
        Map<String, String> all = new HashMap<>(environment);
        all.put("JAVA_HOME", jdk.home().toString());
        Launched plain = launched(all, List.of(), "verify", "--quiet", "--mapping", mapping.toString());
        assertThat(plain).isEqualTo(new Launched(0, "", ""));
        List<String> command = shown(all, "verify", "--quiet", "--mapping", mapping.toString());
        command.add(1, "-Xlog:class+load:file=" + log);
        assertThat(exit(command)).isZero();
        return source(log, ONE_OF_OURS);
    }

    /** The java command that the launcher ends in: {@code sh -x} shows it, and a later option wins over its. */
    private List<String> shown(Map<String, String> environment, String... arguments) throws Exception {
        Launched traced = launched(environment, List.of("sh", "-x"), arguments);
        String exec = traced.err()
                .lines()
                .filter(line -> line.startsWith("+ exec "))
                .findFirst()
                .orElseThrow();
        List<String> words = new ArrayList<>();
        for (String word : exec.substring("+ exec ".length()).split(" ", -1)) {
            words.add(word.replace("'", ""));
        }
        int disable = words.indexOf("-Xlog:disable");
        if (disable >= 0) {
            words.remove(disable);
        }
        return words;
    }

    private ChildJvm.Result start(Map<String, String> environment, Path log) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SECRET_AGENT_HELPER_OPTS", "-Xlog:class+load:file=" + log);
        return child(all)
                .option("-javaagent:" + home.resolve("lib/secret-agent.jar") + "=" + mapping)
                .run(ShowSecrets.class, "api.key");
    }

    private ChildJvm child(Map<String, String> environment) {
        ChildJvm child = ChildJvm.on(jdk);
        environment.forEach(child::environment);
        return child;
    }

    private static String source(Path log, String name) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" " + name + " "))
                    .findFirst()
                    .orElse("not loaded");
        }
    }

    private Launched warm(Map<String, String> environment, String... before) throws Exception {
        return warm(environment, List.of(before));
    }

    private Launched warm(Map<String, String> environment, List<String> before) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("JAVA_HOME", jdk.home().toString());
        List<String> command = new ArrayList<>(before);
        command.add("sh");
        return launched(all, command, "warm");
    }

    private Launched launched(Map<String, String> environment, List<String> before, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(before.isEmpty() ? List.of("sh") : before);
        command.add(home.resolve("bin/secret-agent").toString());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "launched", ".out");
        Path err = Files.createTempFile(folder, "launched", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("SECRET_AGENT_MAPPING");
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Launched(exit, Files.readString(out), Files.readString(err, ISO_8859_1));
    }

    private static int exit(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    private Path archive() throws IOException {
        return archiveIn(Objects.requireNonNull(WARMED.get(jdk.feature())).resolve("lib"));
    }

    private static Path archiveIn(Path lib) throws IOException {
        return lib.resolve(names(lib).stream()
                .filter(name -> name.endsWith(".jsa") || name.endsWith(".aot"))
                .findFirst()
                .orElseThrow());
    }

    private static List<String> names(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static Path copyOfTheDistribution(Path target) throws IOException {
        Files.createDirectories(target.resolve("bin"));
        Files.createDirectories(target.resolve("lib/native"));
        for (String file : List.of("bin/secret-agent", "lib/secret-agent.jar", "lib/bootstrap.jar")) {
            Files.copy(ChildJvm.distribution().resolve(file), target.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return target.toRealPath();
    }
}
