package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Provision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the IAM policies of the Kubernetes examples allow and what they do not, by a simulator of IAM's evaluation. */
class AwsPoliciesIT {

    @Test
    void thePoliciesOfAwsAllowWhatIsCalledBelowThePrefixAndNothingElse() throws Exception {
        // Under the AGPL, and so run as a tool; nothing of it is shipped.
        Path simulator = Provision.orSkip(
                "an IAM simulator", () -> Provision.npm("iam-simulate", "@cloud-copilot/iam-simulate@0.1.173"));
        Files.writeString(simulator.resolve("simulate.mjs"), """
                import {readFileSync} from 'node:fs'
                import {runSimulation} from '@cloud-copilot/iam-simulate'
                const [file, ...requests] = process.argv.slice(2)
                const policy = JSON.parse(readFileSync(file))
                for (const request of requests) {
                  const [action, resource] = request.split(' ')
                  const answer = await runSimulation({
                    identityPolicies: [{name: 'policy', policy}], serviceControlPolicies: [], resourceControlPolicies: [],
                    request: {action: 'secretsmanager:' + action, principal: 'arn:aws:iam::123456789012:role/shop',
                              resource: {resource, accountId: '123456789012'}, contextVariables: {}}}, {})
                  console.log(answer.overallResult ?? JSON.stringify(answer.errors))
                }
                """);
        String secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/prod/database-AbCdEf";
        String other = secret.replace("prod", "staging");
        List<String> reading = List.of("GetSecretValue " + secret, "DescribeSecret " + secret, "BatchGetSecretValue *");
        List<String> writing = List.of("PutSecretValue " + secret, "UpdateSecretVersionStage " + secret);
        List<String> never = List.of("GetSecretValue " + other, "PutSecretValue " + other, "DeleteSecret " + secret);

        assertThat(simulate(simulator, "iam-read.json", reading))
                .containsOnly("Allowed")
                .hasSize(3);
        assertThat(simulate(simulator, "iam-read.json", writing)).containsOnly("ImplicitlyDenied");
        assertThat(simulate(simulator, "iam-read.json", never)).containsOnly("ImplicitlyDenied");
        assertThat(simulate(simulator, "iam-rotate.json", reading.subList(0, 2)))
                .containsOnly("Allowed");
        assertThat(simulate(simulator, "iam-rotate.json", writing)).containsOnly("Allowed");
        assertThat(simulate(simulator, "iam-rotate.json", never)).containsOnly("ImplicitlyDenied");
    }

    private static List<String> simulate(Path simulator, String policy, List<String> requests) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "node",
                simulator.resolve("simulate.mjs").toString(),
                KubernetesIT.HERE.resolve("aws").resolve(policy).toString()));
        command.addAll(requests);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answers = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(answers).isZero();
        return answers.lines().toList();
    }
}
