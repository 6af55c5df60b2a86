package io.secretagent.bootstrap.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.LivingJvm;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command that is run when secrets have changed, and the listener in the application. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OnChangeIT {
    private static final String CANARY = "canary-on-change-2f";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    private Path folder;

    private Path calls;

    @BeforeEach
    void store() throws IOException {
        calls = folder.resolve("calls");
        Files.createDirectory(folder.resolve("store"));
        put("ONE", "first");
        put("TWO", "first");
        put("THREE", "first");
    }

    @Test
    void theCommandHasTheNamesAloneWhenTheApplicationHasTheValues() throws Exception {
        BAO.call("POST", "secret/data/hook", Json.text(Map.of("data", Map.of("k", CANARY + "-bao-first"))));
        command(
                "echo \"$@\" >> calls",
                "env > env",
                // The listener has told of it before this is run.
                "cat living*.out > seen",
                "cat store/ONE; echo; cat store/ONE >&2; printf '" + CANARY + "-ONE'; printf -- '-first!'; echo",
                "if read line; then echo has input; fi");
        Path mapping = mapping(
                "  bao: {type: vault, address: \"" + BAO.address() + "\"}\n",
                "[./command, --reload]",
                "  bao:\n    secret/hook#k: bao\n");
        try (LivingJvm living = LivingJvm.start(
                ChildJvm.on(Jdks.current())
                        .agent(mapping)
                        .in(Files.createDirectory(folder.resolve("elsewhere")))
                        .environment("VAULT_TOKEN", BAO.token())
                        .environment("SHOP_COLOUR", "green"),
                folder)) {
            living.tell("listen");
            put("ONE", "second");
            await(living, calls, "--reload ONE\n");
            living.awaitErr("***!", 1);
            assertThat(folder.resolve("seen")).content().contains("changed ONE\n");
            assertThat(folder.resolve("env"))
                    .content()
                    .contains("SHOP_COLOUR=green")
                    .doesNotContain("VAULT_TOKEN", BAO.token(), CANARY);
            assertThat(living.err()).isEqualTo("***\n******!\n");
            // What comes from elsewhere is a change like any other.
            BAO.call("POST", "secret/data/hook", Json.text(Map.of("data", Map.of("k", CANARY + "-bao-second"))));
            await(living, calls, "--reload ONE\n--reload secret/hook#k\n");
            assertThat(living.end()).isZero();
            assertThat(living.all()).doesNotContain(CANARY);
        }
    }

    @Test
    void oneIsRunAtATimeAndTheNextHasWhatHasChangedMeanwhile() throws Exception {
        command(
                "echo \"begins $*\" >> calls",
                "while [ ! -e \"go-$1\" ]; do sleep 0.05; done",
                "echo \"ends $*\" >> calls");
        try (LivingJvm living = start("[./command]")) {
            put("ONE", "second");
            await(living, calls, "begins ONE\n");
            put("THREE", "second");
            living.awaitProperty("THREE", value("THREE", "second"));
            put("TWO", "second");
            living.awaitProperty("TWO", value("TWO", "second"));
            Files.createFile(folder.resolve("go-THREE"));
            Files.createFile(folder.resolve("go-ONE"));
            await(living, calls, "begins ONE\nends ONE\nbegins THREE TWO\nends THREE TWO\n");
            assertThat(living.err()).isEmpty();
        }
    }

    @Test
    void aCommandThatFailsOrCannotBeRunIsToldInALine() throws Exception {
        command("echo $1 >> calls", "exit 3");
        try (LivingJvm living = start("[./command]")) {
            put("ONE", "second");
            living.awaitErr("secret-agent: on-change: " + folder.resolve("command") + " ended with 3\n", 1);
            Files.setPosixFilePermissions(folder.resolve("command"), PosixFilePermissions.fromString("rw-------"));
            put("TWO", "second");
            living.awaitErr(
                    "secret-agent: on-change: " + folder.resolve("command")
                            + " cannot be run; check its path and permissions\n",
                    1);
            Files.setPosixFilePermissions(folder.resolve("command"), PosixFilePermissions.fromString("rwx------"));
            put("THREE", "second");
            await(living, calls, "ONE\nTHREE\n");
            living.awaitErr("ended with 3\n", 2);
            assertThat(living.err().lines()).hasSize(3);
        }
    }

    @Test
    void aCommandThatHangsIsEndedWithWhatItHasStarted() throws Exception {
        command("if [ $1 = ONE ]; then sleep 1234 & echo $! > pid; wait; fi", "echo $1 >> calls");
        try (LivingJvm living = start("[./command]")) {
            put("ONE", "second");
            living.awaitErr("command did not end within 30 s, and was ended\n", 1);
            long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
            living.await(
                    () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            put("TWO", "second");
            await(living, calls, "TWO\n");
            assertThat(living.err().lines()).hasSize(1);
        }
    }

    @Test
    void aListenerThatFailsIsToldOnceAndHarmsNothing() throws Exception {
        try (LivingJvm living = start("[\"true\"]")) {
            living.tell("listen badly");
            put("ONE", "second");
            living.awaitProperty("ONE", value("ONE", "second"));
            put("ONE", "third");
            living.awaitProperty("ONE", value("ONE", "third"));
            living.tell("listen");
            put("ONE", "fourth");
            living.await(() -> living.out().contains("changed ONE\n"));
            assertThat(living.err())
                    .isEqualTo("secret-agent: the listener of secret-agent.on-change failed"
                            + " (java.lang.IllegalStateException)\n");
        }
    }

    @Test
    void whereNothingIsRefreshedItIsSaid() throws Exception {
        Path mapping = Files.writeString(
                folder.resolve("secrets.yaml"), "on-change: [\"true\"]\n" + backends("") + entries("", ""));
        try (LivingJvm living = LivingJvm.start(ChildJvm.on(Jdks.current()).agent(mapping), folder)) {
            assertThat(living.end()).isZero();
            assertThat(living.err())
                    .isEqualTo("secret-agent: " + mapping + ":1:1: warning: on-change is never run, for nothing is"
                            + " refreshed; set refresh: 5m\n");
        }
    }

    private LivingJvm start(String onChange) throws Exception {
        return LivingJvm.start(ChildJvm.on(Jdks.current()).agent(mapping("", onChange, "")), folder);
    }

    private Path mapping(String backend, String onChange, String entries) throws IOException {
        return Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1s\non-change: " + onChange + "\n" + backends(backend) + entries("", entries));
    }

    private static String backends(String more) {
        return "backends:\n  store: {type: directory, path: store}\n" + more;
    }

    private static String entries(String store, String more) {
        return "secrets:\n  store:\n    ONE: ONE\n    TWO: TWO\n    THREE: THREE\n" + store + more;
    }

    private void put(String name, String value) throws IOException {
        Files.writeString(folder.resolve("store/new"), value(name, value));
        Files.move(folder.resolve("store/new"), folder.resolve("store").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String value(String name, String value) {
        return CANARY + "-" + name + "-" + value;
    }

    /** A script that runs in the test's folder, whatever folder it is started in. */
    private void command(String... lines) throws IOException {
        Path command = folder.resolve("command");
        Files.writeString(
                command, "#!/bin/sh\ncd '" + folder + "' || exit 1\n" + String.join("\n", List.of(lines)) + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    private static void await(LivingJvm living, Path file, String content) throws Exception {
        living.await(() -> Files.exists(file) && Files.readString(file).equals(content));
    }
}
