package io.secretagent.bootstrap.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rows as a table for a person: columns as wide as what is in them, a status in colour on a terminal. */
final class RowTable {
    private static final String RESET = "\u001b[0m";
    private static final String GAP = "  ";

    private final boolean colours;
    private final Instant now;
    private final List<List<String>> lines = new ArrayList<>();
    private final List<Row.Status> statuses = new ArrayList<>();

    /** The table's lines. */
    static List<String> of(List<Row> rows, boolean fingerprints, boolean colours, Instant now) {
        RowTable table = new RowTable(fingerprints, colours, now);
        rows.forEach(table::add);
        return table.text();
    }

    private RowTable(boolean fingerprints, boolean colours, Instant now) {
        this.colours = colours;
        this.now = now;
        List<String> header =
                new ArrayList<>(List.of("STATUS", "SECRET", "BACKEND", "TARGET", "VERSION", "AGE", "LENGTH", "MS"));
        if (fingerprints) {
            header.add("FINGERPRINT");
        }
        lines.add(header);
    }

    private void add(Row row) {
        List<String> line = new ArrayList<>();
        line.add(row.status() + (row.required() || row.status() != Row.Status.FAILED ? "" : " (optional)"));
        line.add(printable(row.name()));
        line.add(row.backend());
        line.add(row.targets().isEmpty() ? "-" : String.join(", ", row.targets()));
        line.add(row.version() == null ? "-" : printable(row.version()));
        line.add(row.changed() == null ? "-" : age(Duration.between(row.changed(), now)));
        line.add(row.length() == null ? "-" : row.length().toString());
        line.add(row.took() == null ? "-" : Long.toString(row.took().toMillis()));
        if (line.size() < lines.get(0).size()) {
            line.add(row.fingerprint() == null ? "-" : row.fingerprint());
        }
        lines.add(line);
        statuses.add(row.status());
    }

    private List<String> text() {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < lines.get(i).size(); column++) {
                String cell = lines.get(i).get(column);
                String padding = " ".repeat(width(column) - cell.length());
                boolean coloured = colours && column == 0 && i > 0;
                line.append(column == 0 ? "" : GAP)
                        .append(coloured ? colour(statuses.get(i - 1)) + cell + RESET : cell)
                        .append(padding);
            }
            text.add(line.toString().stripTrailing());
        }
        return text;
    }

    private int width(int column) {
        int width = 0;
        for (List<String> line : lines) {
            width = Math.max(width, line.get(column).length());
        }
        return width;
    }

    private static String colour(Row.Status status) {
        return switch (status) {
            case OK, MAPPED -> "\u001b[32m";
            case DEFAULT -> "\u001b[33m";
            case FAILED -> "\u001b[31m";
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

    /** A store's words cannot move the cursor. */
    private static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}
