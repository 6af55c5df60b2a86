package io.secretagent.bootstrap.audit;

import io.secretagent.bootstrap.mapping.SecretName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a running process last picked each secret up, as an audit has it: at its start, or by a refresh. */
public final class PickUps {
    private final Map<String, PickUp> bySecret = new HashMap<>();

    /**
     * Once.
     *
     * @param time as the audit writes it, ISO 8601 in UTC
     * @param process the process' host, id and command
     * @param version as the backend names it, or the empty text
     */
    public record PickUp(String time, String process, String version) {}

    /** Reads the file and what was put aside from it. */
    public static PickUps read(Path audit) throws IOException {
        PickUps read = new PickUps();
        AuditFiles.of(List.of(audit)).read(read::take);
        return read;
    }

    private PickUps() {}

    /** The last one of a secret, or of any of its keys if it is {@code path#*}; null if there is none. */
    public @Nullable PickUp last(SecretName name) {
        String wanted = key(name.backend(), name.text());
        if (!(name.selection() instanceof SecretName.Selection.AllFields)) {
            return bySecret.get(wanted);
        }
        PickUp last = null;
        for (Map.Entry<String, PickUp> each : bySecret.entrySet()) {
            if (each.getKey().startsWith(wanted.substring(0, wanted.length() - 1))) {
                last = later(last, each.getValue());
            }
        }
        return last;
    }

    private void take(AuditedLine line) {
        String event = line.text("event");
        if ((event.equals("inject") || event.equals("refresh"))
                && line.text("outcome").equals("ok")) {
            PickUp pickUp = new PickUp(
                    line.text("time"),
                    line.text("command") + ", pid " + line.text("pid") + " on " + line.text("host"),
                    line.text("version"));
            bySecret.merge(key(line.text("backend"), line.text("secret")), pickUp, PickUps::later);
        }
    }

    private static PickUp later(@Nullable PickUp one, PickUp other) {
        return one == null || one.time().compareTo(other.time()) <= 0 ? other : one;
    }

    private static String key(String backend, String secret) {
        return backend + " " + secret;
    }
}
