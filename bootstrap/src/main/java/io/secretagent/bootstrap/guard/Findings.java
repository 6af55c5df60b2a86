package io.secretagent.bootstrap.guard;

import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Guard;
import io.secretagent.bootstrap.mapping.GuardLevels;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.Place;
import io.secretagent.bootstrap.mapping.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was found and is not switched off. */
final class Findings {
    private final GuardLevels levels;
    /** A set: an entry with several targets is told of once. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    Findings(Mapping mapping) {
        this.levels = mapping.options().guards();
    }

    void add(Guard guard, Place place, String what, String mend) {
        add(levels.problem(guard, place, what, mend));
    }

    void add(Guard guard, Entry entry, String what, String mend) {
        add(entry.guards().within(levels).problem(guard, entry.place(), what, mend));
    }

    private void add(@Nullable Problem problem) {
        if (problem != null) {
            problems.add(problem);
        }
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
