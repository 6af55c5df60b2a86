package io.secretagent.bootstrap.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of values under a key that nobody knows and that ends with this run. Equal values have equal
 * fingerprints, and nothing else can be told from them, not even by trying likely values.
 */
public final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    /** 64 bits: two of a mapping's values will not meet by chance. */
    private static final int SHOWN_BYTES = 8;

    private final Mac mac;

    /** With a key of its own. */
    public Fingerprints() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Sixteen hexadecimal digits. */
    public String of(String value) {
        return HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)), 0, SHOWN_BYTES);
    }
}
