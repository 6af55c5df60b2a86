package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Files with secrets in them, made up, in the shapes that real ones have; and other text that a server logs. Files of two
 * seeds have all in common that two real ones have, and nothing else.
 */
final class CleanTexts {
    private static final HexFormat HEX = HexFormat.of();

    /** What every key of its kind begins with: RSA of 2048 bits in PKCS #8 and alone, P-256, one of OpenSSH's. */
    private static final String[] KEYS = {
        "308204be020100300d06092a864886f70d0101010500048204a8308204a40201000282010100",
        "308204a40201000282010100",
        "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420",
        "6f70656e7373682d6b65792d763100000000046e6f6e65000000046e6f6e650000000000000001"
    };

    private final Random random;
    private final String host;

    CleanTexts(long seed, String host) {
        random = new Random(seed);
        this.host = host;
    }

    List<String> filesWithSecrets() {
        return List.of(
                pem("PRIVATE KEY", KEYS[0], 1218),
                pem("RSA PRIVATE KEY", KEYS[1], 1192),
                pem("PRIVATE KEY", KEYS[2], 138),
                pem("OPENSSH PRIVATE KEY", KEYS[3], 1800),
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: https://k8s.%1$s:6443
                    certificate-authority-data: %2$s
                users:
                - name: admin
                  user:
                    client-key-data: %3$s
                    token: %4$s
                """.formatted(host, base64(900), base64(1200), word(40)),
                """
                [default]
                aws_access_key_id = AKIA%s
                aws_secret_access_key = %s
                region = eu-west-1

                [profile other]
                aws_secret_access_key = %s
                """.formatted(word(16), word(40), word(40)),
                """
                DB_HOST=db.%s
                DB_PORT=5432
                DB_PASSWORD=%s
                AWS_SECRET_ACCESS_KEY=%s
                SESSION_SECRET="%s"
                """.formatted(host, word(20), word(40), word(32)),
                """
                {
                  "type": "service_account",
                  "project_id": "%s",
                  "private_key_id": "%s",
                  "private_key": "%s",
                  "client_email": "app@%s",
                  "token_uri": "https://oauth2.googleapis.com/token"
                }
                """.formatted(
                                word(12),
                                HEX.formatHex(bytes(20)),
                                pem("PRIVATE KEY", KEYS[0], 1218).replace("\n", "\\n"),
                                host),
                "machine git.%s\nlogin app\npassword %s\n".formatted(host, word(24)));
    }

    /** What a program that handles such files logs, and whatever else. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(filesWithSecrets());
        for (int i = 0; i < 20; i++) {
            texts.addAll(filesWithSecrets());
            texts.add(pem("CERTIFICATE", "3082", 900));
            texts.add("GET /orders/%s 200 %d \"-\" \"curl/8.5.0\"".formatted(uuid(), random.nextInt(9000)));
            texts.add("select id, name\n    from orders\n\n   where id = '%s'\n".formatted(uuid()));
            texts.add("{\"id\": \"%s\",\n\t\"etag\": \"%s\"}".formatted(uuid(), word(32)));
            texts.add(HexFormat.ofDelimiter(" ").formatHex(bytes(64)));
            texts.add(Base64.getMimeEncoder().encodeToString(bytes(400)));
            texts.add("M\u00fcller \u2014 \u65e5\u672c\u8a9e \ud83d\ude00 " + word(8));
        }
        texts.add("no DB_PASSWORD=, AWS_SECRET_ACCESS_KEY= and SESSION_SECRET= in the environment");
        texts.add("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----");
        texts.add("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\n\n\n    \t\n");
        texts.add("expected aws_secret_access_key = or \"private_key\": or client-key-data: or password");
        texts.add("*** " + "=".repeat(100) + "-".repeat(100) + " ".repeat(100) + "A".repeat(100) + " ***");
        return texts;
    }

    private String pem(String type, String begin, int length) {
        byte[] key = bytes(length);
        byte[] header = HEX.parseHex(begin);
        System.arraycopy(header, 0, key, 0, header.length);
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key) + "\n-----END " + type
                + "-----\n";
    }

    private String base64(int length) {
        return Base64.getEncoder().encodeToString(bytes(length));
    }

    private String word(int length) {
        return Base64.getEncoder()
                .encodeToString(bytes(length))
                .replaceAll("[+/=]", "x")
                .substring(0, length);
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
