package io.secretagent.bootstrap.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.audit.Origin;
import io.secretagent.audit.Sink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.logging.ErrorManager;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.handlers.SyslogHandler;
import org.jboss.logmanager.handlers.SyslogHandler.Facility;
import org.jboss.logmanager.handlers.SyslogHandler.Protocol;
import org.jboss.logmanager.handlers.SyslogHandler.SyslogType;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server, RFC 5424: a message a line, in the facility of private security messages. The library makes the messages
 * and frames them, by counting octets where there is a stream (RFC 6587, RFC 5425). The connection is ours, since its own
 * does not check the name in a certificate, and drops what is sent while it connects again without saying so.
 */
public final class Syslog implements Sink {
    private static final String APPLICATION = "secret-agent";
    /** Of a message; servers take 8 KiB and more by default. */
    private static final int LONGEST = 8192;

    private final String server;
    private final boolean datagrams;
    private final SyslogConnection connection;
    private @Nullable SyslogHandler handler;
    private volatile @Nullable Exception failed;

    /**
     * Connects when the first line is written.
     *
     * @param server {@code udp://HOST:PORT}, {@code tcp://} or {@code tls://}, which the mapping's parser has checked
     */
    public static Syslog to(String server) {
        return new Syslog(server, URI.create(server));
    }

    private Syslog(String server, URI uri) {
        this.server = server;
        this.datagrams = uri.getScheme().equals("udp");
        this.connection = SyslogConnection.to(uri);
    }

    @Override
    public void write(AuditEvent event, byte[] line) throws IOException {
        send(event.kind().word(), new String(line, US_ASCII));
    }

    /**
     * Sends a line.
     *
     * @param kind the event's word, which becomes the message's id
     */
    synchronized void send(String kind, String line) throws IOException {
        if (handler == null) {
            handler = handler();
        }
        LogRecord message = new LogRecord(isGrave(kind) ? Level.WARNING : Level.INFO, line);
        message.setLoggerName(kind);
        failed = null;
        handler.publish(message);
        Exception reason = failed;
        if (reason != null) {
            throw new IOException(words(reason), reason);
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return server;
    }

    private SyslogHandler handler() throws IOException {
        // The address is the library's own connection's, of which there is none.
        SyslogHandler made = new SyslogHandler(
                InetAddress.getLoopbackAddress(),
                SyslogHandler.DEFAULT_PORT,
                Facility.SECURITY2,
                SyslogType.RFC5424,
                datagrams ? Protocol.UDP : Protocol.TCP,
                printable(Origin.ofCommand("").host()));
        made.setAppName(APPLICATION);
        made.setUseMessageDelimiter(false);
        made.setUseCountingFraming(!datagrams);
        made.setMaxLength(LONGEST);
        // A line is ASCII; for UTF-8 a byte order mark would stand in front of it.
        made.setEncoding(US_ASCII.name());
        made.setErrorManager(new Errors());
        made.setOutputStream(connection);
        return made;
    }

    private static boolean isGrave(String kind) {
        return kind.equals(Kind.FAILURE.word()) || kind.equals(Kind.LEAK.word()) || kind.equals(Kind.REVOKED.word());
    }

    private static String printable(String host) {
        return host.matches("[!-~]+") ? host : "-";
    }

    private static String words(Exception reason) {
        String message = reason.getMessage();
        return (message == null ? reason.getClass().getSimpleName() : message)
                + "; check that the server can be reached";
    }

    /** The library tells no failure to who calls it. */
    private final class Errors extends ErrorManager {
        @Override
        public synchronized void error(String message, Exception reason, int code) {
            failed = reason == null ? new IOException(message) : reason;
        }
    }
}
