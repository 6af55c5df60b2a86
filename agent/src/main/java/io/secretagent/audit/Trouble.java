package io.secretagent.audit;

import java.io.IOException;
import java.io.PrintStream;

/** What is told on stderr of a place that takes no lines: once when that starts, and once when it ends. */
public final class Trouble {
    private final Object place;
    private final PrintStream err;
    private boolean failing;
    private long lost;

    /**
     * @param place whose {@code toString} is what people are told it is called
     */
    public Trouble(Object place, PrintStream err) {
        this.place = place;
        this.err = err;
    }

    /** How many events were lost since it takes none. */
    public long lost() {
        return lost;
    }

    /** An event is lost. The exception's message is why, in words for a person. */
    public void failed(IOException e) {
        lost++;
        if (!failing) {
            failing = true;
            tell(place + " cannot be written: " + e.getMessage() + "; until then events are lost");
        }
    }

    /** Events are lost for another reason: there were too many at a time. */
    public void lose(long count) {
        lost += count;
    }

    /** A line was taken. */
    public void recovered() {
        if (lost > 0) {
            tell(place + " is written again; " + events() + " lost");
            lost = 0;
            failing = false;
        }
    }

    /** No more lines will come. */
    public void end() {
        if (lost > 0) {
            tell(place + " lacks the last events: " + events() + " lost");
            lost = 0;
        }
    }

    private String events() {
        return lost + (lost == 1 ? " event was" : " events were");
    }

    private void tell(String line) {
        err.println("secret-agent: audit: " + line);
    }
}
