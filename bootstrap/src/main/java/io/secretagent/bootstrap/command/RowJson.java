package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows and problems as JSON for a program, in the form that docs/commands.md describes. */
final class RowJson {

    /** The document: every key is always there, and null where there is nothing to say. */
    static String of(String mapping, int exit, List<Row> rows, List<Problem> problems) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("mapping", mapping);
        document.put("exit", number(exit));
        document.put("secrets", rows.stream().map(RowJson::secret).toList());
        document.put("problems", problems.stream().map(RowJson::problem).toList());
        return Json.text(document);
    }

    private static Map<String, Object> secret(Row row) {
        Map<String, Object> secret = new LinkedHashMap<>();
        secret.put("status", row.status().name());
        secret.put("name", row.name());
        secret.put("backend", row.backend());
        secret.put("targets", row.targets());
        secret.put("required", row.required());
        secret.put("version", orNull(row.version()));
        secret.put(
                "changed", orNull(row.changed() == null ? null : row.changed().toString()));
        secret.put("length", row.length() == null ? Json.NULL : number(row.length()));
        secret.put(
                "milliseconds",
                row.took() == null ? Json.NULL : number(row.took().toMillis()));
        secret.put("fingerprint", orNull(row.fingerprint()));
        secret.put("failure", row.failure() == null ? Json.NULL : failure(row.failure()));
        return secret;
    }

    static Map<String, Object> failure(Failure failure) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", failure.kind().name());
        object.put("why", failure.why());
        object.put("mend", failure.mend());
        return object;
    }

    static Map<String, Object> problem(Problem problem) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        object.put("code", orNull(problem.code()));
        object.put("file", problem.place().file());
        object.put("line", number(problem.place().line()));
        object.put("column", number(problem.place().column()));
        object.put("what", problem.what());
        object.put("mend", problem.mend());
        return object;
    }

    static Json.Numeral number(long number) {
        return new Json.Numeral(Long.toString(number));
    }

    static Object orNull(@Nullable String text) {
        return text == null ? Json.NULL : text;
    }

    private RowJson() {}
}
