package io.secretagent.bootstrap.fetch;

import io.secretagent.channel.ChannelRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The credentials for the backends themselves that stand in the environment: the application must not log them. */
public final class Credentials {
    private static final List<String> VARIABLES = List.of(
            "VAULT_TOKEN",
            "BAO_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AZURE_CLIENT_SECRET",
            "AZURE_CLIENT_CERTIFICATE_PASSWORD",
            "AZURE_PASSWORD",
            "IDENTITY_HEADER");

    /** Those that are set, named by their variable. */
    public static List<ChannelRecord.Masked> in(Map<String, String> environment) {
        List<ChannelRecord.Masked> credentials = new ArrayList<>();
        for (String variable : VARIABLES) {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                credentials.add(new ChannelRecord.Masked(variable, value));
            }
        }
        return credentials;
    }

    private Credentials() {}
}
