package io.secretagent.bootstrap.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names must pass, or people turn the check off; the shapes themselves are in the corpus of bad mappings. */
class PastedSecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-learn-model-registry-token",
                "risk-management-service-password",
                "task-0123456789abcdefABCDEF",
                "paracle/prod/api-keys#CLAUDE_API_KEY",
                "jdbc:postgresql://{user}:{password}@{host}:{port}/{database}?ssl=true",
                "https://x?password={password|url}",
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf",
                "https://paracle-prod-keys.vault.azure.net",
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                "spring.datasource.hikari.data-source-properties.password",
                "eyJ",
                "OpenAiApiKeyForProduction2024Backup",
                "s.datasource",
                "team-59/service-with-a-name-42/DATABASE_PASSWORD",
                "secret/Paracle/Prod/OPENAI_API_KEY_2",
            })
    void takesNames(String text) {
        assertThat(PastedSecrets.shape(text)).isNull();
        assertThat(Randomness.looksRandom(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "x7Kq9ZpL2mN4vB8tR1wY6cD3",
                "5f4dcc3b5aa765d61d8327deb882cf99",
            })
    void suspectsRandomText(String text) {
        assertThat(Randomness.looksRandom(text)).isTrue();
    }
}
