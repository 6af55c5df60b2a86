package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a secret to descriptor 1 past System.out, in every way there is, and to files of its own. */
public final class WritesToDescriptors {
    private static final String SECRET = System.getProperty("canary");

    public static void main(String[] folder) throws Exception {
        System.out.println("out " + SECRET);
        fileOutputStream();
        System.out.print("across " + SECRET.substring(0, 9));
        new FileOutputStream(FileDescriptor.out).write((SECRET.substring(9) + "\n").getBytes(UTF_8));
        fileChannel();
        opened("/dev/stdout");
        opened("/proc/self/fd/1");
        opened(Files.createSymbolicLink(Path.of(folder[0], "link"), Path.of("/dev/stdout"))
                .toString());
        System.out.print("held " + SECRET.substring(0, 5));
        new ProcessBuilder("echo", "child").inheritIO().start().waitFor();
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        System.out.println("replaced " + SECRET);
        System.err.println("err " + SECRET);
        new FileOutputStream(FileDescriptor.err).write(line("err descriptor "));
        Throwable thrown = new IllegalStateException("message " + SECRET, new IOException("cause " + SECRET));
        thrown.addSuppressed(new IOException("suppressed " + SECRET));
        thrown.printStackTrace();
        System.out.println("getMessage raw " + ("message " + SECRET).equals(thrown.getMessage()));
        ownFiles(Path.of(folder[0], "own"));
        System.out.print("end " + SECRET.substring(0, 5));
    }

    private static void fileOutputStream() throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write(line("array "));
        out.write(line("--range ").clone(), 2, line("range ").length);
        for (byte b : line("bytes ")) {
            out.write(b);
        }
    }

    private static void fileChannel() throws IOException {
        FileChannel channel = new FileOutputStream(FileDescriptor.out).getChannel();
        channel.write(ByteBuffer.wrap(line("channel ")));
        channel.write(new ByteBuffer[] {
            ByteBuffer.wrap("gathered ".getBytes(UTF_8)),
            ByteBuffer.wrap(SECRET.substring(0, 7).getBytes(UTF_8)),
            ByteBuffer.wrap((SECRET.substring(7) + "\n").getBytes(UTF_8))
        });
        OutputStream direct = Channels.newOutputStream(channel);
        direct.write(line("channel stream "));
        ByteBuffer outside = ByteBuffer.allocateDirect(200);
        outside.put(line("direct buffer ")).flip();
        channel.write(outside);
    }

    private static void opened(String path) throws Exception {
        try (FileOutputStream out = new FileOutputStream(path, true)) {
            out.write(line("opened stream "));
        }
        try (FileChannel channel = FileChannel.open(Path.of(path), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(line("opened channel ")));
        }
        try (RandomAccessFile file = new RandomAccessFile(path, "rw")) {
            file.write(line("opened random "));
            for (byte b : line("opened bytes ")) {
                file.write(b);
            }
            file.write(line("--opened range ").clone(), 2, line("opened range ").length);
            file.writeBytes("clean bytes\n");
        }
        Files.write(Path.of(path), line("opened Files "), StandardOpenOption.WRITE);
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(Path.of(path), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(line("opened async ")), 0).get();
        }
    }

    private static void ownFiles(Path own) throws IOException {
        byte[] bytes = SECRET.getBytes(UTF_8);
        try (FileOutputStream out = new FileOutputStream(own.toFile())) {
            out.write(bytes);
            out.write(bytes, 0, bytes.length);
            for (byte b : bytes) {
                out.write(b);
            }
            out.getChannel().write(ByteBuffer.wrap(bytes));
        }
        try (RandomAccessFile file = new RandomAccessFile(own.toFile(), "rw")) {
            file.seek(file.length());
            file.write(bytes);
        }
        try (FileChannel channel = FileChannel.open(own, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), channel.size());
        }
        Files.write(own, bytes, StandardOpenOption.APPEND);
        System.out.println("own file " + Files.readString(own).equals(SECRET.repeat(7)));
    }

    private static byte[] line(String what) {
        return (what + SECRET + "\n").getBytes(UTF_8);
    }

    private WritesToDescriptors() {}
}
