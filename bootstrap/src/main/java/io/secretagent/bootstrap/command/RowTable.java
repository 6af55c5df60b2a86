package io.secretagent.bootstrap.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rows as a table for a person, a status in colour on a terminal. */
final class RowTable {

    /** The table's lines. */
    static List<String> of(List<Row> rows, boolean fingerprints, boolean colours, Instant now) {
        List<List<String>> lines = new ArrayList<>();
        List<String> header =
                new ArrayList<>(List.of("STATUS", "SECRET", "BACKEND", "TARGET", "VERSION", "AGE", "LENGTH", "MS"));
        if (fingerprints) {
            header.add("FINGERPRINT");
        }
        lines.add(header);
        List<String> statusColours = new ArrayList<>();
        for (Row row : rows) {
            lines.add(line(row, fingerprints, now));
            statusColours.add(colour(row.status()));
        }
        return Columns.align(
                Columns.fit(
                        lines,
                        Terminal.width(),
                        List.of("VERSION", "MS", "BACKEND", "AGE"),
                        List.of("SECRET", "TARGET")),
                colours ? statusColours : List.of());
    }

    private static List<String> line(Row row, boolean fingerprints, Instant now) {
        List<String> line = new ArrayList<>();
        line.add(row.status() + (row.required() || row.status() != Row.Status.FAILED ? "" : " (optional)"));
        line.add(Columns.printable(row.name()));
        line.add(row.backend());
        line.add(row.targets().isEmpty() ? "-" : String.join(", ", row.targets()));
        line.add(row.version() == null ? "-" : Columns.printable(row.version()));
        line.add(row.changed() == null ? "-" : age(Duration.between(row.changed(), now)));
        line.add(row.length() == null ? "-" : row.length().toString());
        line.add(row.took() == null ? "-" : Long.toString(row.took().toMillis()));
        if (fingerprints) {
            line.add(row.fingerprint() == null ? "-" : row.fingerprint());
        }
        return line;
    }

    private static String colour(Row.Status status) {
        return switch (status) {
            case OK, MAPPED -> Columns.GREEN;
            case DEFAULT -> Columns.YELLOW;
            case FAILED -> Columns.RED;
        };
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        // A store's clock may be ahead of this one.
        return Math.max(0, age.toMinutes()) + "m";
    }

    private RowTable() {}
}
