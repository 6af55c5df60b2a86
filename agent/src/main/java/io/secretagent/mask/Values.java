package io.secretagent.mask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All values at one moment, as they are looked for. The index is made when it is first asked for, so that a thousand
 * values that arrive one after the other cost one of them.
 */
final class Values {
    static final Values NONE = new Values(null);

    /** Two threads may both make the index: they make the same, and neither waits. */
    private volatile @Nullable Form form;

    private Values(@Nullable Form form) {
        this.form = form;
    }

    /** With one more, of which the texts have pieces that are patterns as well. */
    Values with(PatternList patterns, PatternList texts) {
        Form before = form;
        Added older;
        if (before instanceof Index index) {
            older = new Added(index.patterns().list(), index.windows().texts(), null);
        } else {
            older = (Added) before;
        }
        return new Values(new Added(patterns, texts, older));
    }

    Index index() {
        Form current = form;
        if (current instanceof Index index) {
            return index;
        }
        List<PatternList> patterns = new ArrayList<>();
        List<PatternList> texts = new ArrayList<>();
        for (Added added = (Added) current; added != null; added = added.older) {
            patterns.add(added.patterns);
            texts.add(added.texts);
        }
        Collections.reverse(patterns);
        Collections.reverse(texts);
        Index made = new Index(patterns, texts);
        form = made;
        return made;
    }

    /** An index, or what it is made of and no longer kept once it is there. */
    sealed interface Form permits Index, Added {}

    /** Linked rather than copied, which would take a second for a thousand secrets. */
    private record Added(
            PatternList patterns,
            PatternList texts,
            @Nullable Added older) implements Form {}
}
