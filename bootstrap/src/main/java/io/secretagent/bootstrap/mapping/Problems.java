package io.secretagent.bootstrap.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** The problems of one mapping, gathered so that all are told at once. */
final class Problems {
    private final String file;

    /** A set, because what an alias repeats is wrong only once. */
    private final Set<Problem> found = new LinkedHashSet<>();

    private boolean anyError;

    Problems(String file) {
        this.file = file;
    }

    void error(Node at, String what, String mend) {
        error(place(at), what, mend);
    }

    void error(Place at, String what, String mend) {
        anyError = true;
        found.add(new Problem(Problem.Severity.ERROR, at, null, what, mend));
    }

    void warning(Node at, String what, String mend) {
        found.add(new Problem(Problem.Severity.WARNING, place(at), null, what, mend));
    }

    /** A key is known, so a mapping for a later version is not refused, but the user must not rely on it. */
    void notActive(Node at, String what) {
        warning(at, what + " is not active yet", "nothing happens for it in this version");
    }

    Place place(Node node) {
        return place(node.getStartMark());
    }

    Place place(Mark mark) {
        return place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    Place place(int line, int column) {
        return new Place(file, line, column);
    }

    /** The start of the file, for what is wrong with the file itself. */
    Place start() {
        return place(1, 1);
    }

    boolean anyError() {
        return anyError;
    }

    /** In the order of their places. */
    List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Problem problem) -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()));
        return sorted;
    }
}
