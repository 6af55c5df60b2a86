package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentsTest {
    private static final String VALUE = "canary-0815-Xk7Qz9wLm4pTb2Vn6Rs8Yd3Fg5Hj1";

    private final Masker masker = new Masker();

    @Test
    void everyPieceOfSixteenBytesIsMasked() {
        masker.add("key", VALUE);

        for (int from = 0; from <= VALUE.length() - 16; from++) {
            for (int to = from + 16; to <= VALUE.length(); to++) {
                String log = "cut: " + VALUE.substring(from, to) + "...";
                assertThat(masker.mask(log)).isEqualTo("cut: ***...");
                assertThat(new String(masker.mask(log.getBytes(UTF_8)), UTF_8)).isEqualTo("cut: ***...");
                StringBuilder builder = new StringBuilder(log);
                masker.mask(builder);
                assertThat(builder).hasToString("cut: ***...");
            }
        }
    }

    /** As a key store in base64: what JSON escapes is in it, and layouts cut it. */
    @Test
    void everyPieceOfALongValueIsMasked() {
        byte[] bytes = new byte[75_000];
        new Random(1).nextBytes(bytes);
        String value = Base64.getEncoder().encodeToString(bytes);
        masker.add("long", value);

        assertThat(masker.mask("cut: " + value.substring(70_000, 70_300) + "..."))
                .isEqualTo("cut: ***...");
        assertThat(masker.mask("{\"a\":\"" + value.replace("/", "\\/") + "\"}")).isEqualTo("{\"a\":\"***\"}");
    }

    /** It was taken for the beginning of a parameter, which has no name then. */
    @Test
    void aQueryWithAQuestionMarkInAValue() {
        masker.add("query", "se=2027?01&sig=canary?0815/Xk7Qz9wLm4pTb2Vn6Rs8");

        assertThat(masker.mask("cut: canary?0815/Xk7Qz9wLm...")).isEqualTo("cut: ***...");
    }

    @Test
    void aShorterPieceIsNot() {
        masker.add("key", VALUE);
        String log = "cut: " + VALUE.substring(3, 18);

        assertThat(masker.mask(log)).isSameAs(log);
    }

    @Test
    void aWrappedAndColouredValueIsMaskedPieceByPiece() {
        masker.add("key", VALUE);
        String log = VALUE.substring(0, 20) + "\n    " + VALUE.substring(20) + "\u001b[1m" + VALUE.substring(10, 30)
                + "\u001b[0m";

        assertThat(masker.mask(log)).isEqualTo("***\n    ***\u001b[1m***\u001b[0m");
    }

    @Test
    void aPieceHasWholeCharacters() {
        masker.add("key", "密碼-canary-密碼密碼密碼密碼");

        assertThat(masker.mask("密密碼密碼密碼密碼é canary-密碼密碼密")).isEqualTo("密***é ***");
    }

    /** Seven characters of nineteen bytes. */
    @Test
    void aShortValueOfManyBytesCountsAsAWholeTokenOnly() {
        masker.add("short", "€密密é€$€");

        assertThat(masker.mask("-€密密é€$€-")).isEqualTo("-***-");
        assertUnchanged("-€密密é€$€aaa");
    }

    @Test
    void aPieceOfALongValueIsMaskedWithinAWordThoughItIsAShortValueToo() {
        masker.add("short", "é密é密é密é");
        masker.add("long", "aé密é密é密é密a密");

        assertThat(masker.mask("é密é密é密é2026")).isEqualTo("***2026");
    }

    @Test
    void aPieceIsMaskedWithinAWordThoughAShortValueComesLater() {
        masker.add("long", "aé密é密é密é密a密");
        masker.add("short", "é密é密é密é");

        assertThat(masker.mask("é密é密é密é2026")).isEqualTo("***2026");
    }

    @Test
    void aPartThatIsAsLongAsAPieceIsMasked() {
        masker.add("database", "Server=db.canary.example;Password=canary0815Xk7Qz9");

        assertThat(masker.mask("login failed: canary0815Xk7Qz9")).isEqualTo("login failed: ***");
    }

    @Test
    void aPassPhraseIsASecretLikeAnyOther() {
        masker.add("phrase", "correct horse battery staple");

        assertThat(masker.mask("correct horse battery")).isEqualTo("***");
    }

    @Test
    void ofAPrivateKeyTheHeaderAndTheKindAreInOthersToo() {
        String line = "canary0815Xk7Qz9wLm4pTb2Vn6Rs8Yd3Fg5Hj1canary0815Xk7Qz9wLm4pTb2V";
        masker.add("key", """
                -----BEGIN PRIVATE KEY-----
                MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCanary0815Xyz1
                %s
                -----END PRIVATE KEY-----
                -----BEGIN CERTIFICATE-----
                MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAcanary0815Xk7Qz9wLm4
                -----END CERTIFICATE-----
                """.formatted(line));

        assertThat(masker.mask(line.substring(7, 40))).isEqualTo("***");
        assertUnchanged("-----BEGIN PRIVATE KEY-----");
        assertUnchanged("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDother");
        assertUnchanged("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAother");
    }

    @Test
    void ofAKeyOnOneLineTooTheHeaderIsInOthers() {
        masker.add(
                "key", "-----BEGIN EC PRIVATE KEY-----\\ncanary0815Xk7Qz9wLm4pTb2Vn6\\n-----END EC PRIVATE KEY-----");

        assertUnchanged("-----BEGIN EC PRIVATE KEY-----\\nother");
        assertThat(masker.mask("0815Xk7Qz9wLm4pTb2")).isEqualTo("***");
    }

    @Test
    void ofAnOpenSshKeyTheFirstLineIsInOthersToo() {
        String first = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";
        masker.add(
                "key",
                "-----BEGIN OPENSSH PRIVATE KEY-----\n" + first + "\ncanary0815Xk7Qz9wLm4pTb2Vn6Rs8Yd3Fg5Hj1\n"
                        + "-----END OPENSSH PRIVATE KEY-----\n");

        assertUnchanged(first);
        assertThat(masker.mask("canary0815Xk7Qz9wLm4pT")).isEqualTo("***");
    }

    @Test
    void ofAJwtTheFirstPartIsInOthersToo() {
        masker.add("jwt", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJjYW5hcnkiOjA4MTV9.canary0815Xk7Qz9wLm4pTb2Vn6");

        assertUnchanged("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.other");
        masker.add("oidc", "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL2NhbmFyeTA4MTUifQ.canary0815");
        assertUnchanged("eyJpc3MiOiJodHRwczovL3other");
        assertThat(masker.mask("2NhbmFyeTA4MTUifQ")).isEqualTo("***");
        assertThat(masker.mask("canary0815Xk7Qz9wL...")).isEqualTo("***...");
    }

    @Test
    void ofAUrlTheHostAndTheNamesOfParametersAreInOthersToo() {
        masker.add(
                "url",
                "jdbc:postgresql://canary-orders-service:Xk7Qz9wLm4pTb2Vn6@db.canary.example:5432/orders?"
                        + "sslmode=require&applicationName=canary0815Rs8Yd3Fg5");

        assertUnchanged("jdbc:postgresql://canary-orders-service@db.canary.example:5432/orders");
        assertUnchanged("?sslmode=require&applicationName=other");
        assertThat(masker.mask("password Xk7Qz9wLm4pTb2Vn6 was")).isEqualTo("password *** was");
        assertThat(masker.mask("canary0815Rs8Yd3Fg")).isEqualTo("***");
    }

    @Test
    void theNamesInAConnectionStringAreInOthersToo() {
        masker.add(
                "storage", "DefaultEndpointsProtocol=https;AccountName=canary;AccountKey=canary0815Xk7Qz9wLm4pTb2Vn6");

        assertUnchanged("DefaultEndpointsProtocol=https;AccountName=other");
        assertThat(masker.mask("canary0815Xk7Qz9wL")).isEqualTo("***");

        masker.add(
                "bus",
                "Endpoint=sb://orders.servicebus.example/;SharedAccessKeyName=RootManageSharedAccessKey;"
                        + "SharedAccessKey=canary4711Xk7Qz9wLm4pTb2Vn6=");
        String other =
                "Endpoint=sb://other.servicebus.example/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=";
        assertUnchanged(other);
        assertUnchanged(Base64.getEncoder().encodeToString(other.getBytes(UTF_8)));
        assertThat(masker.mask("canary4711Xk7Qz9wL")).isEqualTo("***");
    }

    @Test
    void aPasswordWithTheCharactersOfAConnectionStringIsNone() {
        masker.add("key", "y|canary'Q1eFQ?Rn87=^)&1eJ#C35wO]es6{_R;");

        assertThat(masker.mask("Rn87=^)&1eJ#C35wO]")).isEqualTo("***");

        masker.add("other", ";canary-1=q?U<.BIer3?$7x1V&/M<");

        assertThat(masker.mask("q?U<.BIer3?$7x1V&")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a.key.of.the.application\": \"canary-0815\"}",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><canary/>"
            })
    void aDocumentIsMaskedAsAWholeOnly(String document) {
        masker.add("document", document);

        assertUnchanged(document.substring(0, document.length() - 4));
        assertThat(masker.mask(document)).isEqualTo("***");
    }

    @Test
    void linesAndBlanksAreNoSecret() {
        masker.add("key", "canary-0815 ======================== canary-0815");

        assertUnchanged("========================");
    }

    @Test
    void theIndentOfALineIsNoPieceAndNoPieceGoesOverALinesEnd() {
        masker.add("key", "canary-0815-one\n                    canary-0815-two-three");

        assertUnchanged("                    canary");
        assertThat(masker.mask("anary-0815-two-three")).isEqualTo("***");
    }

    @Test
    void allPiecesOfALargeKeyAreMasked() {
        StringBuilder key = new StringBuilder();
        for (int i = 0; key.length() < 60_000; i++) {
            key.append("canary").append(i * 7919L).append('/');
        }
        masker.add("key", key.toString());

        for (int at = 0; at < key.length() - 40; at += 997) {
            assertThat(masker.mask(key.substring(at, at + 40))).isEqualTo("***");
        }
    }

    private void assertUnchanged(String log) {
        assertThat(masker.mask(log)).isSameAs(log);
    }
}
