package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.AgentJar;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Descriptors 1 and 2 however they are reached, on files, pipes and a terminal. */
class DescriptorsIT {
    private static final String JDKS = "io.secretagent.bootstrap.testing.Jdks#all";

    private static final List<String> OPENED = List.of(
            "opened stream ***",
            "opened channel ***",
            "opened random ***",
            "opened bytes ***",
            "opened range ***",
            "clean bytes",
            "opened Files ***",
            "opened async ***");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource(JDKS)
    void onFiles(Jdks.Jdk jdk) throws Exception {
        assertMasked(child(jdk).run(WritesToDescriptors.class, logs().toString()));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void onPipes(Jdks.Jdk jdk) throws Exception {
        ChildJvm child = child(jdk);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "{ \"$@\" 2>&3 | cat >" + out + "; } 3>&1 | cat >" + err, "sh"));
        command.addAll(child.command(
                "-cp", ChildJvm.testClasses().toString(), WritesToDescriptors.class.getName(), logs().toString()));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();

        assertMasked(new ChildJvm.Result(0, Files.readString(out), Files.readString(err)));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void onATerminal(Jdks.Jdk jdk) throws Exception {
        Path out = folder.resolve("out");
        String command = String.join(
                " ", child(jdk).command("-cp", ChildJvm.testClasses().toString(), WritesToTheConsole.class.getName()));
        ProcessBuilder script = new ProcessBuilder("script", "-qec", command, "/dev/null");
        assertThat(script.redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start()
                        .waitFor())
                .as(Files.readString(out))
                .isZero();

        assertThat(Files.readAllLines(out))
                .containsExactly("printf ***", "writer ***", "format ***", "out ***", "err ***");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void byNumber(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result =
                child(jdk).option("--add-opens=java.base/java.io=ALL-UNNAMED").run(WritesToANumber.class);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out().lines()).containsExactly("stream ***", "writer ***", "out ***");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void whatIsHeldComesBeforeOneIsClosed(Jdks.Jdk jdk) throws Exception {
        assertThat(child(jdk).run(ClosesStandardOutput.class).out()).isEqualTo("held canar");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void besideAnotherAgent(Jdks.Jdk jdk) throws Exception {
        Path jar = AgentJar.of(OtherAgent.class, folder);
        Canary canary = new Canary(folder);

        Path logs = logs();
        assertMasked(canary.child(jdk).option("-javaagent:" + jar).run(WritesToDescriptors.class, logs.toString()));
        Files.delete(logs.resolve("link"));
        ChildJvm first = ChildJvm.on(jdk).option("-javaagent:" + jar);
        assertMasked(canary.with(first).run(WritesToDescriptors.class, logs.toString()));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void anAgentThatKeepsTheJdkFromBeingMaskedEndsTheStart(Jdks.Jdk jdk) throws Exception {
        ChildJvm broken = ChildJvm.on(jdk).option("-javaagent:" + AgentJar.of(BreakingAgent.class, folder));
        ChildJvm.Result result = new Canary(folder).with(broken).run(WritesToDescriptors.class, logs().toString());

        assertThat(result.exit()).isEqualTo(70);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("secret-agent: java.io.FileOutputStream cannot be rewritten (")
                .endsWith("; name this agent before any other on the command line, and run a JDK that it supports");
    }

    private ChildJvm child(Jdks.Jdk jdk) throws Exception {
        return new Canary(folder).child(jdk);
    }

    private Path logs() throws Exception {
        return Files.createDirectory(folder.resolve("logs"));
    }

    private static void assertMasked(ChildJvm.Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
        List<String> expected = new ArrayList<>(List.of(
                "out ***",
                "array ***",
                "range ***",
                "bytes ***",
                "across ***",
                "channel ***",
                "gathered ***",
                "channel stream ***",
                "direct buffer ***"));
        for (int i = 0; i < 3; i++) {
            expected.addAll(OPENED);
        }
        expected.addAll(
                List.of("held canarchild", "replaced ***", "getMessage raw true", "own file true", "end canar"));
        assertThat(result.out().lines()).containsExactlyElementsOf(expected);
        assertThat(result.err())
                .doesNotContain("canary-a", "kR7$1x")
                .startsWith("err ***\nerr descriptor ***\njava.lang.IllegalStateException: message ***\n")
                .contains("Suppressed: java.io.IOException: suppressed ***")
                .contains("Caused by: java.io.IOException: cause ***");
    }
}
