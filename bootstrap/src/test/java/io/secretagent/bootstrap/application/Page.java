package io.secretagent.bootstrap.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A JSP that logs and prints what it was given, as nobody should, and answers with the digest of it. */
final class Page {
    private static final String JSP = """
            <%@ page import="java.security.*,java.util.*" %><%
              String both = System.getProperty("my.greeting") + "-" + System.getenv("MY_GREETING");
              application.log("page logs " + both);
              System.out.println("page prints " + both);
            %><%= HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both.getBytes("UTF-8"))) %>
            """;

    /** Puts it into a web application's folder. */
    static void into(Path webApplication) throws IOException {
        Files.writeString(Files.createDirectories(webApplication).resolve("page.jsp"), JSP);
    }

    /** What it answers when it has both. */
    static String answer() throws GeneralSecurityException {
        byte[] both = (Application.VALUE + "-" + Application.VALUE).getBytes(UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
    }

    private Page() {}
}
