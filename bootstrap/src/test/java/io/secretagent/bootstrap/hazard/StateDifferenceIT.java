package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.AgentJar;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM at the first line of {@code main}, with the agent and with one that does nothing. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class StateDifferenceIT {
    private static final List<String> NOT_LOADED = List.of(
            "java.util.logging.",
            "java.lang.management.",
            "javax.management.",
            "javax.net.ssl.",
            "sun.security.ssl.",
            "java.net.http.",
            "java.net.Socket ",
            "java.net.InetAddress ",
            "java.security.Security ",
            "java.util.regex.",
            "java.util.stream.",
            "java.util.Formatter ");

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    StateDifferenceIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", "canary-3d62-state");
    }

    @Test
    void theStateIsTheSameButForTheSecrets() throws Exception {
        Path nothing = AgentJar.of(NothingAgent.class, folder);
        List<String> with = dump(store.child(jdk, "API_KEY: {property: api.key, env: API_KEY}"));
        List<String> without = dump(ChildJvm.on(jdk).option("-javaagent:" + nothing));
        assertThat(with).hasSizeGreaterThan(60);
        assertThat(with.stream().filter(line -> !without.contains(line)))
                .containsExactly("property api.key: ***", "variable API_KEY: ***");
        assertThat(without.stream().filter(line -> !with.contains(line))).isEmpty();
    }

    @Test
    void whatBelongsToTheApplicationIsNotLoadedBeforeMain() throws Exception {
        Path nothing = AgentJar.of(NothingAgent.class, folder);
        List<String> without = loadedBeforeMain(ChildJvm.on(jdk).option("-javaagent:" + nothing));
        List<String> with = loadedBeforeMain(store.child(jdk, "API_KEY: {property: api.key, env: API_KEY}"));
        assertThat(with).hasSizeGreaterThan(400);
        assertThat(with.stream().filter(name -> !without.contains(name)))
                .noneMatch(name -> NOT_LOADED.stream().anyMatch(name::startsWith));
    }

    /** As an application's classes mostly do, those of both agents come out of a jar. */
    @Test
    void notMoreThanFiveHundredClassesAreLoadedForIt() throws Exception {
        Path nothing = AgentJar.with(NothingAgent.class, folder);
        int without = loaded(ChildJvm.on(jdk).option("-javaagent:" + nothing), nothing);
        int with = loaded(store.child(jdk, "API_KEY: {property: api.key, env: API_KEY}"), nothing);
        assertThat(with).isBetween(without + 100, without + 500);
    }

    private List<String> dump(ChildJvm child) throws Exception {
        StateDump.OPTIONS.forEach(child::option);
        ChildJvm.Result result = child.run(StateDump.class);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out().lines().toList();
    }

    private int loaded(ChildJvm child, Path jar) throws Exception {
        Path log = Files.createTempFile(folder, "classes", ".log");
        ChildJvm.Result result = child.option("-Xlog:class+load:file=" + log + ":none")
                .run("-cp", jar.toString(), NothingAgent.class.getName());
        assertThat(result).isEqualTo(new ChildJvm.Result(0, "", ""));
        return Files.readAllLines(log).size();
    }

    private List<String> loadedBeforeMain(ChildJvm child) throws Exception {
        Path log = Files.createTempFile(folder, "classes", ".log");
        ChildJvm.Result result =
                child.option("-Xlog:class+load:file=" + log + ":none").run(ShowSecrets.class);
        assertThat(result.exit()).as(result.err()).isZero();
        return Files.readAllLines(log).stream()
                .takeWhile(line -> !line.startsWith(ShowSecrets.class.getName() + " "))
                .map(line -> line.substring(0, line.indexOf(' ') + 1))
                .toList();
    }

    /** The module of instrumentation comes with any agent. */
    public static final class NothingAgent {
        public static void premain(String argument) {}

        public static void main(String[] arguments) {}
    }
}
