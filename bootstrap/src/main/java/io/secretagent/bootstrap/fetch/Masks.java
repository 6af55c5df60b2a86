package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.SecretName;
import io.secretagent.channel.ChannelRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which values are masked. What an entry names by itself is; of the fields that come along with a JSON secret those are
 * not whose names say that they are no secret: masking a host name or {@code 5432} would ruin the logs.
 */
public final class Masks {
    private static final Set<String> HARMLESS = Set.of(
            "host",
            "hostname",
            "port",
            "username",
            "user",
            "login",
            "dbname",
            "database",
            "db",
            "schema",
            "engine",
            "driver",
            "region",
            "url",
            "uri",
            "endpoint",
            "address",
            "dbinstanceidentifier",
            "dbclusteridentifier",
            "masterarn",
            "arn",
            "ssl",
            "sslmode",
            "timeout",
            "enabled",
            "environment",
            "name",
            "type",
            "protocol");

    /** Leaves shorter than this are flags and counters; the masker would refuse them one by one. */
    private static final int SHORTEST_LEAF = 4;

    /** With its slash: a longer part of a path may be what makes a URL a secret, as that of a webhook. */
    private static final int LONGEST_PUBLIC_PART = 8;

    /** What an entry names is masked, but for a number that its key says is a port or the like. */
    static boolean named(Entry entry, String value) {
        Boolean stated = entry.mask();
        return stated != null ? stated : !(isHarmless(key(entry.name().selection())) && isNumber(value));
    }

    /** A composed value is masked by its fields, so that the rest of a JDBC URL stays readable. */
    static boolean composed(Entry entry) {
        return Boolean.TRUE.equals(entry.mask());
    }

    static boolean leaves(Entry entry) {
        return !Boolean.FALSE.equals(entry.mask());
    }

    /** A field that {@code #*} injects. */
    static boolean field(Entry entry, String key) {
        Boolean stated = entry.mask();
        return stated != null ? stated : !isHarmless(key);
    }

    /** Every string and number below these fields whose key is not known to be harmless. */
    static void collectLeaves(String name, Map<String, Object> fields, Map<String, ChannelRecord.Masked> into) {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            collectLeaf(name, field.getKey(), field.getValue(), into);
        }
    }

    private static void collectLeaf(String name, String key, Object value, Map<String, ChannelRecord.Masked> into) {
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> field : map.entrySet()) {
                collectLeaf(name, (String) field.getKey(), field.getValue(), into);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                collectLeaf(name, key, element, into);
            }
        } else if (!isHarmless(key, value) && (value instanceof String || value instanceof Json.Numeral)) {
            String text = Json.text(value);
            if (text.length() >= SHORTEST_LEAF) {
                into.putIfAbsent(text, new ChannelRecord.Masked(name, text));
            }
        }
    }

    private static boolean isHarmless(String key, Object value) {
        return (isHarmless(key) && !hasCredentials(value)) || (isHarmless(lastWord(key)) && isPublic(value));
    }

    /** {@code uri} of the {@code token_uri} that Google's service accounts have, all the same one. */
    private static String lastWord(String key) {
        return key.substring(Math.max(key.lastIndexOf('_'), key.lastIndexOf('-')) + 1);
    }

    /** Whether it has nothing in it that is the secret of a URL or a connection string: less is sure of such a key. */
    private static boolean isPublic(Object value) {
        if (!(value instanceof String text)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ("@?#;=&".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        int scheme = text.indexOf("://");
        int path = text.indexOf('/', scheme < 0 ? 0 : scheme + "://".length());
        for (int from = path; from >= 0; ) {
            int next = text.indexOf('/', from + 1);
            if ((next < 0 ? text.length() : next) - from > LONGEST_PUBLIC_PART) {
                return false;
            }
            from = next;
        }
        return true;
    }

    /** Whether a field of this name is known to be no secret; case, {@code _} and {@code -} do not matter. */
    public static boolean isHarmless(String key) {
        return HARMLESS.contains(key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", ""));
    }

    private static String key(SecretName.Selection selection) {
        if (selection instanceof SecretName.Selection.Field field) {
            return field.key();
        }
        return selection instanceof SecretName.Selection.Pointer pointer
                ? pointer.pointer().substring(pointer.pointer().lastIndexOf('/') + 1)
                : "";
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    /** A URL with {@code user:password@}. */
    private static boolean hasCredentials(Object value) {
        return value instanceof String text && text.contains("://") && text.indexOf('@') > 0;
    }

    private Masks() {}
}
