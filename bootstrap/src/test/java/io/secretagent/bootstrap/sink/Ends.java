package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.secretagent.bootstrap.testing.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.mail.internet.MimeMessage;

/** Where the logs of an application go, beside its streams: a folder, and servers of every kind on this machine. */
final class Ends implements AutoCloseable {
    private final Path logs;
    private final Collector collector = new Collector();
    private final Datagrams datagrams = new Datagrams();
    private final Datagrams moreDatagrams = new Datagrams();
    private final GreenMail mail =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    private final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ByteArrayOutputStream posted = new ByteArrayOutputStream();

    Ends(Path logs) throws IOException {
        this.logs = logs;
        mail.start();
        http.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(posted);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
    }

    /** The properties by which the frameworks' configurations name them. */
    List<String> options() {
        return List.of(
                "-Dlogs=" + logs,
                "-Dport=" + collector.port(),
                "-Ddatagrams=" + datagrams.port(),
                "-Dmore-datagrams=" + moreDatagrams.port(),
                "-Dmail=" + mail.getSmtp().getPort(),
                "-Dhttp=" + http.getAddress().getPort());
    }

    /** What came to a sink. To be called when the application has ended. */
    String content(Sink sink, ChildJvm.Result result, List<Path> jars) throws Exception {
        return switch (sink.source()) {
            case OUT -> result.out();
            case STREAMS -> result.out() + result.err();
            case FILE -> new String(bytes(sink.name()), ISO_8859_1);
            case WIDE -> new String(bytes(sink.name()), UTF_16LE);
            case EVENTS -> events(bytes(sink.name()), jars);
            case SOCKET -> collector.collected();
            case DATAGRAMS -> datagrams.collected();
            case MORE_DATAGRAMS -> moreDatagrams.collected();
            case HTTP -> posted.toString(UTF_8);
            case MAIL -> mails();
        };
    }

    @Override
    public void close() throws IOException {
        collector.close();
        datagrams.close();
        moreDatagrams.close();
        mail.stop();
        http.stop(0);
    }

    /** Of a file with this name, or of one with a date after it. */
    private byte[] bytes(String name) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            Path file = files.filter(path -> path.getFileName().toString().matches(name + "[-.\\d]*\\.log"))
                    .findAny()
                    .orElseThrow(() -> new IOException("there is no log " + name));
            return Files.readAllBytes(file);
        }
    }

    private static String events(byte[] sent, List<Path> jars) throws IOException, ReflectiveOperationException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader framework =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return Events.texts(sent, framework);
        }
    }

    private String mails() throws Exception {
        StringBuilder text = new StringBuilder();
        for (MimeMessage message : mail.getReceivedMessages()) {
            text.append(message.getSubject()).append('\n');
            text.append(
                    ((javax.mail.Multipart) message.getContent()).getBodyPart(0).getContent());
        }
        return text.toString();
    }
}
