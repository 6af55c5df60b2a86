package io.secretagent.mask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files as secrets: what they share with all others of their kind stays in the logs, and nothing else of them. */
class StructureTest {
    private static final String CREDENTIALS = """
            [default]
            aws_access_key_id = AKIACANARY0000000001
            aws_secret_access_key = canary/0000000000000000000000000000000001
            region = eu-west-1
            """;

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters:
            - name: kubernetes
              cluster:
                certificate-authority-data: Y2FuYXJ5LWNlcnRpZmljYXRlLWF1dGhvcml0eQ==
                server: https://kubernetes.default.svc:6443
            contexts:
            - context:
                cluster: kubernetes
                user: kubernetes-administrator
              name: kubernetes-administrator
            users:
            - name: kubernetes-administrator
              user:
                token: canary-token-0000000000000000002
            """;

    private static final String NETRC = """
            machine github.com
            login octocat
            password canary-0003
            """;

    private static final String ACCOUNT = """
            {
              "type": "service_account",
              "private_key_id": "canary0000000000000000000000000000000004",
              "client_email": "robot@project.iam.gserviceaccount.com",
              "token_uri": "https://oauth2.googleapis.com/token",
              "webhook": "https://hooks.slack.com/services/T00000001/B00000001/canary000000000000000005"
            }
            """;

    private static final String SIGNED =
            "?sv=2024-11-04&se=2026-01-01T00:00:00Z&sp=rwdlacupx&sig=canary%2F0000000000000000000000000000000006%3D";

    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"
                      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                      xsi:schemaLocation="http://maven.apache.org/SETTINGS/1.0.0 http://maven.apache.org/settings.xsd">
              <servers>
                <server>
                  <id>central</id>
                  <password>canary-0008</password>
                  <user name="canary-0009"/>
                </server>
              </servers>
            </settings>
            """;

    private static final String SCRIPT = """
            #!/bin/bash
            LOG_LEVEL=debug
            NODE_ENV=production
            -----BEGIN CERTIFICATE-----
            <canary8k2Zx91Qp>
            admin:canaryword
            """;

    private static final String PGP = """
            -----BEGIN PGP PRIVATE KEY BLOCK-----
            Version: GnuPG v2
            Comment: made for a test

            lQOYBGcanaryAABCADcanary0000000000000000000000000000000000007abcd
            =cAnY
            -----END PGP PRIVATE KEY BLOCK-----
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[default]",
                "region = eu-west-1",
                "apiVersion: v1 kind: Config clusters: users: contexts:",
                "server: https://kubernetes.default.svc:6443 is up",
                "name: kubernetes",
                "as kubernetes-administrator",
                "machine github.com, login octocat",
                "\"type\": \"service_account\",",
                "POST https://oauth2.googleapis.com/token",
                "at 2026-01-01T00:00:00Z, 2024-11-04",
                "Version: GnuPG v2, Comment: made for a test",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                "<project xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
                "xsi:schemaLocation=\"http://maven.apache.org/SETTINGS/1.0.0 http://maven.apache.org/settings.xsd\"",
                "<servers> <server> </server> </settings> <id>central</id>",
                "#!/bin/bash LOG_LEVEL=debug NODE_ENV=production",
                "-----BEGIN CERTIFICATE----- -----END CERTIFICATE-----"
            })
    void whatIsTheSameInAllOfThemStays(String log) {
        assertThat(masker().mask(log)).isEqualTo(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIACANARY0000000001",
                "canary/0000000000000000000000000000000001",
                "canary-token-0000000000000000002",
                "password canary-0003",
                "canary0000000000000000000000000000000004",
                "T00000001/B00000001/canary000000000000000005",
                "canary%2F0000000000000000000000000000000006%3D",
                "lQOYBGcanaryAABCADcanary0000000000000000000000000000000000007abcd",
                "<password>canary-0008</password>",
                "<user name=\"canary-0009\"/>",
                "<canary8k2Zx91Qp>",
                "admin:canaryword"
            })
    void whatIsSecretDoesNot(String secret) {
        assertThat(masker().mask("a line with " + secret + " in it")).doesNotContain(secret.substring(8));
    }

    @Test
    void aWholeFileBecomesOneMask() {
        assertThat(masker().mask("read: " + KUBECONFIG)).isEqualTo("read: ***\n");
    }

    @Test
    void theEndOfLineOfAFileIsTheLogs() {
        Masker masker = new Masker();
        masker.add("canary", "canary-0815\n");
        assertThat(masker.mask("canary-0815\nnext")).isEqualTo("***\nnext");
    }

    private static Masker masker() {
        Masker masker = new Masker();
        for (String file : new String[] {CREDENTIALS, KUBECONFIG, NETRC, ACCOUNT, SIGNED, SETTINGS, SCRIPT, PGP}) {
            assertThat(masker.add("file", file)).isNull();
        }
        return masker;
    }
}
