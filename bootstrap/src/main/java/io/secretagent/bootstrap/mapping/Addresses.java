package io.secretagent.bootstrap.mapping;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** URLs of backends: https, or http on this machine, or the user said that he means it. */
final class Addresses {

    static @Nullable URI read(ObjectReader object, String key, boolean insecure, Problems problems) {
        String text = object.text(key);
        Node at = object.value(key);
        return text == null || at == null ? null : read(text, at, key, insecure, problems);
    }

    /** Null after a problem was reported; a URL can carry a password, so none is shown. */
    static @Nullable URI read(String text, Node at, String what, boolean insecure, Problems problems) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            problems.error(at, what + " is not a URL", "write https://host");
            return null;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            problems.error(at, what + " does not start with https://", "write https://host");
        } else if (uri.getHost() == null || uri.getPort() > 65_535) {
            problems.error(at, what + " has no valid host and port", "write https://host or https://host:port");
        } else if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            problems.error(at, what + " has more than host, port and path", "remove the user, query or fragment");
        } else {
            return isSafe(uri, scheme, at, what, insecure, problems) ? uri : null;
        }
        return null;
    }

    private static boolean isSafe(URI uri, String scheme, Node at, String what, boolean insecure, Problems problems) {
        if (scheme.equals("https") || isLoopback(uri.getHost())) {
            return true;
        }
        String why = what + " is http, which anybody on the way can read";
        if (insecure) {
            problems.guard(Guard.INSECURE_ADDRESS, at, why, "use https");
        } else {
            problems.guardError(Guard.INSECURE_ADDRESS, at, why, "use https, or set insecure: true");
        }
        return insecure;
    }

    private static boolean isLoopback(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.equals("[::1]") || isLoopbackNumber(lower);
    }

    /** All of 127.0.0.0/8, but no name such as {@code 127.example.com}. */
    private static boolean isLoopbackNumber(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && !Ascii.isDigit(c)) {
                return false;
            }
        }
        return host.startsWith("127.");
    }

    private Addresses() {}
}
