package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy for a whole fleet, applied by Kyverno's own command line. */
class FleetIT {
    private static final Path FLEET = KubernetesIT.HERE.resolve("fleet");

    @TempDir
    private Path temporary;

    @Test
    void addsTheAgentToPodsThatNameAMappingAndLeavesOthersAsTheyAre() throws Exception {
        Path kyverno = Provision.orSkip(
                "kyverno",
                () -> Provision.go("kyverno", "github.com/kyverno/kyverno@v1.19.1", "./cmd/cli/kubectl-kyverno"));
        Provision.run(List.of(
                kyverno.toString(),
                "apply",
                FLEET.resolve("policy.yaml").toString(),
                "--resource=" + FLEET.resolve("pod.yaml"),
                "--resource=" + FLEET.resolve("other-pod.yaml"),
                "--output=" + temporary));

        assertThat(pod(temporary.resolve("shop-mutated.yaml"))).isEqualTo(pod(FLEET.resolve("pod-with-agent.yaml")));
        assertThat(pod(temporary.resolve("other-mutated.yaml")).get("spec"))
                .isEqualTo(pod(FLEET.resolve("other-pod.yaml")).get("spec"));
    }

    private static Map<String, Object> pod(Path file) throws IOException {
        return KubernetesSchemas.yaml(Files.readString(file, UTF_8)).get(0);
    }
}
