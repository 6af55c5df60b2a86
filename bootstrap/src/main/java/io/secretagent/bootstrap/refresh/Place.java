package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.backend.Polled;
import io.secretagent.bootstrap.refresh.Watched.Standing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A location that is watched, and by what its content is known. One thread uses it. */
final class Place {
    /** Each twelfth look is a read, in case a store's versions do not tell. */
    private static final int LOOKS_FOR_A_READ = 12;

    final Location location;
    final List<Watched> watched = new ArrayList<>();
    /** Of the content that was read; null if that is not known. */
    private @Nullable String mark;
    /** A mark that is not exact, and was read once. */
    private @Nullable String unsettled;

    private boolean lent;
    private int looks;

    Place(Location location) {
        this.location = location;
    }

    /** It was read at the start, where a version comes with it if the store has versions. */
    void startWith(Outcome.Found found) {
        mark = found.version();
        lent = found.lease() != null;
    }

    /** Whether it is to be read, whatever its mark is. What is lent is made anew for each who reads it. */
    boolean wantsReading() {
        return !lent && looks >= LOOKS_FOR_A_READ;
    }

    /** Whether it was refused once, or was lent and has ended: the next round is too far off. */
    boolean isToBeReadAgain() {
        return (lent && mark == null) || watched.stream().anyMatch(entry -> entry.standing == Standing.DOUBTED);
    }

    /** Whether its content may be another than the one that was read, so that it is to be read now. */
    boolean mayDiffer(Polled.Marked seen) {
        looks++;
        if (seen.mark().equals(mark)) {
            return false;
        }
        mark = seen.exact() || seen.mark().equals(unsettled) ? seen.mark() : null;
        unsettled = seen.mark();
        return true;
    }

    /** It was read. */
    void take(Outcome.Found found) {
        looks = 0;
        lent = found.lease() != null;
        if (lent) {
            mark = found.version();
        }
    }

    /** It could not be read: whatever was seen of it is to be read yet. */
    void fail() {
        mark = null;
        unsettled = null;
    }
}
