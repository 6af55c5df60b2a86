package io.secretagent.bootstrap.command;

import java.util.ArrayList;
import java.util.List;

/** Cells as aligned lines. */
final class Columns {
    static final String GREEN = "\u001b[32m";
    static final String YELLOW = "\u001b[33m";
    static final String RED = "\u001b[31m";

    private static final String RESET = "\u001b[0m";
    private static final String ELLIPSIS = "..";
    private static final String GAP = "  ";

    /**
     * Columns as wide as what is in them.
     *
     * @param lines the header first, all of one length
     * @param colours of the first cell of each line after the header, or empty for none
     */
    static List<String> align(List<List<String>> lines, List<String> colours) {
        List<String> aligned = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < lines.get(i).size(); column++) {
                String cell = lines.get(i).get(column);
                boolean coloured = !colours.isEmpty() && column == 0 && i > 0;
                line.append(column == 0 ? "" : GAP)
                        .append(coloured ? colours.get(i - 1) + cell + RESET : cell)
                        .append(" ".repeat(width(lines, column) - cell.length()));
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
     * @param flexible header of the column that is shortened after that
     */
    static List<List<String>> fit(List<List<String>> lines, int width, List<String> expendable, String flexible) {
        List<List<String>> fitting = new ArrayList<>();
        lines.forEach(line -> fitting.add(new ArrayList<>(line)));
        for (String header : expendable) {
            int column = fitting.get(0).indexOf(header);
            if (excess(fitting, width) > 0 && column >= 0) {
                fitting.forEach(line -> line.remove(column));
            }
        }
        int excess = excess(fitting, width);
        if (excess > 0) {
            int column = fitting.get(0).indexOf(flexible);
            int length = Math.max(flexible.length(), width(fitting, column) - excess);
            fitting.forEach(line -> line.set(column, shortened(line.get(column), length)));
        }
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
        return text.replaceAll("\\p{C}", "?");
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
