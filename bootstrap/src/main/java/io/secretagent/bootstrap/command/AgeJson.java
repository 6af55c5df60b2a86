package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.PickUps.PickUp;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ages as JSON for a program, in the form that docs/commands.md describes. */
final class AgeJson {

    /** The document: every key is always there, and null where there is nothing to say. */
    static String of(
            String mapping,
            int exit,
            List<AgeRow> rows,
            Map<String, Failure> unlisted,
            List<Problem> problems,
            Instant now) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("mapping", mapping);
        document.put("exit", RowJson.number(exit));
        document.put("secrets", rows.stream().map(row -> secret(row, now)).toList());
        document.put(
                "unlisted",
                unlisted.entrySet().stream()
                        .map(backend -> {
                            Map<String, Object> object = new LinkedHashMap<>();
                            object.put("backend", backend.getKey());
                            object.put("failure", RowJson.failure(backend.getValue()));
                            return object;
                        })
                        .toList());
        document.put("problems", problems.stream().map(RowJson::problem).toList());
        return Json.text(document);
    }

    private static Map<String, Object> secret(AgeRow row, Instant now) {
        Entry.Policy policy = row.entry().policy();
        Duration rotate = row.rotate();
        Long days = row.days(now);
        Map<String, Object> secret = new LinkedHashMap<>();
        secret.put("status", row.status().name());
        secret.put("name", row.entry().name().text());
        secret.put("backend", row.entry().name().backend());
        secret.put("mapped", row.mapped());
        secret.put("priority", RowJson.orNull(policy.priority()));
        secret.put("purpose", RowJson.orNull(policy.purpose()));
        secret.put("provider", RowJson.orNull(policy.provider()));
        secret.put("version", RowJson.orNull(row.version()));
        secret.put("changed", text(row.changed()));
        secret.put("days", days == null ? Json.NULL : RowJson.number(days));
        secret.put("policyDays", rotate == null ? Json.NULL : RowJson.number(rotate.toDays()));
        secret.put("due", text(row.due()));
        secret.put("pickedUp", row.pickedUp() == null ? Json.NULL : pickedUp(row.pickedUp()));
        secret.put("lacks", RowJson.orNull(row.lacks()));
        secret.put("failure", row.failure() == null ? Json.NULL : RowJson.failure(row.failure()));
        return secret;
    }

    private static Map<String, Object> pickedUp(PickUp last) {
        Map<String, Object> pickedUp = new LinkedHashMap<>();
        pickedUp.put("time", last.time());
        pickedUp.put("process", last.process());
        pickedUp.put("version", last.version().isEmpty() ? Json.NULL : last.version());
        return pickedUp;
    }

    private static Object text(@Nullable Instant instant) {
        return instant == null ? Json.NULL : instant.toString();
    }

    private AgeJson() {}
}
