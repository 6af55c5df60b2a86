package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Sha256Test {
    @Property(tries = 300)
    void isWhatTheJdkSays(@ForAll @Size(max = 700) byte[] bytes) throws NoSuchAlgorithmException {
        assertThat(Sha256.hex(bytes)).isEqualTo(jdk(bytes));
    }

    /** Every length around the ends of the first blocks, where the padding goes on to another one. */
    @Test
    void isWhatTheJdkSaysForEveryLength() throws NoSuchAlgorithmException {
        byte[] bytes = new byte[260];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
            byte[] head = Arrays.copyOf(bytes, i);
            assertThat(Sha256.hex(head)).as("%s bytes", i).isEqualTo(jdk(head));
        }
    }

    /** FIPS 180-4's own example. */
    @Test
    void abc() {
        assertThat(Sha256.hex("abc".getBytes(US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private static String jdk(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
