package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.prefs.Preferences;

/** Writes a secret wherever it has data of its own, and says of each whether it came back as it was. */
public final class KeepsItsData {
    private static final String SECRET = System.getProperty("canary");
    private static final byte[] BYTES = SECRET.getBytes(UTF_8);

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        files(folder);
        channels(folder);
        properties(folder);
        System.out.println("socket " + overSocket());
        System.out.println("pipe " + overPipe());
        System.out.println("child " + overChild());
        Throwable thrown = new IOException("message " + SECRET);
        System.out.println("getMessage " + ("message " + SECRET).equals(thrown.getMessage()));
        System.out.println("toString " + thrown.toString().endsWith(SECRET));
        System.out.println("property " + (System.getProperty("canary").length() == Integer.parseInt(arguments[1])));
    }

    private static void files(Path folder) throws IOException {
        Path file = folder.resolve("FileOutputStream");
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write(BYTES);
        }
        tell(file);
        file = folder.resolve("RandomAccessFile");
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.write(BYTES);
        }
        tell(file);
        tell(Files.write(folder.resolve("Files.write"), BYTES));
        file = folder.resolve("Files.newBufferedWriter");
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write(SECRET);
        }
        tell(file);
        file = folder.resolve("ObjectOutputStream");
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(SECRET);
        }
        System.out.println(
                "ObjectOutputStream " + Files.readString(file, ISO_8859_1).contains(new String(BYTES, ISO_8859_1)));
    }

    private static void channels(Path folder) throws Exception {
        Path file = folder.resolve("FileChannel");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(BYTES));
        }
        tell(file);
        Path copy = folder.resolve("transferTo");
        try (FileChannel from = FileChannel.open(file);
                FileChannel to = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            from.transferTo(0, from.size(), to);
        }
        tell(copy);
        file = folder.resolve("MappedByteBuffer");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES.length);
            mapped.put(BYTES);
        }
        tell(file);
        file = folder.resolve("AsynchronousFileChannel");
        try (AsynchronousFileChannel channel =
                AsynchronousFileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(BYTES), 0).get();
        }
        tell(file);
    }

    private static void properties(Path folder) throws Exception {
        Properties own = new Properties();
        own.setProperty("key", SECRET);
        Path file = folder.resolve("own.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            own.store(writer, null);
        }
        Properties read = new Properties();
        read.load(Files.newBufferedReader(file));
        System.out.println("Properties.store " + read.equals(own));
        file = folder.resolve("own.xml");
        own.storeToXML(Files.newOutputStream(file), null);
        read.clear();
        read.loadFromXML(Files.newInputStream(file));
        System.out.println("Properties.storeToXML " + read.equals(own));
        System.out.println(
                "Properties.get " + SECRET.equals(System.getProperties().get("canary")));
        Preferences preferences = Preferences.userRoot().node("keeps");
        preferences.put("key", SECRET);
        preferences.flush();
        preferences.sync();
        System.out.println("Preferences " + preferences.get("key", "").equals(SECRET));
    }

    private static boolean overSocket() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            client.getOutputStream().write(BYTES);
            client.shutdownOutput();
            return SECRET.equals(new String(accepted.getInputStream().readAllBytes(), UTF_8));
        }
    }

    private static boolean overPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.sink().write(ByteBuffer.wrap(BYTES));
        ByteBuffer read = ByteBuffer.allocate(BYTES.length);
        pipe.source().read(read);
        return SECRET.equals(new String(read.array(), UTF_8));
    }

    private static boolean overChild() throws IOException {
        Process cat = new ProcessBuilder("cat").start();
        try (OutputStream in = cat.getOutputStream()) {
            in.write(BYTES);
        }
        return SECRET.equals(new String(cat.getInputStream().readAllBytes(), UTF_8));
    }

    private static void tell(Path file) throws IOException {
        System.out.println(file.getFileName() + " " + Files.readString(file).equals(SECRET));
    }

    private KeepsItsData() {}
}
