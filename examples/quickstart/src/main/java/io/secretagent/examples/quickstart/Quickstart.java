package io.secretagent.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.logging.Logger;

/** An application with two habits that leak secrets: it logs them, and puts them into exceptions. */
public final class Quickstart {
    private static final Logger LOGGER = Logger.getLogger("quickstart");

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        String password = System.getProperty("db.password", "");
        String key = System.getProperty("greeting.api.key", "");

        System.out.println("connecting with password " + password);
        LOGGER.info("greeting service called with key " + key);
        new IllegalStateException("login refused for password " + password).printStackTrace();

        show("db.password", password);
        show("greeting.api.key", key);
        System.out.println("ready");

        // Until standard input ends, so that the process can be looked at from outside.
        while (System.in.read() != -1) {}
    }

    /** What proves that a value was read, and does not tell it. */
    private static void show(String name, String value) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
        System.out.println(
                name + " length=" + value.length() + " sha256=" + HexFormat.of().formatHex(digest));
    }

    private Quickstart() {}
}
