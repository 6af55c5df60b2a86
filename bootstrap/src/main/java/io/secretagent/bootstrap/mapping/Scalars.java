package io.secretagent.bootstrap.mapping;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Text, and what the mapping's own grammar makes of it; YAML's types play no part. */
final class Scalars {

    /** Null after a problem was reported. */
    static @Nullable String text(Node node, String what, Problems problems) {
        if (isNothing(node)) {
            problems.error(node, what + " has no value", "give one, or remove the key");
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            problems.error(node, what + " is not text", "write one value");
            return null;
        }
        if (scalar.getValue().isEmpty()) {
            problems.error(node, what + " is empty", "give a value, or remove the key");
            return null;
        }
        return scalar.getValue();
    }

    /** Whether YAML would call it null. */
    static boolean isNothing(Node node) {
        if (!(node instanceof ScalarNode scalar) || !scalar.isPlain()) {
            return false;
        }
        return switch (scalar.getValue()) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    /** Digits and a unit; null if it is not that, or nothing, or more than a century. */
    static @Nullable Duration duration(String text) {
        int digits = 0;
        while (digits < text.length() && Ascii.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 15) {
            return null;
        }
        long amount = Long.parseLong(text.substring(0, digits));
        Duration duration = switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> amount > 36_500 ? null : Duration.ofDays(amount);
            default -> null;
        };
        boolean sane = duration != null && !duration.isZero() && duration.toDays() <= 36_500;
        return sane ? duration : null;
    }

    /** Bytes: digits and a unit; -1 if it is not that, or more than a tebibyte. */
    static long size(String text) {
        int digits = 0;
        while (digits < text.length() && Ascii.isDigit(text.charAt(digits))) {
            digits++;
        }
        long amount = number(text.substring(0, digits));
        int shift = switch (text.substring(digits)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> -1;
        };
        return amount < 0 || shift < 0 || amount << shift > 1L << 40 ? -1 : amount << shift;
    }

    /** At most nine digits; -1 if it is not that. */
    static int number(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return -1;
            }
        }
        return text.isEmpty() || text.length() > 9 ? -1 : Integer.parseInt(text);
    }

    private Scalars() {}
}
