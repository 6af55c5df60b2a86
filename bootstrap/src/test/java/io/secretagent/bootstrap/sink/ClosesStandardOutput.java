package io.secretagent.bootstrap.sink;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Prints what may be the beginning of a secret, and closes descriptor 1 past System.out. */
public final class ClosesStandardOutput {
    public static void main(String[] none) throws IOException {
        System.out.print("held " + System.getProperty("canary").substring(0, 5));
        new FileOutputStream(FileDescriptor.out).close();
    }

    private ClosesStandardOutput() {}
}
