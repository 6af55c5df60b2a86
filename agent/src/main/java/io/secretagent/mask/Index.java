package io.secretagent.mask;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All patterns at one moment. Immutable; the automaton is made when it is first asked for, so that a thousand secrets
 * that arrive one after the other cost one of them.
 */
final class Index {
    static final Index EMPTY = new Index(List.of());

    private final List<Pattern> patterns;
    /** Two threads may both make it: they make the same, and neither waits. */
    private volatile @Nullable Automaton automaton;

    private Index(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    Index with(List<Pattern> more) {
        List<Pattern> all = new ArrayList<>(patterns.size() + more.size());
        all.addAll(patterns);
        all.addAll(more);
        return new Index(all);
    }

    Automaton automaton() {
        Automaton made = automaton;
        if (made == null) {
            made = new Automaton(patterns);
            automaton = made;
        }
        return made;
    }
}
