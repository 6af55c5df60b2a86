package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An application that knows nothing of the agent: prints {@code name length sha256} of each system property that its
 * arguments name, {@code name absent} if there is none.
 */
public final class ShowSecrets {

    public static void main(String[] names) throws GeneralSecurityException {
        for (String name : names) {
            System.out.println(line(name, System.getProperty(name)));
        }
    }

    /** The line that is printed for a property with this value. */
    public static String line(String name, @Nullable String value) throws GeneralSecurityException {
        if (value == null) {
            return name + " absent";
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
        return name + " " + value.length() + " " + HexFormat.of().formatHex(digest);
    }

    private ShowSecrets() {}
}
