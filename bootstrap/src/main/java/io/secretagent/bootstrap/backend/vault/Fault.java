package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.TooLongException;
import java.io.EOFException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Faults of the server as a whole, in our own words: exceptions and bodies may quote what nobody should see. */
final class Fault {

    static Failure timedOut(URI address) {
        return new Failure(
                Kind.TIMED_OUT,
                "no answer from " + name(address) + " before the timeout",
                "check the server and the network, or raise timeout:");
    }

    /** No answer came. */
    static Failure of(Throwable thrown, URI address) {
        if (find(thrown, SSLException.class) != null
                && find(thrown, EOFException.class) == null
                && find(thrown, SocketException.class) == null) {
            return ofTls(thrown, address);
        }
        if (find(thrown, UnresolvedAddressException.class) != null
                || find(thrown, java.net.UnknownHostException.class) != null) {
            return unreachable("the host name of " + name(address) + " is not known", "check address: and the DNS");
        }
        if (find(thrown, HttpTimeoutException.class) != null) {
            return unreachable(name(address) + " does not answer in time", "check the server and the network");
        }
        if (find(thrown, TooLongException.class) != null) {
            return unreachable(
                    "the answer of " + name(address) + " is longer than any of Vault's",
                    "check address:, its scheme, and the proxies on the way");
        }
        if (find(thrown, java.net.ConnectException.class) != null) {
            return unreachable(name(address) + " refuses the connection", "check that the server runs, and address:");
        }
        return unreachable("the connection to " + name(address) + " broke", "check the server and the network");
    }

    /** Statuses that say something of the server and nothing of what was asked; else null. */
    static @Nullable Failure of(Answer answer, URI address) {
        int status = answer.status();
        if (status == 429) {
            return new Failure(
                    Kind.THROTTLED, "the server asks to slow down (429)", "raise the rate limit quota, or timeout:");
        }
        if (status == 503 && (answer.body() == null || answer.says("sealed"))) {
            return answer.body() == null ? unavailable("unavailable (503)", address) : sealed(address);
        }
        if (status == 307 || status == 472 || status == 473) {
            return new Failure(
                    Kind.UNAVAILABLE,
                    name(address) + " is a standby and does not serve reads (" + status + ")",
                    "set address: to the active node or to the load balancer");
        }
        if (status >= 500 || status == 412) {
            return unavailable("failing (" + status + ")", address);
        }
        if (status >= 300 && status < 400) {
            return unreachable(
                    name(address) + " redirects (" + status + "), which is not followed since it would take the token"
                            + " elsewhere",
                    "set address: to the server itself");
        }
        if (status == 401 || status == 403) {
            return answer.isVaults()
                    ? null
                    : new Failure(
                                    Kind.DENIED,
                                    "refused by something in front of Vault (" + status + ")",
                                    "check address: and the proxies on the way")
                            .inGeneral();
        }
        return answer.isVaults() ? null : notVault(status, address);
    }

    static Failure sealed(URI address) {
        return new Failure(Kind.UNAVAILABLE, name(address) + " is sealed (503)", "unseal it: vault operator unseal");
    }

    static Failure unavailable(String how, URI address) {
        return new Failure(Kind.UNAVAILABLE, name(address) + " is " + how, "check the server's own log");
    }

    static Failure notVault(int status, URI address) {
        return unreachable(
                "the answer of " + name(address) + " is not Vault's (" + status + ")",
                "check address:, its scheme, and the proxies on the way");
    }

    /** Whether every other location would meet the same fault. */
    static boolean ofTheWholeServer(Failure failure, URI address) {
        return failure.kind() == Kind.UNREACHABLE
                || failure.kind() == Kind.UNTRUSTED
                || failure.equals(sealed(address));
    }

    /** Host and port: an address could hold more than is good to show. */
    static String name(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static Failure ofTls(Throwable thrown, URI address) {
        if (find(thrown, CertificateExpiredException.class) != null
                || find(thrown, CertificateNotYetValidException.class) != null) {
            return untrusted("the certificate of " + name(address) + " is out of date", "renew it, or check the clock");
        }
        if (find(thrown, CertPathBuilderException.class) != null
                || find(thrown, java.security.cert.CertPathValidatorException.class) != null) {
            return untrusted(
                    "the certificate of " + name(address) + " is not from an authority that is trusted",
                    "set ca: to the authority's PEM file");
        }
        if (find(thrown, CertificateException.class) != null) {
            return untrusted(
                    "the certificate of " + name(address) + " is for another host",
                    "set address: to a name that is in the certificate");
        }
        return untrusted(
                "no TLS with " + name(address),
                "check that it speaks TLS, and set client-certificate: if it asks for one");
    }

    private static Failure untrusted(String why, String mend) {
        return new Failure(Kind.UNTRUSTED, why, mend);
    }

    private static Failure unreachable(String why, String mend) {
        return new Failure(Kind.UNREACHABLE, why, mend);
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private Fault() {}
}
