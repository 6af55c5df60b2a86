package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.PickUps.PickUp;
import io.secretagent.bootstrap.mapping.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ages as a table for a person, with a bar that shows age against policy. */
final class AgeTable {
    private static final int BAR = 10;

    static List<String> of(List<AgeRow> rows, boolean colours, Instant now) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "STATUS", "PRIORITY", "SECRET", "BACKEND", "DAYS", "POLICY", "DUE", "AGE", "PICKED UP", "PURPOSE"));
        List<String> statusColours = new ArrayList<>();
        for (AgeRow row : rows) {
            Entry.Policy policy = row.entry().policy();
            Duration rotate = row.rotate();
            lines.add(List.of(
                    row.status().name().replace('_', ' '),
                    dash(policy.priority()),
                    Columns.printable(row.entry().name().text()),
                    row.entry().name().backend(),
                    dash(row.days(now)),
                    rotate == null ? "-" : rotate.toDays() + "d",
                    dash(
                            row.due() == null
                                    ? null
                                    : row.due().atZone(ZoneOffset.UTC).toLocalDate()),
                    bar(row, now),
                    pickedUp(row),
                    row.mapped() ? dash(policy.purpose()) : "not in the mapping"));
            statusColours.add(colour(row.status()));
        }
        if (rows.stream().allMatch(row -> row.pickedUp() == null)) {
            lines = without(lines, "PICKED UP");
        }
        return Columns.align(
                Columns.fit(lines, Terminal.width(), List.of("PURPOSE", "BACKEND", "POLICY"), List.of("SECRET")),
                colours ? statusColours : List.of());
    }

    /** When a process last did, and whether there is a newer version since. */
    private static String pickedUp(AgeRow row) {
        PickUp last = row.pickedUp();
        if (last == null) {
            return "-";
        }
        boolean old = row.version() != null && !row.version().equals(last.version());
        return Columns.printable(last.time().replaceFirst("\\.\\d+Z$", "Z")) + (old ? " an older version" : "");
    }

    private static List<List<String>> without(List<List<String>> lines, String header) {
        int column = lines.get(0).indexOf(header);
        List<List<String>> others = new ArrayList<>();
        for (List<String> line : lines) {
            List<String> cells = new ArrayList<>(line);
            cells.remove(column);
            others.add(cells);
        }
        return others;
    }

    /** Full when it is due. */
    private static String bar(AgeRow row, Instant now) {
        Duration rotate = row.rotate();
        if (rotate == null || row.changed() == null || rotate.isZero()) {
            return "-";
        }
        long age = Math.max(0, Duration.between(row.changed(), now).toSeconds());
        int full = (int) Math.min(BAR, age * BAR / Math.max(1, rotate.toSeconds()));
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private static String colour(AgeRow.Status status) {
        return switch (status) {
            case OK, NO_POLICY -> Columns.GREEN;
            case SOON, UNKNOWN -> Columns.YELLOW;
            case OVERDUE, FAILED -> Columns.RED;
        };
    }

    private static String dash(@Nullable Object cell) {
        return cell == null ? "-" : Columns.printable(cell.toString());
    }

    private AgeTable() {}
}
