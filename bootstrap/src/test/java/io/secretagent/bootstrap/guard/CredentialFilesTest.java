package io.secretagent.bootstrap.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with credentials, which other users may not read, unless the platform mounted them so. */
class CredentialFilesTest {
    private static final String CANARY = "canary-41c7";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void othersCanComeHere() throws IOException {
        mode(folder, "rwxr-xr-x");
    }

    @Test
    void aTokenThatOthersCanRead() throws Exception {
        file("token", "rw-r--r--");
        List<Problem> problems = guard("auth: {method: token, token-file: token}", "");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).line())
                .contains(":2:3: warning: SA104: token-file of backend bao can be read by every user of this machine;"
                        + " chmod o-r ")
                .doesNotContain(CANARY);
    }

    @Test
    void aTokenOfItsOwnersAlone() throws Exception {
        file("token", "rw-r-----");
        assertThat(guard("auth: {method: token, token-file: token}", "")).isEmpty();
    }

    @Test
    void aFolderThatKeepsOthersOut() throws Exception {
        file("token", "rw-r--r--");
        mode(folder, "rwx------");
        assertThat(guard("auth: {method: token, token-file: token}", "")).isEmpty();
    }

    @Test
    void aTokenThatKubernetesProjected() throws Exception {
        Path version = Files.createDirectories(folder.resolve("..2026_01_17_09_30_00.1"));
        mode(version, "rwxr-xr-x");
        Files.writeString(version.resolve("token"), CANARY);
        mode(version.resolve("token"), "rw-r--r--");
        Files.createSymbolicLink(folder.resolve("..data"), version);
        Files.createSymbolicLink(folder.resolve("token"), Path.of("..data/token"));
        assertThat(guard("auth: {method: kubernetes, role: r, jwt-file: token}", ""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {method: token, token-file: credential}",
                "auth: {method: kubernetes, role: r, jwt-file: credential}",
                "auth: {method: jwt, role: r, jwt-file: credential}",
                "auth: {method: approle, role-id: r, secret-id-file: credential}",
                "client-certificate: certificate, client-key: credential, auth: {method: cert}",
            })
    void everyFileOfAVault(String settings) throws Exception {
        file("credential", "rw-r--r--");
        file("certificate", "rw-r--r--");
        assertThat(codes(settings)).containsExactly("SA104");
        file("credential", "rw-------");
        assertThat(codes(settings)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aws, AWS_WEB_IDENTITY_TOKEN_FILE",
        "aws, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        "aws, AWS_SHARED_CREDENTIALS_FILE",
        "azure, AZURE_FEDERATED_TOKEN_FILE",
        "azure, AZURE_CLIENT_CERTIFICATE_PATH",
    })
    void everyVariableOfACloud(String backend, String variable) throws Exception {
        Mapping cloud = parse("""
                backends:
                  aws: {type: aws-secrets-manager, region: us-east-1}
                  azure: {type: azure-key-vault, url: "https://v.vault.azure.net"}
                secrets: {aws: {a: a}, azure: {b: b}}
                """);
        // Whoever runs the tests may have one of AWS that others can read.
        Map<String, String> environment = new HashMap<>(Map.of("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"));
        environment.put(variable, folder.resolve("credential").toString());
        file("credential", "rw-r--r--");
        assertThat(Guards.ofMapping(cloud, environment))
                .singleElement()
                .matches(problem -> "SA104".equals(problem.code())
                        && problem.line().contains(variable + " of backend " + backend + " "));
        file("credential", "rw-r-----");
        assertThat(Guards.ofMapping(cloud, environment)).isEmpty();
    }

    @Test
    void whatIsInTheHomeFolderUnlessAVariableStandsForIt() throws Exception {
        Files.createDirectory(folder.resolve(".aws"));
        mode(folder.resolve(".aws"), "rwxr-xr-x");
        file(".aws/credentials", "rw-r--r--");
        file(".vault-token", "rw-r--r--");
        Mapping mapping = parse("""
                backends:
                  aws: {type: aws-secrets-manager, region: us-east-1}
                  bao: {type: vault, address: "https://v"}
                secrets: {aws: {a: a}, bao: {secret/b#b: b}}
                """);
        String home = System.getProperty("user.home");
        System.setProperty("user.home", folder.toString());
        try {
            assertThat(Guards.ofMapping(mapping, Map.of()))
                    .hasSize(2)
                    .anyMatch(problem -> problem.line().contains("~/.aws/credentials of backend aws"))
                    .anyMatch(problem -> problem.line().contains("~/.vault-token of backend bao"));
            assertThat(Guards.ofMapping(
                            mapping, Map.of("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent", "VAULT_TOKEN", CANARY)))
                    .isEmpty();
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void switchedOffAndAnError() throws Exception {
        file("token", "rw-r--r--");
        assertThat(guard("auth: {method: token, token-file: token}", "guards: {SA104: off}"))
                .isEmpty();
        assertThat(Guards.anyError(guard("auth: {method: token, token-file: token}", "guards: {SA104: error}")))
                .isTrue();
    }

    @Test
    void aFileThatIsNotThereIsTheBackendsToTell() throws Exception {
        assertThat(guard("auth: {method: token, token-file: nope}", "")).isEmpty();
    }

    private List<String> codes(String settings) throws Exception {
        return guard(settings, "").stream()
                .map(problem -> String.valueOf(problem.code()))
                .toList();
    }

    private List<Problem> guard(String settings, String guards) throws Exception {
        return Guards.ofMapping(
                parse("backends:\n  bao: {type: vault, address: \"https://v\", " + settings
                        + "}\nsecrets:\n  bao:\n    secret/a#b: a\n" + guards + "\n"),
                Map.of());
    }

    private Mapping parse(String yaml) throws Exception {
        return new MappingParser(Map.of()).parse(Files.writeString(folder.resolve("secrets.yaml"), yaml));
    }

    private void file(String name, String mode) throws IOException {
        mode(Files.writeString(folder.resolve(name), CANARY), mode);
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
