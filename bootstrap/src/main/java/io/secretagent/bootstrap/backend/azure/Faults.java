package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Failures that lie below HTTP, told from the kinds of exceptions alone: their messages may quote anything. */
final class Faults {
    static final Failure TIMED_OUT =
            new Failure(Kind.TIMED_OUT, "no answer before the timeout of the fetch", "raise timeout: in the mapping");

    /**
     * What keeps a peer from answering, or null if it is not the network.
     *
     * @param peer as in {@code "the vault"}
     * @param setting what names the peer's address, for the mend
     */
    static @Nullable Failure ofNetwork(Throwable thrown, String peer, String setting) {
        if (hasCause(thrown, InterruptedException.class)) {
            return TIMED_OUT;
        }
        if (hasCause(thrown, CertificateException.class)) {
            return new Failure(
                    Kind.UNTRUSTED,
                    "the certificate of " + peer + " is not trusted",
                    "give the JVM a trust store with its authority: -Djavax.net.ssl.trustStore");
        }
        if (!hasCause(thrown, IOException.class)) {
            return null;
        }
        return new Failure(
                Kind.UNREACHABLE, unreachable(thrown, peer), "check " + setting + ", the network and the proxy");
    }

    /** What a task threw. */
    static Throwable cause(ExecutionException thrown) {
        return thrown.getCause() == null ? thrown : thrown.getCause();
    }

    static boolean hasCause(Throwable thrown, Class<? extends Throwable> kind) {
        return cause(thrown, kind) != null;
    }

    /** The first of that kind in the chain of causes, or null. */
    static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> kind) {
        Throwable current = thrown;
        while (current != null) {
            if (kind.isInstance(current)) {
                return kind.cast(current);
            }
            current = current.getCause() == current ? null : current.getCause();
        }
        return null;
    }

    private static String unreachable(Throwable thrown, String peer) {
        if (hasCause(thrown, UnknownHostException.class) || hasCause(thrown, UnresolvedAddressException.class)) {
            return "the host name of " + peer + " is not known";
        }
        if (hasCause(thrown, HttpConnectTimeoutException.class)) {
            return "no connection to " + peer + " within the time limit";
        }
        if (hasCause(thrown, HttpTimeoutException.class)) {
            return peer + " accepts connections and does not answer";
        }
        if (hasCause(thrown, ConnectException.class)) {
            return "connection to " + peer + " refused";
        }
        if (hasCause(thrown, SSLException.class)) {
            return "no TLS with " + peer;
        }
        return "connection to " + peer + " broken";
    }

    private Faults() {}
}
