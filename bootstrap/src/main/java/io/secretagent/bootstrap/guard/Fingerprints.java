package io.secretagent.bootstrap.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * HMAC-SHA-256 of values (RFC 2104) under a key that nobody knows and that ends with this run. Equal values have equal
 * fingerprints, and nothing else can be told from them, not even by trying likely values.
 *
 * <p>By the two hashes that it consists of: {@code javax.crypto.Mac} first starts all that exports of cryptography are
 * restricted by, which is 20 ms of an application's start.
 */
public final class Fingerprints {
    /** As long as a block of the hash, so that the key is taken as it is. */
    private static final int KEY_BYTES = 64;

    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;
    /** 64 bits: two of a mapping's values will not meet by chance. */
    private static final int SHOWN_BYTES = 8;

    private final MessageDigest hash;
    private final byte[] inner;
    private final byte[] outer;

    /** With a key of its own. */
    public Fingerprints() {
        this(randomKey());
    }

    /** @param key of {@value #KEY_BYTES} bytes */
    Fingerprints(byte[] key) {
        inner = xor(key, INNER);
        outer = xor(key, OUTER);
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static byte[] xor(byte[] key, byte with) {
        byte[] padded = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            padded[i] = (byte) (key[i] ^ with);
        }
        return padded;
    }

    /** Sixteen hexadecimal digits. */
    public String of(String value) {
        hash.update(inner);
        byte[] hashed = hash.digest(value.getBytes(UTF_8));
        hash.update(outer);
        return HexFormat.of().formatHex(hash.digest(hashed), 0, SHOWN_BYTES);
    }
}
