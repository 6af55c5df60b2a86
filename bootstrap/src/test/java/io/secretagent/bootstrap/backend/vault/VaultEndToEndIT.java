package io.secretagent.bootstrap.backend.vault;

import static io.secretagent.bootstrap.backend.vault.Fetched.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way: an application started with the agent, its secrets in OpenBao. */
class VaultEndToEndIT {
    private static final String WRONG_TOKEN = "canary-wrong-token";
    private static final String TEXT = "ünï-" + CANARY;

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    @TempDir
    Path folder;

    @BeforeAll
    static void fill() throws Exception {
        BAO.call("POST", "sys/mounts/old", "{\"type\": \"kv\", \"options\": {\"version\": \"1\"}}");
        BAO.call("POST", "secret/data/paracle/prod", """
                {"data": {"DATABASE_PASSWORD": "%s", "PORT": 5432, "nested": {"key": "%s"}}}
                """.formatted(TEXT, CANARY));
        BAO.call("POST", "old/legacy", "{\"API_KEY\": \"" + CANARY + "-legacy\"}");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void injectsBeforeMain(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result =
                run(jdk, BAO.token(), """
                    secret/paracle/prod#DATABASE_PASSWORD: db.password
                    secret/paracle/prod#PORT: db.port
                    secret/paracle/prod#/nested/key: nested.key
                    old/legacy#API_KEY: api.key
                """, "db.password", "db.port", "nested.key", "api.key", "absent");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .hasLineCount(5)
                .contains(ShowSecrets.line("db.password", TEXT))
                .contains(ShowSecrets.line("db.port", "5432"))
                .contains(ShowSecrets.line("nested.key", CANARY))
                .contains(ShowSecrets.line("api.key", CANARY + "-legacy"))
                .contains(ShowSecrets.line("absent", null));
        showsNoCanary(result);
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void endsWith77WhenTheTokenIsWrong(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result =
                run(jdk, WRONG_TOKEN, "    secret/paracle/prod#DATABASE_PASSWORD: db.password\n", "db.password");
        failsInOneLine(result, 77, "secret/paracle/prod#DATABASE_PASSWORD");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void endsWith66WhenAKeyOrASecretIsMissing(Jdks.Jdk jdk) throws Exception {
        for (String name : new String[] {"secret/paracle/prod#NOT_THERE", "secret/paracle/none#KEY"}) {
            ChildJvm.Result result = run(jdk, BAO.token(), "    " + name + ": db.password\n", "db.password");
            failsInOneLine(result, 66, name);
        }
    }

    private ChildJvm.Result run(Jdks.Jdk jdk, String token, String secrets, String... properties) throws Exception {
        Path mapping = Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  bao: {type: vault, address: \"" + BAO.address() + "\"}\nsecrets:\n  bao:\n" + secrets);
        Files.setPosixFilePermissions(mapping, PosixFilePermissions.fromString("rw-r--r--"));
        return ChildJvm.on(jdk).agent(mapping).environment("VAULT_TOKEN", token).run(ShowSecrets.class, properties);
    }

    private static void failsInOneLine(ChildJvm.Result result, int exit, String secret) {
        assertThat(result.exit()).isEqualTo(exit);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().filter(line -> line.contains(secret)))
                .hasSize(1)
                .allMatch(line -> line.contains("bao"));
        showsNoCanary(result);
    }

    private static void showsNoCanary(ChildJvm.Result result) {
        assertThat(result.out() + result.err()).doesNotContain("canary", BAO.token());
    }
}
