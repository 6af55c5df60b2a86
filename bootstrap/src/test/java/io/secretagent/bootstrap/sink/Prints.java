package io.secretagent.bootstrap.sink;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An application that prints a secret in every way, writes it to a file of its own, and ends with an exception. */
public final class Prints {

    public static void main(String[] arguments) throws IOException {
        String secret = System.getProperty("canary");
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        System.out.println("println " + secret);
        System.out.printf("printf %s%n", secret);
        System.out.println(List.of("object", secret));
        System.out.println(secret.toCharArray());
        System.out.append(secret).append('\n');
        System.out.write(bytes);
        System.out.println();
        for (byte b : bytes) {
            System.out.write(b);
        }
        System.out.println();
        for (int i = 0; i < secret.length(); i++) {
            System.out.print(secret.charAt(i));
        }
        System.out.println();
        System.out.print("split " + secret.substring(0, 5));
        System.out.println(secret.substring(5));
        System.out.println("clean: \u00e9 \u20ac, done");

        System.err.println("err " + secret);
        new IllegalStateException("outer " + secret, new IOException("cause " + secret)).printStackTrace();

        try (FileOutputStream own = new FileOutputStream(arguments[0])) {
            own.write(bytes);
        }
        System.out.println("own file " + Files.readString(Path.of(arguments[0])).equals(secret));
        System.out.print("no end of line " + secret);
        throw new IllegalArgumentException("uncaught " + secret);
    }

    private Prints() {}
}
