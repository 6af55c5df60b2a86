package io.secretagent.mask;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All patterns at one moment. Immutable; the automaton is made when it is first asked for, so that a thousand secrets
 * that arrive one after the other cost one of them.
 */
final class Index {
    static final Index EMPTY = new Index(null);

    private final @Nullable Batch newest;
    /** Two threads may both make it: they make the same, and neither waits. */
    private volatile @Nullable Automaton automaton;

    private Index(@Nullable Batch newest) {
        this.newest = newest;
    }

    Index with(List<Pattern> more) {
        return new Index(new Batch(more, newest));
    }

    Automaton automaton() {
        Automaton made = automaton;
        if (made == null) {
            made = new Automaton(patterns());
            automaton = made;
        }
        return made;
    }

    private List<Pattern> patterns() {
        List<Pattern> patterns = new ArrayList<>();
        for (Batch batch = newest; batch != null; batch = batch.older) {
            patterns.addAll(batch.patterns);
        }
        return patterns;
    }

    /** Linked rather than copied, which would take a second for a thousand secrets; and keeps no older automaton. */
    private record Batch(List<Pattern> patterns, @Nullable Batch older) {}
}
