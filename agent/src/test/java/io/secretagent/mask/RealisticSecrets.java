package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Made-up secrets in the shapes that real ones have, with all that two of a shape have in common. */
final class RealisticSecrets {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String WORD = LETTERS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String PASSWORD = WORD + "!#$%&*+-./:;<=>?@^_~";
    private static final HexFormat HEX = HexFormat.of();

    /** What every PKCS #8 file of an RSA key of 2048 bits begins with, and every one of a key on the curve P-256. */
    private static final byte[] RSA =
            HEX.parseHex("308204be020100300d06092a864886f70d0101010500048204a8308204a40201000282010100");

    private static final byte[] EC =
            HEX.parseHex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420");

    private final Random random;
    private final String issuer;
    private final long issued;

    /**
     * @param issuer the host that is in the tokens
     * @param issued when they were issued, in seconds
     */
    RealisticSecrets(long seed, String issuer, long issued) {
        random = new Random(seed);
        this.issuer = issuer;
        this.issued = issued;
    }

    /** As many of each kind, in turn. */
    List<String> some(int count) {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            secrets.add(ofKind(i % 20));
        }
        return secrets;
    }

    private String ofKind(int kind) {
        return switch (kind) {
            case 0 -> text(PASSWORD, 16);
            case 1 -> text(PASSWORD, 32);
            case 2 -> "AKIA" + text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
            case 3 -> text(WORD + "+/", 40);
            case 4 -> jwt();
            case 5 -> pem("PRIVATE KEY", RSA, 1218);
            case 6 -> pem("RSA PRIVATE KEY", HEX.parseHex("308204a40201000282010100"), 1192);
            case 7 -> pem("PRIVATE KEY", EC, 138);
            case 8 -> text(LETTERS, 6) + "-" + text(LETTERS, 6) + "-" + text(LETTERS, 6);
            case 9 -> "jdbc:postgresql://orders_user:" + text(WORD, 20) + "@orders-db.internal.example.com:5432/orders";
            case 10 ->
                "jdbc:sqlserver://sql.internal.example.com:1433;databaseName=orders;user=orders;password="
                        + text(WORD, 24);
            case 11 ->
                "DefaultEndpointsProtocol=https;AccountName=ordersstorage;AccountKey=" + base64(64)
                        + ";EndpointSuffix=core.windows.net";
            case 12 ->
                "Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;"
                        + "SharedAccessKey=" + base64(32);
            case 13 ->
                "https://hooks.slack.com/services/T" + text(WORD, 8) + "/B" + text(WORD, 8) + "/" + text(WORD, 24);
            case 14 -> "https://discord.com/api/webhooks/" + text("0123456789", 18) + "/" + text(WORD + "-_", 68);
            case 15 -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 16 -> text("0123456789abcdef", 64);
            case 17 -> "ghp_" + text(WORD, 36);
            case 18 ->
                "mongodb+srv://orders:" + text(WORD, 20)
                        + "@cluster0.internal.example.com/orders?retryWrites=true&w=majority";
            default -> "sk-ant-api03-" + text(WORD + "-_", 95);
        };
    }

    private String jwt() {
        return unpadded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + unpadded("{\"iss\":\"https://" + issuer + "/\",\"sub\":\"" + text(WORD, 20) + "\",\"aud\":\"" + issuer
                        + "\",\"iat\":" + issued + ",\"exp\":" + (issued + 3600) + "}")
                + "." + text(WORD + "-_", 43);
    }

    private String pem(String type, byte[] header, int length) {
        byte[] key = bytes(length);
        System.arraycopy(header, 0, key, 0, header.length);
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + "\n-----END " + type + "-----\n";
    }

    String base64(int length) {
        return Base64.getEncoder().encodeToString(bytes(length));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String unpadded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(US_ASCII));
    }

    private String text(String characters, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
