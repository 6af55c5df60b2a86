package io.secretagent.bootstrap.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secretagent.bootstrap.backend.BackendException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {
    @TempDir
    Path folder;

    /** The older form is what PKCS #8 has behind the algorithm's identifier. */
    @ParameterizedTest
    @CsvSource({"RSA, 2048, 26", "RSA, 3072, 26", "EC, 256, 27", "EC, 384, 27"})
    void readsKeysInEveryForm(String algorithm, int size, int header) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        KeyPair keys = generator.generateKeyPair();
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        Path modern = write("PRIVATE KEY", pkcs8);
        assertThat(Pem.read("client-key", modern).privateKey(keys.getPublic())).isEqualTo(keys.getPrivate());
        int start = start(pkcs8, header);
        Path old = write(algorithm + " PRIVATE KEY", Arrays.copyOfRange(pkcs8, start, pkcs8.length));
        assertThat(Pem.read("client-key", old).privateKey(keys.getPublic()).getEncoded())
                .isNotEmpty();
        assertThat(Pem.read("client-key", old).privateKey(keys.getPublic())).isEqualTo(keys.getPrivate());
    }

    @Test
    void namesWhatItCannotRead() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path encrypted = write("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Pem.read("client-key", encrypted).privateKey(keys.getPublic()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("client-key " + encrypted + " is encrypted");
        Path other = write("PRIVATE KEY", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Pem.read("client-key", other).privateKey(keys.getPublic()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("does not fit the certificate's key type");
    }

    /** Where the octet string's content starts: right after the last header before {@code 30}. */
    private static int start(byte[] pkcs8, int around) {
        for (int at = around - 4; at < around + 6; at++) {
            if (pkcs8[at] == 0x30 && pkcs8.length - at == length(pkcs8, at)) {
                return at;
            }
        }
        throw new AssertionError("no key in the PKCS #8 form");
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return switch (first) {
            case 0x81 -> 3 + (der[at + 2] & 0xff);
            case 0x82 -> 4 + ((der[at + 2] & 0xff) << 8) + (der[at + 3] & 0xff);
            default -> 2 + first;
        };
    }

    private Path write(String label, byte[] der) throws Exception {
        return Files.writeString(
                Files.createTempFile(folder, "key", ".pem"),
                "Bag Attributes: none\n-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label + "-----\n");
    }
}
