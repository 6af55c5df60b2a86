package io.secretagent.mask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All values at one moment: an index of them, or what it is made of when it is first asked for, so that a thousand values
 * that arrive one after the other cost one index.
 */
sealed interface Values permits Index, Values.Added {

    /**
     * With one more.
     *
     * @param texts of which each piece is a pattern as well
     */
    static Values with(@Nullable Values before, PatternList patterns, PatternList texts) {
        if (before instanceof Index index) {
            return new Added(
                    patterns,
                    texts,
                    new Added(index.patterns().list(), index.windows().texts(), null));
        }
        return new Added(patterns, texts, (Added) before);
    }

    /** The index of some values, or of none. */
    static Index index(@Nullable Values values) {
        if (values instanceof Index index) {
            return index;
        }
        List<PatternList> patterns = new ArrayList<>();
        List<PatternList> texts = new ArrayList<>();
        for (Added added = (Added) values; added != null; added = added.older) {
            patterns.add(added.patterns);
            texts.add(added.texts);
        }
        Collections.reverse(patterns);
        Collections.reverse(texts);
        return new Index(patterns, texts);
    }

    /** Linked rather than copied, which would take a second for a thousand secrets. */
    record Added(
            PatternList patterns,
            PatternList texts,
            @Nullable Added older) implements Values {}
}
