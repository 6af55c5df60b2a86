package io.secretagent.bootstrap.backend.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Place;
import io.secretagent.bootstrap.testing.ShowSecrets;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;

/** Run on the packaged jar in a JVM of its own, with whatever identity its environment gives it: {@code URL ID}. */
final class FetchFromAws {

    public static void main(String[] arguments) throws GeneralSecurityException {
        Location location = new Location(arguments[1], null, null);
        BackendSettings.AwsSecretsManager settings = new BackendSettings.AwsSecretsManager(
                "aws", new Place("secrets.yaml", 1, 1), "us-east-1", URI.create(arguments[0]), null, null);
        try (AwsSecretsManagerBackend backend = AwsSecretsManagerBackend.open(settings)) {
            Outcome outcome = backend.fetch(Set.of(location), Deadline.after(Duration.ofSeconds(30)))
                    .get(location);
            if (outcome instanceof Outcome.Found found && found.content() instanceof Content.Bytes bytes) {
                System.out.println(ShowSecrets.line(location.path(), new String(bytes.value(), UTF_8)));
            } else {
                System.out.println(outcome);
            }
        }
    }

    private FetchFromAws() {}
}
