package io.secretagent.bootstrap.backend.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretIdTest {
    private static final String NAME = "app/key";
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/key-AbCdEf";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "paracle/prod/api-keys",
                "a_b+c=d.e@f-g",
                "rds!db-0b1c2d3e",
                ARN,
                "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:key"
            })
    void allowsWhatAwsAllows(String id) {
        assertThat(SecretId.isLegal(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a#b", "k\u00e9y", "a:b", "arn:aws:s3:::bucket", "key\n"})
    void refusesWhatItDoesNot(String id) {
        assertThat(SecretId.isLegal(id)).isFalse();
        assertThat(SecretId.isLegal("a".repeat(513))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "app/key, true",
        ARN + ", true",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/key, true",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:app/ke, false",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:app, false",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/key, false",
        "app, false",
        "key, false",
    })
    void isKnownByNameAndArnWithOrWithoutItsSuffix(String id, boolean matches) {
        assertThat(SecretId.matches(id, NAME, ARN)).isEqualTo(matches);
    }
}
