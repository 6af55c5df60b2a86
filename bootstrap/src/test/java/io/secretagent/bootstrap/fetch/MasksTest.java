package io.secretagent.bootstrap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.channel.ChannelRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token_uri|https://oauth2.googleapis.com/token",
                "auth_uri|https://accounts.google.com/o/oauth2/auth",
                "auth-provider-cert-url|https://www.googleapis.com/oauth2/v1/certs",
                "url|https://example.com/a/long/path-of-a-server",
                "db_host|orders-db.internal",
                "access_type|offline"
            })
    void whatStandsInOthersTooIsNotMasked(String key, String value) {
        assertThat(masked(key, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token|https",
                "webhook_url|https://hooks.slack.com/services/T0/B0/XXXXXXXXXXXX",
                "totp_uri|otpauth://totp/a?secret=XXXXXXXX",
                "url|https://user:password@example.com/",
                "redis_url|redis://:password@example.com",
                "sql_url|jdbc:sqlserver://example.com;password=XXXXXXXX",
                "private_key_id|0123456789abcdef"
            })
    void whatMayBeASecretIs(String key, String value) {
        assertThat(masked(key, value)).containsOnlyKeys(value);
    }

    private static Map<String, ChannelRecord.Masked> masked(String key, String value) {
        Map<String, ChannelRecord.Masked> masked = new LinkedHashMap<>();
        Masks.collectLeaves("secret", Map.of(key, value), masked);
        return masked;
    }
}
