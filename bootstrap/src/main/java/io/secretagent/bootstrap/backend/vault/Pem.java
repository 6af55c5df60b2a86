package io.secretagent.bootstrap.backend.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file, whatever text stands between them. */
final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] INTEGER_ZERO = {0x02, 0x01, 0x00};

    private final String setting;
    private final Path file;
    private final List<Map.Entry<String, byte[]>> blocks = new ArrayList<>();

    /**
     * Reads a file.
     *
     * @param setting the key in the mapping that names the file, for the failures
     */
    static Pem read(String setting, Path file) throws BackendException {
        Pem pem = new Pem(setting, file);
        try {
            Matcher block = BLOCK.matcher(new String(SmallFile.bytes(file), ISO_8859_1));
            while (block.find()) {
                pem.blocks.add(Map.entry(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
            }
        } catch (IOException e) {
            throw unusable(setting, file, Files.exists(file) ? "cannot be read" : "does not exist");
        } catch (IllegalArgumentException e) {
            throw unusable(setting, file, "is not well-formed PEM");
        }
        return pem;
    }

    static BackendException unusable(String setting, Path file, String how) {
        return new BackendException(
                new Failure(Failure.Kind.INVALID, setting + " " + file + " " + how, "check " + setting + ":"), null);
    }

    private Pem(String setting, Path file) {
        this.setting = setting;
        this.file = file;
    }

    List<X509Certificate> certificates() throws BackendException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Map.Entry<String, byte[]> block : blocks) {
                if (block.getKey().equals("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.getValue())));
                }
            }
        } catch (GeneralSecurityException e) {
            throw unusable(setting, file, "has a certificate that cannot be read");
        }
        return certificates;
    }

    /** The key that belongs to a certificate: PKCS #8, or the older forms that openssl writes for RSA and EC keys. */
    PrivateKey privateKey(PublicKey certified) throws BackendException {
        for (Map.Entry<String, byte[]> block : blocks) {
            switch (block.getKey()) {
                case "PRIVATE KEY" -> {
                    return privateKey(block.getValue(), certified);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return privateKey(pkcs8(block.getValue(), certified), certified);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw unusable(setting, file, "is encrypted, and there is nobody to ask for its password");
                default -> {
                    // Certificates and EC PARAMETERS.
                }
            }
        }
        throw unusable(setting, file, "has no private key in PEM form");
    }

    private PrivateKey privateKey(byte[] pkcs8, PublicKey certified) throws BackendException {
        try {
            return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw unusable(setting, file, "does not fit the certificate's key type, or cannot be read");
        }
    }

    /**
     * The JDK reads PKCS #8 only, which is the older form with the algorithm's identifier in front. The certificate's
     * public key holds the same identifier.
     */
    private static byte[] pkcs8(byte[] key, PublicKey certified) {
        byte[] publicKey = certified.getEncoded();
        int start = contentStart(publicKey, 0);
        int content = contentStart(publicKey, start);
        byte[] algorithm = Arrays.copyOfRange(publicKey, start, content + length(publicKey, start));
        return der(SEQUENCE, INTEGER_ZERO, algorithm, der(OCTET_STRING, key));
    }

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        // A length has the fewest bytes it can have, or the JDK refuses it.
        int length = content.size();
        if (length >= 0x100) {
            der.write(0x82);
            der.write(length >> 8);
        } else if (length >= 0x80) {
            der.write(0x81);
        }
        der.write(length);
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }

    private static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = at + 2; i < contentStart(der, at); i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return length;
    }
}
