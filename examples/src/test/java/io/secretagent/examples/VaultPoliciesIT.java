package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.OpenBaoServer;
import io.secretagent.bootstrap.testing.Provision;
import io.secretagent.bootstrap.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the Vault policies of the Kubernetes examples allow and what they do not, by OpenBao itself. */
class VaultPoliciesIT {
    private static final Path VAULT = KubernetesIT.HERE.resolve("vault");
    private static final String PASSWORD = "canary-71c5-of-the-database";

    @RegisterExtension
    static final OpenBaoServer BAO = OpenBaoServer.dev();

    private static Path bin = VAULT;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void provision() {
        bin = OpenBaoServer.provision();
    }

    @BeforeEach
    void store() throws Exception {
        BAO.call(
                "POST",
                "secret/data/shop/prod",
                "{\"data\": {\"DATABASE_PASSWORD\": \"" + PASSWORD
                        + "\", \"PAYMENT_API_KEY\": \"canary-of-$payments'\"}}");
    }

    @Test
    void theSetUpOfVaultLetsTheShopReadAndSomebodyElseRotate() throws Exception {
        setUp();
        assertThat(map(BAO.call("GET", "auth/kubernetes/role/shop", null), "data"))
                .containsEntry("bound_service_account_names", List.of("shop"))
                .containsEntry("bound_service_account_namespaces", List.of("shop"))
                .containsEntry("audience", "vault")
                .containsEntry("token_policies", List.of("shop-read"));

        String mapping = Files.readString(VAULT.resolve("secrets.yaml"), UTF_8)
                .replaceFirst("auth: \\{.*}", "auth: {method: token}");
        Files.writeString(temporary.resolve("secrets.yaml"), mapping);
        String reads = BAO.tokenWith("shop-read");
        String rotates = BAO.tokenWith("shop-rotate");
        assertThat(secretAgent(reads, "verify", "--strict").exit()).isZero();
        assertThat(secretAgent(reads, "age", "--json").out())
                .contains("\"status\":\"OK\"")
                .contains("\"lacks\":null");
        String name = "secret/shop/prod#DATABASE_PASSWORD";
        assertThat(secretAgent(reads, "rotate", "--generate", "32", name).exit())
                .isEqualTo(77);
        assertThat(secretAgent(rotates, "rotate", "--generate", "32", name).exit())
                .isZero();
        assertThat(secretAgent(rotates, "rollback", name).exit()).isZero();
    }

    @Test
    void theInjectorsTemplateGivesAFileThatTheMappingReads() throws Exception {
        Path annotations = KubernetesIT.HERE.resolve("vault-injector/annotations.yaml");
        Map<String, Object> deployment =
                KubernetesSchemas.yaml(Files.readString(annotations, UTF_8)).get(0);
        Map<String, Object> template = map(map(map(map(deployment, "spec"), "template"), "metadata"), "annotations");
        render((String) Objects.requireNonNull(template.get("vault.hashicorp.com/agent-inject-template-shop.env")));

        Files.copy(KubernetesIT.HERE.resolve("vault-injector/secrets.yaml"), temporary.resolve("secrets.yaml"));
        Launched verify = Launched.in(
                temporary,
                Map.of("MOUNTED_SECRETS", temporary.resolve("rendered").toString()),
                "verify",
                "--json",
                "--mapping",
                "secrets.yaml");
        assertThat(verify.exit()).as(verify.all()).isZero();
        assertThat(verify.out())
                .contains("\"length\":" + PASSWORD.length())
                .contains("\"length\":" + "canary-of-$payments'".length());
        assertThat(verify.all()).doesNotContain("canary");
    }

    private static void setUp() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", VAULT.resolve("setup.sh").toString());
        builder.environment().putAll(bao());
        // Without one the server looks for its own pod's; any certificate will do, since nobody logs in here.
        builder.environment()
                .put("KUBERNETES_CA", TestCertificates.create().authority().toString());
        builder.environment().put("VAULT", bin.resolve("bao").toString());
        Process setUp = builder.redirectErrorStream(true).start();
        String output = new String(setUp.getInputStream().readAllBytes(), UTF_8);
        assertThat(setUp.waitFor()).as(output).isZero();
    }

    /** Renders as the injector's sidecar does, but with a token in place of the pod's login. */
    private void render(String template) throws Exception {
        Path token = Files.writeString(temporary.resolve("token"), BAO.token());
        Path contents = Files.writeString(temporary.resolve("template"), template);
        Files.createDirectory(temporary.resolve("rendered"));
        Path configuration = Files.writeString(temporary.resolve("agent.hcl"), """
                exit_after_auth = true
                vault { address = "%s" }
                auto_auth { method "token_file" { config = { token_file_path = "%s" } } }
                template {
                  source      = "%s"
                  destination = "%s"
                }
                """.formatted(
                        BAO.address(), token, contents, temporary.resolve("rendered/shop.env")));
        Provision.run(List.of(bin.resolve("bao").toString(), "agent", "-config=" + configuration));
    }

    private Launched secretAgent(String token, String... arguments) throws Exception {
        return Launched.in(temporary, Map.of("VAULT_ADDR", BAO.address().toString(), "VAULT_TOKEN", token), arguments);
    }

    private static Map<String, String> bao() {
        return Map.of("BAO_ADDR", BAO.address().toString(), "BAO_TOKEN", BAO.token());
    }

    @SuppressWarnings("unchecked") // Objects, by their grammar.
    private static Map<String, Object> map(Object object, String key) {
        return (Map<String, Object>) Objects.requireNonNull(((Map<?, ?>) object).get(key), key);
    }
}
