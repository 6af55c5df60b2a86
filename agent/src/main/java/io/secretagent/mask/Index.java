package io.secretagent.mask;

import java.util.ArrayList;
import java.util.Collections;
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

    /**
     * With more of both.
     *
     * @param texts of which each piece is a pattern as well
     */
    Index with(Pattern[] patterns, Pattern[] texts) {
        return new Index(new Batch(patterns, texts, newest));
    }

    Automaton automaton() {
        Automaton made = automaton;
        if (made == null) {
            List<Pattern> patterns = new ArrayList<>();
            List<Pattern> texts = new ArrayList<>();
            for (Batch batch = newest; batch != null; batch = batch.older) {
                Collections.addAll(patterns, batch.patterns);
                Collections.addAll(texts, batch.texts);
            }
            // Of the same bytes the oldest value's mask is the one to stay.
            Collections.reverse(patterns);
            Collections.reverse(texts);
            made = new Automaton(patterns, new Windows(texts));
            automaton = made;
        }
        return made;
    }

    /** Linked rather than copied, which would take a second for a thousand secrets; and keeps no older automaton. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; made once and not changed
    private record Batch(
            Pattern[] patterns, Pattern[] texts, @Nullable Batch older) {}
}
