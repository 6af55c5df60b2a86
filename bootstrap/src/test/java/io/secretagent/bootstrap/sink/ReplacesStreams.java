package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Prints a secret to streams that it puts into the place of the standard ones. */
public final class ReplacesStreams {

    public static void main(String[] folder) throws IOException {
        String secret = System.getProperty("canary");
        PrintStream first = System.out;
        PrintStream err = System.err;
        PrintStream own = new PrintStream(new FileOutputStream(folder[0] + "/out.log"), true, UTF_8);
        System.setOut(own);
        System.out.println("the same " + (System.out == own));
        System.out.println("println " + secret);
        System.out.write(secret.getBytes(UTF_8));
        System.out.println();
        System.out.print("split " + secret.substring(0, 5));
        System.out.println(secret.substring(5));
        System.out.println("z".repeat(8190) + secret);
        own.println("last");

        System.setErr(
                new PrintStream(new BufferedOutputStream(new FileOutputStream(folder[0] + "/err.log")), true, UTF_8));
        System.err.println("err " + secret);
        new IllegalStateException("thrown " + secret).printStackTrace();
        System.setErr(err);

        PrintStream both = both(new FileOutputStream(folder[0] + "/both.log"), first);
        System.setOut(both);
        System.out.println("both " + secret);

        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        System.setOut(new PrintStream(memory, true, UTF_8));
        System.out.print(secret);
        System.setOut(first);
        System.out.println("memory " + memory.toString(UTF_8).equals(secret));

        System.setOut(
                new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, UTF_8));
        System.out.println("buffered " + secret);
        System.out.flush();
        System.setOut(new PrintStream(first, true, UTF_8));
        System.out.println("twice " + secret);

        System.setOut(both);
        System.out.print("held " + secret.substring(0, 5));
    }

    private static PrintStream both(OutputStream one, OutputStream other) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        one.write(b);
                        other.write(b);
                    }
                },
                true,
                UTF_8);
    }

    private ReplacesStreams() {}
}
