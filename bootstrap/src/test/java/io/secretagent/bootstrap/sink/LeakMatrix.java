package io.secretagent.bootstrap.sink;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which sink of a framework showed what of a secret: a row for each sink, a column for each {@link Way}. */
final class LeakMatrix {
    private final String title;
    private final List<String> rows = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    LeakMatrix(String title) {
        this.title = title;
    }

    /**
     * Adds what a sink got.
     *
     * @param shown the ways that it has a place for, which must be there and masked
     */
    void add(String sink, String content, Set<Way> shown) {
        boolean leaks = Canary.leaksFrom(content);
        if (leaks) {
            failures.add(sink + " leaks");
        }
        if (!content.contains("clean, done")) {
            failures.add(sink + " lost the clean message");
        }
        StringBuilder row = new StringBuilder("%-28s".formatted(sink));
        for (Way way : Way.values()) {
            boolean masked = content.contains(way.masked());
            if (!masked && shown.contains(way)) {
                failures.add(sink + " lacks " + way);
            }
            row.append("%-11s".formatted(leaks ? "LEAK?" : masked ? "masked" : "-"));
        }
        rows.add(row.toString());
    }

    List<String> failures() {
        return failures;
    }

    static Set<Way> allBut(Way first, Way... rest) {
        return EnumSet.complementOf(EnumSet.of(first, rest));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%n%-28s".formatted(title));
        for (Way way : Way.values()) {
            text.append("%-11s".formatted(way));
        }
        rows.forEach(row -> text.append('\n').append(row));
        return text.toString();
    }
}
