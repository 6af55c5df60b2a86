package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two scripts of {@code bin}, in a copy of the distribution whose path has spaces, by each shell that is there. */
@Timeout(120)
class LauncherIT {
    /** What a java writes that only tells that it was started, and how. */
    private static final String TELLS = "#!/bin/sh\necho \"$0\"\nprintf '<%s>' \"$@\"\n";

    private static final List<String> PARTS = List.of("bootstrap.jar", "secret-agent.jar", "native");

    @TempDir
    private Path folder;

    private Path home;
    private Path launcher;

    @BeforeEach
    void copy() throws IOException {
        home = Files.createDirectories(folder.resolve("in a folder/secret agent"));
        Files.createDirectory(home.resolve("bin"));
        Files.createDirectory(home.resolve("lib"));
        for (String script : List.of("secret-agent", "entrypoint")) {
            Files.copy(
                    ChildJvm.distribution().resolve("bin").resolve(script),
                    home.resolve("bin").resolve(script));
            Files.setPosixFilePermissions(
                    home.resolve("bin").resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String part : PARTS) {
            Files.createSymbolicLink(
                    home.resolve("lib").resolve(part),
                    ChildJvm.distribution().resolve("lib").resolve(part));
        }
        launcher = home.resolve("bin/secret-agent");
    }

    /** JUnit warns of links that lead out of its folder. */
    @AfterEach
    void removeLinks() throws IOException {
        for (String part : PARTS) {
            Files.delete(home.resolve("lib").resolve(part));
        }
    }

    static List<List<String>> shells() {
        return Wrapped.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void javaIsThatOfTheVariableThenOfJavaHomeThenOfThePath(List<String> shell) throws Exception {
        Path own = java("own java/jvm");
        Path ofHome = java("a jdk/bin/java");
        Path ofPath = java("on the path/java");
        Wrapped wrapped = wrapped(shell)
                .environment("SECRET_AGENT_JAVA", own.toString())
                .environment("JAVA_HOME", folder.resolve("a jdk").toString())
                .environment("PATH", ofPath.getParent() + ":" + System.getenv("PATH"));
        assertThat(wrapped.run("verify", "a b").out())
                .startsWith(own + "\n<-XX:")
                .endsWith("<-jar><" + home.toRealPath() + "/lib/bootstrap.jar><verify><a b>");
        wrapped.environment("SECRET_AGENT_JAVA", "");
        assertThat(wrapped.run("verify").out()).startsWith(ofHome + "\n");
        for (String none : List.of("", folder.resolve("no jdk").toString())) {
            wrapped.environment("JAVA_HOME", none);
            assertThat(wrapped.run("verify").out()).startsWith(ofPath + "\n");
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void withoutOneItSaysWhatToSet(List<String> shell) throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("dirname", "readlink")) {
            Files.createSymbolicLink(
                    tools.resolve(tool),
                    Path.of(Provision.command(tool, "coreutils").get(0)));
        }
        Wrapped wrapped = wrapped(shell).environment("JAVA_HOME", "").environment("SECRET_AGENT_JAVA", "");
        assertThat(wrapped.environment("PATH", tools.toString()).run("verify"))
                .isEqualTo(
                        new Wrapped.Result(
                                70,
                                "",
                                "secret-agent: no java was found; set SECRET_AGENT_JAVA or JAVA_HOME, or put java on the PATH\n"));
        assertThat(wrapped.environment("SECRET_AGENT_JAVA", "/no such/java").run("verify"))
                .isEqualTo(new Wrapped.Result(
                        70, "", "secret-agent: SECRET_AGENT_JAVA is /no such/java, which cannot be executed\n"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void itIsFoundThroughLinks(List<String> shell) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("usr local/bin"));
        Path absolute = Files.createSymbolicLink(bin.resolve("absolute"), launcher);
        Path relative = Files.createSymbolicLink(bin.resolve("relative"), bin.relativize(launcher));
        Path twice = Files.createSymbolicLink(bin.resolve("twice"), Path.of("relative"));
        Path throughFolder =
                Files.createSymbolicLink(folder.resolve("opt"), home).resolve("bin/secret-agent");
        for (Path link : List.of(absolute, relative, twice, throughFolder)) {
            assertThat(started(shell, link).run("--version"))
                    .as(link.toString())
                    .matches(result -> result.exit() == 0 && result.out().startsWith("secret-agent "));
        }
        assertThat(new Wrapped(bin)
                        .shell(shell)
                        .launcher(Path.of("relative"))
                        .run("--version")
                        .exit())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theEntrypointIsFoundThroughLinksAndRunsTheCommand(List<String> shell) throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("store")).resolve("API_KEY"), "canary-51b2-long-value");
        Path mapping = Files.writeString(
                folder.resolve("my secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    API_KEY: {env: KEY}\n");
        Path link = Files.createSymbolicLink(folder.resolve("entry point"), home.resolve("bin/entrypoint"));
        Wrapped wrapped = started(shell, link).environment("SECRET_AGENT_MAPPING", mapping.toString());
        assertThat(wrapped.run("sh", "-c", "echo ${#KEY} $KEY \"$1\"; exit 7", "sh", "a  b"))
                .isEqualTo(new Wrapped.Result(7, "22 *** a  b\n", ""));
        assertThat(wrapped.run("--no-mask", "--", "echo", "a  b").out()).isEqualTo("a  b\n");
    }

    /** Who can write it has the secrets, as with a jar. */
    @ParameterizedTest
    @MethodSource("shells")
    void anArchiveThatOthersCanWriteIsLeftAlone(List<String> shell) throws Exception {
        Path archive = archive();
        Path java = java("java");
        Wrapped wrapped = wrapped(shell).environment("SECRET_AGENT_JAVA", java.toString());
        String used = "<-XX:SharedArchiveFile=" + archive.toRealPath() + ">";
        for (String trusted : List.of("rw-r--r--", "r--------", "rwxr-xr-x")) {
            Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString(trusted));
            assertThat(wrapped.run("verify").out()).as(trusted).contains(used);
            assertThat(wrapped.run("verify").err()).isEmpty();
        }
        for (String open : List.of("rw-rw-r--", "rw-r--rw-", "rw--w--w-")) {
            Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString(open));
            Wrapped.Result result = wrapped.run("verify");
            assertThat(result.out()).as(open).contains("<-jar>").doesNotContain("SharedArchiveFile");
            assertThat(result.err()).isEmpty();
        }
        Path elsewhere = Files.move(archive, folder.resolve("elsewhere.jsa"));
        Files.createSymbolicLink(archive, elsewhere);
        assertThat(wrapped.run("verify").out()).doesNotContain("SharedArchiveFile");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(wrapped.run("verify").out()).contains("SharedArchiveFile");
    }

    @Test
    void anArchiveOfAnotherUserIsLeftAlone() throws Exception {
        Path archive = archive();
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-r--r--"));
        boolean root =
                new ProcessBuilder("chown", "12345", archive.toString()).start().waitFor() == 0;
        assumeTrue(root, "only root can give a file away");
        Wrapped wrapped = wrapped(List.of("sh"))
                .environment("SECRET_AGENT_JAVA", java("java").toString());
        assertThat(wrapped.run("verify").out()).contains("<-jar>").doesNotContain("SharedArchiveFile");
    }

    /** As warm would name it for a java without a release file, and with its seal. */
    private Path archive() throws IOException {
        return Files.writeString(home.resolve("lib/bootstrap.jsa"), "sealed\n");
    }

    private Path java(String name) throws IOException {
        Path java = folder.resolve(name);
        Files.createDirectories(java.getParent());
        Files.writeString(java, TELLS);
        return Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Wrapped wrapped(List<String> shell) {
        return started(shell, launcher);
    }

    private Wrapped started(List<String> shell, Path script) {
        return new Wrapped(folder).shell(shell).launcher(script);
    }
}
