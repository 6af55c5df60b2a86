package io.secretagent.bootstrap.command;

import io.secretagent.channel.OneLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cells as aligned lines. */
final class Columns {
    static final String GREEN = "\u001b[32m";
    static final String YELLOW = "\u001b[33m";
    static final String RED = "\u001b[31m";

    private static final String RESET = "\u001b[0m";
    private static final String ELLIPSIS = "..";
    /** What a name is not shortened below. */
    private static final int LEAST = 8;

    private static final String GAP = "  ";

    /**
     * Columns as wide as what is in them.
     *
     * @param lines the header first, all of one length
     * @param colours of the first cell of each line after the header, or empty for none
     */
    static List<String> align(List<List<String>> lines, List<String> colours) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < lines.get(0).size(); column++) {
            widths.add(width(lines, column));
        }
        List<String> aligned = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < lines.get(i).size(); column++) {
                String cell = lines.get(i).get(column);
                boolean coloured = !colours.isEmpty() && column == 0 && i > 0;
                line.append(column == 0 ? "" : GAP)
                        .append(coloured ? colours.get(i - 1) + cell + RESET : cell)
                        .append(" ".repeat(widths.get(column) - cell.length()));
            }
            aligned.add(line.toString().stripTrailing());
        }
        return aligned;
    }

    /**
     * Lines no wider than a terminal, as far as that goes.
     *
     * @param lines as {@link #align} takes them
     * @param expendable headers of columns that are left out, the first one first
     * @param flexible headers of columns that are shortened after that, the widest one first
     */
    static List<List<String>> fit(List<List<String>> lines, int width, List<String> expendable, List<String> flexible) {
        List<List<String>> fitting = new ArrayList<>();
        lines.forEach(line -> fitting.add(new ArrayList<>(line)));
        for (String header : expendable) {
            int column = fitting.get(0).indexOf(header);
            if (excess(fitting, width) > 0 && column >= 0) {
                fitting.forEach(line -> line.remove(column));
            }
        }
        Map<Integer, Integer> widths = new TreeMap<>();
        for (String header : flexible) {
            int column = fitting.get(0).indexOf(header);
            widths.put(column, width(fitting, column));
        }
        for (int excess = excess(fitting, width); excess > 0; excess--) {
            Map.Entry<Integer, Integer> widest = Collections.max(widths.entrySet(), Map.Entry.comparingByValue());
            widest.setValue(Math.max(LEAST, widest.getValue() - 1));
        }
        widths.forEach((column, limit) ->
                fitting.forEach(line -> line.set(column, shortened(line.get(column), limit))));
        return fitting;
    }

    private static int excess(List<List<String>> lines, int width) {
        int total = -GAP.length();
        for (int column = 0; column < lines.get(0).size(); column++) {
            total += GAP.length() + width(lines, column);
        }
        return total - width;
    }

    /** Its beginning and its end, which tell more than the middle. */
    private static String shortened(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = (length - ELLIPSIS.length() + 1) / 2;
        return text.substring(0, length - ELLIPSIS.length() - end) + ELLIPSIS + text.substring(text.length() - end);
    }

    static String red(String text) {
        return RED + text + RESET;
    }

    /** A store's words cannot move the cursor. */
    static String printable(String text) {
        return OneLine.of(text);
    }

    private static int width(List<List<String>> lines, int column) {
        int width = 0;
        for (List<String> line : lines) {
            width = Math.max(width, line.get(column).length());
        }
        return width;
    }

    private Columns() {}
}
