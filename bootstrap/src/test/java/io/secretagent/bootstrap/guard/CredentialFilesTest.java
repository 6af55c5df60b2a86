package io.secretagent.bootstrap.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void everyKindOfFile() throws Exception {
        for (String name : List.of("jwt", "secret-id", "key", "aws", "azure")) {
            file(name, "rw-r--r--");
        }
        file("certificate", "rw-r--r--");
        assertThat(codes("auth: {method: jwt, role: r, jwt-file: jwt}")).containsExactly("SA104");
        assertThat(codes("auth: {method: approle, role-id: r, secret-id-file: secret-id}"))
                .containsExactly("SA104");
        assertThat(codes("client-certificate: certificate, client-key: key, auth: {method: cert}"))
                .containsExactly("SA104");
        Mapping cloud = parse("""
                backends:
                  aws: {type: aws-secrets-manager, region: us-east-1}
                  azure: {type: azure-key-vault, url: "https://v.vault.azure.net"}
                secrets: {aws: {a: a}, azure: {b: b}}
                """);
        assertThat(Guards.ofMapping(
                        cloud,
                        Map.of(
                                "AWS_SHARED_CREDENTIALS_FILE",
                                folder.resolve("aws").toString(),
                                "AZURE_FEDERATED_TOKEN_FILE",
                                folder.resolve("azure").toString())))
                .hasSize(2)
                .allMatch(problem -> "SA104".equals(problem.code()));
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
