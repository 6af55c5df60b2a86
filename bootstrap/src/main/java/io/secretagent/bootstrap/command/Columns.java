package io.secretagent.bootstrap.command;

import java.util.ArrayList;
import java.util.List;

/** Cells as aligned lines. */
final class Columns {
    static final String GREEN = "\u001b[32m";
    static final String YELLOW = "\u001b[33m";
    static final String RED = "\u001b[31m";

    private static final String RESET = "\u001b[0m";
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
