package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's rsyslog on a port of this machine, for datagrams and for streams; what it gets it writes to a file. */
public final class Rsyslog implements AutoCloseable {
    private static final String[] PACKAGES = {"rsyslog", "rsyslog-gnutls", "libestr0", "libfastjson4", "liblognorm5"};

    private final Path root;
    private final Path folder;
    private final @Nullable TestCertificates certificates;
    private final int port;
    private @Nullable ServerProcess server;

    /** A message as it arrived. */
    public record Message(int priority, String host, String application, String id, String text) {}

    /** Starts one, with TLS only if it has certificates. */
    public static Rsyslog start(Path folder, @Nullable TestCertificates certificates)
            throws IOException, InterruptedException {
        Path root = Provision.orSkip("rsyslog", () -> Provision.debian("rsyslog", PACKAGES));
        Rsyslog rsyslog =
                new Rsyslog(root, Files.createTempDirectory(folder, "rsyslog"), certificates, ServerProcess.freePort());
        rsyslog.start();
        return rsyslog;
    }

    private Rsyslog(Path root, Path folder, @Nullable TestCertificates certificates, int port) {
        this.root = root;
        this.folder = folder;
        this.certificates = certificates;
        this.port = port;
    }

    /** {@code 127.0.0.1:PORT}. */
    public String authority() {
        return "127.0.0.1:" + port;
    }

    /** Starts it again, on the same port. */
    public void start() throws IOException, InterruptedException {
        Path configuration = Files.writeString(folder.resolve("rsyslog.conf"), configuration());
        List<String> command = new ArrayList<>(List.of(
                root.resolve("usr/sbin/rsyslogd").toString(),
                "-n",
                "-f",
                configuration.toString(),
                "-i",
                folder.resolve("pid").toString(),
                "-M",
                modules().toString()));
        server = ServerProcess.start(
                command, Map.of("LD_LIBRARY_PATH", modules().resolveSibling("").toString()), this::isListening);
    }

    /** What has arrived. */
    public List<Message> messages() throws IOException {
        List<Message> messages = new ArrayList<>();
        Path received = folder.resolve("received");
        for (String line : Files.exists(received) ? Files.readAllLines(received) : List.<String>of()) {
            String[] fields = line.split("\\|", 5);
            messages.add(new Message(Integer.parseInt(fields[0]), fields[1], fields[2], fields[3], fields[4]));
        }
        return messages;
    }

    /** Everything that it wrote, its own messages too. */
    public String all() throws IOException {
        return Recorded.allIn(folder);
    }

    /** Stops it. */
    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private boolean isListening() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }

    private Path modules() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve("usr/lib"))) {
            return all.filter(path -> path.endsWith("imtcp.so"))
                    .map(Path::getParent)
                    .findFirst()
                    .orElseThrow(() -> new IOException("rsyslog's modules are not where they were"));
        }
    }

    private String configuration() {
        String tls = "";
        String driver = "";
        if (certificates != null) {
            tls = "global(defaultNetstreamDriverCAFile=\"" + certificates.authority()
                    + "\" defaultNetstreamDriverCertFile=\"" + certificates.server()
                    + "\" defaultNetstreamDriverKeyFile=\"" + certificates.serverKey() + "\")\n";
            driver = " StreamDriver.Name=\"gtls\" StreamDriver.Mode=\"1\" StreamDriver.AuthMode=\"anon\"";
        }
        return tls + "global(workDirectory=\"" + folder + "\")\n"
                + "module(load=\"imtcp\"" + driver + ")\nmodule(load=\"imudp\")\n"
                + "input(type=\"imtcp\" address=\"127.0.0.1\" port=\"" + port + "\")\n"
                + "input(type=\"imudp\" address=\"127.0.0.1\" port=\"" + port + "\")\n"
                + "template(name=\"fields\" type=\"string\""
                + " string=\"%pri%|%hostname%|%app-name%|%msgid%|%msg%\\n\")\n"
                + "if $app-name == 'secret-agent' then action(type=\"omfile\" file=\"" + folder
                + "/received\" template=\"fields\")\n";
    }
}
