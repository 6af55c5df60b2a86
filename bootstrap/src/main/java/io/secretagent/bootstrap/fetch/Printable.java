package io.secretagent.bootstrap.fetch;

import java.util.Collection;

/** Names that a store chose, made fit for a line: no control characters that could forge one, not too many. */
final class Printable {
    private static final int LONGEST = 80;
    private static final int MOST = 12;

    static String name(String name) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST); i++) {
            char c = name.charAt(i);
            printable.append(Character.isISOControl(c) ? '?' : c);
        }
        return printable.toString();
    }

    static String names(Collection<String> names) {
        StringBuilder list = new StringBuilder();
        int listed = 0;
        for (String name : names) {
            if (listed == MOST) {
                return list + " and " + (names.size() - MOST) + " more";
            }
            list.append(listed == 0 ? "" : ", ").append(name(name));
            listed++;
        }
        return listed == 0 ? "none" : list.toString();
    }

    private Printable() {}
}
