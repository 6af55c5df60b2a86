package io.secretagent.bootstrap.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.LivingJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A driver whose class no name gives away: it is known from when it is registered. */
class RegisteredIT {
    private static final String CANARY = "canary-5c1d09-long";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void connectsWithTheNewPassword(Jdks.Jdk jdk) throws Exception {
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Path secret = Files.writeString(mounted.resolve("password"), CANARY + "-1000");
        Path mapping = Files.writeString(
                folder.resolve("secrets.yaml"),
                "refresh: 1h\nbackends:\n  files: {type: directory, path: " + mounted
                        + "}\nsecrets:\n  files:\n    password: db.password\n");

        try (LivingJvm application = LivingJvm.start(
                ChildJvm.on(jdk).agent(mapping),
                folder,
                "-cp",
                ChildJvm.testClasses().toString(),
                UsesAcme.class.getName(),
                secret.toString())) {
            Files.writeString(secret, CANARY + "-1001");
            application.tell("");

            application.await(() -> application.out().lines().count() == 3);
            assertThat(application.out()).isEqualTo("connected true\nlives\nconnected true\n");
            assertThat(application.end()).isZero();
            assertThat(application.all()).doesNotContain("canary");
        }
    }
}
