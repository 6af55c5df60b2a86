package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.lang.reflect.Constructor;

/** Writes a secret through another object for descriptor 1 than the JDK's own. */
public final class WritesToANumber {
    public static void main(String[] none) throws Exception {
        String secret = System.getProperty("canary");
        Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        FileDescriptor one = constructor.newInstance(1);
        new FileOutputStream(one).write(("stream " + secret + "\n").getBytes(UTF_8));
        FileWriter writer = new FileWriter(one);
        writer.write("writer " + secret + "\n");
        writer.flush();
        System.out.println("out " + secret);
    }

    private WritesToANumber() {}
}
