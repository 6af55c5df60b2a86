package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Launched;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The manifests, built by kustomize and held against the schemas of Kubernetes and of the projects whose resources they
 * use. Not checked: what their controllers do with them in a cluster.
 */
class KubernetesIT {
    static final Path HERE = Path.of("kubernetes").toAbsolutePath();

    @TempDir
    private static Path schemas;

    private static Path kustomize = HERE;
    private static Path kubeconform = HERE;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void provision() {
        kustomize = Provision.orSkip(
                "kustomize", () -> Provision.go("kustomize", "sigs.k8s.io/kustomize/kustomize/v5@v5.8.2", "."));
        kubeconform = Provision.orSkip(
                "kubeconform",
                () -> Provision.go("kubeconform", "github.com/yannh/kubeconform@v0.8.0", "./cmd/kubeconform"));
        Provision.orSkip("the schemas of Kubernetes", () -> {
            KubernetesSchemas.write(schemas);
            return schemas;
        });
    }

    static Stream<String> overlays() throws IOException {
        try (Stream<Path> folders = Files.list(HERE)) {
            return folders
                    .filter(folder ->
                            Files.exists(folder.resolve("secrets.yaml")) || folder.endsWith("csi-with-secret"))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereIsAnOverlayForEachWay() throws Exception {
        assertThat(overlays())
                .containsExactly(
                        "aws", "azure", "csi", "csi-with-secret", "external-secrets", "vault", "vault-injector");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void isValid(String overlay) throws Exception {
        Path manifests = build(overlay);
        Provision.run(kubeconform(manifests));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void isHardened(String overlay) throws Exception {
        for (Map<String, Object> pod : pods(overlay)) {
            assertThat(pod).containsEntry("automountServiceAccountToken", false);
            assertThat(map(pod, "securityContext"))
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
            for (String kind : List.of("initContainers", "containers")) {
                for (Object container : (List<?>) Objects.requireNonNull(pod.get(kind))) {
                    assertThat(map(container, "securityContext"))
                            .isEqualTo(Map.of(
                                    "allowPrivilegeEscalation",
                                    false,
                                    "readOnlyRootFilesystem",
                                    true,
                                    "capabilities",
                                    Map.of("drop", List.of("ALL"))));
                    assertThat(map(map(container, "resources"), "limits")).containsKey("memory");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void mapsWhatTheApplicationReads(String overlay) throws Exception {
        Map<String, Object> mapping = documents(overlay)
                .filter(document -> "ConfigMap".equals(document.get("kind")))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(
                temporary.resolve("secrets.yaml"), (String) map(mapping, "data").get("secrets.yaml"), UTF_8);
        Launched verify =
                Launched.in(temporary, Map.of(), "verify", "--offline", "--strict", "--mapping", file.toString());
        assertThat(verify.exit()).as(verify.all()).isZero();
        assertThat(verify.out()).contains("spring.datasource.password", "payment.api.key");
    }

    @Test
    void aMistakeIsFound() throws Exception {
        String manifests = Files.readString(build("vault"), UTF_8);
        for (String[] mistake : new String[][] {
            {"readOnlyRootFilesystem: true", "readonlyRootFilesystem: true"},
            {"audience: vault", "audiences: [vault]"},
            {"automountServiceAccountToken: false", "automountServiceAccountToken: \"false\""},
        }) {
            assertThat(manifests).contains(mistake[0]);
            Path wrong = Files.writeString(temporary.resolve("wrong.yaml"), manifests.replace(mistake[0], mistake[1]));
            assertThat(new ProcessBuilder(kubeconform(wrong))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor())
                    .as(mistake[1])
                    .isNotZero();
        }
    }

    @Test
    void theFleetsPolicyAndItsPodsAreValid() throws Exception {
        for (String file : List.of("policy.yaml", "pod.yaml", "pod-with-agent.yaml", "other-pod.yaml")) {
            Provision.run(kubeconform(HERE.resolve("fleet").resolve(file)));
        }
    }

    private static List<String> kubeconform(Path manifests) {
        String location = schemas + KubernetesSchemas.NAMES;
        return List.of(
                kubeconform.toString(), "-strict", "-summary", "-schema-location", location, manifests.toString());
    }

    private Path build(String overlay) throws IOException, InterruptedException {
        Path manifests = temporary.resolve(overlay + ".yaml");
        Provision.run(List.of(
                kustomize.toString(), "build", HERE.resolve(overlay).toString(), "--output", manifests.toString()));
        return manifests;
    }

    private Stream<Map<String, Object>> documents(String overlay) throws IOException, InterruptedException {
        return KubernetesSchemas.yaml(Files.readString(build(overlay), UTF_8)).stream();
    }

    /** What runs: the pods of the deployment and of the job. */
    private List<Map<String, Object>> pods(String overlay) throws IOException, InterruptedException {
        return documents(overlay)
                .filter(document -> List.of("Deployment", "CronJob").contains(document.get("kind")))
                .map(document -> map(document, "spec"))
                .map(spec -> spec.containsKey("jobTemplate") ? map(map(spec, "jobTemplate"), "spec") : spec)
                .map(spec -> map(map(spec, "template"), "spec"))
                .toList();
    }

    @SuppressWarnings("unchecked") // Manifests are objects.
    private static Map<String, Object> map(Object object, String key) {
        return (Map<String, Object>) field(object, key);
    }

    static Object field(Object object, String key) {
        return Objects.requireNonNull(((Map<?, ?>) object).get(key), key);
    }
}
