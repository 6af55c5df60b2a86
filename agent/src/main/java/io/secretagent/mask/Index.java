package io.secretagent.mask;

import java.util.List;

/** What is looked for at one moment. Immutable. */
final class Index implements Values.Form {
    private final Patterns patterns;
    /** The pieces of values, which are patterns too but would be many. */
    private final Windows windows;
    /** Finds the places in a text from where on to look closely. */
    private final Tiers tiers;

    /**
     * @param patterns the oldest first, as the next
     * @param texts of which each piece is a pattern as well
     */
    Index(List<PatternList> patterns, List<PatternList> texts) {
        this.patterns = new Patterns(patterns);
        windows = new Windows(texts);
        tiers = new Tiers(this.patterns.list(), windows.texts());
    }

    Patterns patterns() {
        return patterns;
    }

    Windows windows() {
        return windows;
    }

    Tiers tiers() {
        return tiers;
    }
}
