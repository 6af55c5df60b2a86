package io.secretagent.bootstrap.mapping;

import java.util.ArrayList;
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

    private final List<Finding> findings = new ArrayList<>();
    private GuardLevels levels = GuardLevels.UNSET;

    /** What a guard found before its switch was read. */
    private record Finding(Guard guard, Place place, String what, String mend) {}

    Problems(String file) {
        this.file = file;
    }

    void error(Node at, String what, String mend) {
        error(place(at), what, mend);
    }

    void error(Place at, String what, String mend) {
        found.add(new Problem(Problem.Severity.ERROR, at, null, what, mend));
    }

    void warning(Node at, String what, String mend) {
        found.add(new Problem(Problem.Severity.WARNING, place(at), null, what, mend));
    }

    /** An error of a guard that cannot be switched off. */
    void guardError(Guard guard, Node at, String what, String mend) {
        found.add(new Problem(Problem.Severity.ERROR, place(at), guard.code(), what, mend));
    }

    /** What becomes of it is decided by {@link #levels}, wherever in the mapping that stands. */
    void guard(Guard guard, Node at, String what, String mend) {
        findings.add(new Finding(guard, place(at), what, mend));
    }

    void levels(GuardLevels ofMapping) {
        levels = ofMapping;
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
        return sorted().stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** In the order of their places. */
    List<Problem> sorted() {
        Set<Problem> all = new LinkedHashSet<>();
        for (Finding finding : findings) {
            Problem problem = levels.problem(finding.guard(), finding.place(), finding.what(), finding.mend());
            if (problem != null) {
                all.add(problem);
            }
        }
        all.addAll(found);
        List<Problem> sorted = new ArrayList<>(all);
        // Comparator's own are serialisable lambdas, which no class archive keeps: each start would make them anew.
        sorted.sort((one, other) -> {
            int lines = Integer.compare(one.place().line(), other.place().line());
            return lines == 0
                    ? Integer.compare(one.place().column(), other.place().column())
                    : lines;
        });
        return sorted;
    }
}
