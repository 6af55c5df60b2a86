package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * What went wrong on the way, without an answer. Told by the types of the causes: the SDK has one exception for all of
 * it, and messages quote what was received.
 */
final class Faults {
    private static final String CHECK_NETWORK =
            "check the backend's region or endpoint, DNS, proxy and network policies";

    /**
     * The fault in our words.
     *
     * @param place that was called: a region or a host
     */
    static Failure failure(RuntimeException e, String place, Deadline deadline) {
        if (deadline.hasPassed()) {
            return Calls.late();
        }
        if (e instanceof ApiCallTimeoutException
                || e instanceof ApiCallAttemptTimeoutException
                || e instanceof AbortedException
                || cause(e, SocketTimeoutException.class) != null) {
            return unreachable(place + " did not answer in time", CHECK_NETWORK);
        }
        if (cause(e, CertificateException.class) != null
                || cause(e, CertPathBuilderException.class) != null
                || cause(e, SSLPeerUnverifiedException.class) != null) {
            return new Failure(
                    Kind.UNTRUSTED,
                    "the TLS certificate of " + place + " is not trusted",
                    "put its authority into the JVM's trust store (javax.net.ssl.trustStore)");
        }
        if (cause(e, UnknownHostException.class) != null) {
            return unreachable("the host of " + place + " is not known", CHECK_NETWORK);
        }
        if (cause(e, NoRouteToHostException.class) != null) {
            return unreachable("there is no route to " + place, CHECK_NETWORK);
        }
        if (cause(e, ConnectException.class) != null) {
            return unreachable(place + " refused the connection", CHECK_NETWORK);
        }
        // HttpURLConnection answers a 401 to a streamed body with this, instead of the 401.
        if (cause(e, HttpRetryException.class) != null) {
            return new Failure(
                            Kind.DENIED, "refused by " + place + " (HTTP 401)", "check the proxy between here and AWS")
                    .inGeneral();
        }
        if (cause(e, SSLException.class) != null) {
            return unreachable("no TLS connection to " + place, CHECK_NETWORK);
        }
        if (isTransport(e)) {
            return unreachable("the connection to " + place + " broke", CHECK_NETWORK);
        }
        return notFromAws(place);
    }

    /** It is an answer, and what every one of AWS has is not in it. */
    static Failure notFromAws(String place) {
        return unreachable(
                "the answer from " + place + " is not one of AWS Secrets Manager",
                "check the backend's endpoint, and the proxy in between");
    }

    /** The SDK's JSON parser throws IOExceptions of its own package for what it cannot read. */
    private static boolean isTransport(Throwable e) {
        IOException cause = cause(e, IOException.class);
        return cause != null && !cause.getClass().getName().startsWith("software.amazon.awssdk.");
    }

    private static Failure unreachable(String why, String mend) {
        return new Failure(Kind.UNREACHABLE, why, mend);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private Faults() {}
}
