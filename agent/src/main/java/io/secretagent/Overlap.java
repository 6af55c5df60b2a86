package io.secretagent;

import io.secretagent.channel.Target;
import io.secretagent.inject.Awaited;
import io.secretagent.inject.Injection;
import io.secretagent.sink.Masking;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/**
 * {@code startup: overlap}: {@code main} starts while the helper fetches, and who reads a name that is awaited waits. A
 * failure ends the JVM with the same lines and code as ever, though {@code main} may be running.
 */
final class Overlap implements Runnable {
    private final Delivery delivery;
    private final Injection injection;
    private final Masking masking;
    private final PrintStream err;
    private final Awaited awaited;
    private final Runnable after;

    /** Has reads wait from now on, until the delivery ends. */
    static void begin(Set<Target> names, Delivery delivery, Injection injection, Masking masking, Runnable after) {
        Overlap overlap = new Overlap(names, delivery, injection, masking, after);
        injection.await(overlap.awaited);
        delivery.atEnd(overlap);
    }

    private Overlap(Set<Target> names, Delivery delivery, Injection injection, Masking masking, Runnable after) {
        this.delivery = delivery;
        this.injection = injection;
        this.masking = masking;
        this.err = masking.err();
        this.after = after;
        this.awaited =
                new Awaited(injection.injected(names), delivery.thread(), delivery.deadline(), new TooLate(this));
    }

    /** The delivery has ended: injects it, and lets those go on who wait. */
    @Override
    public void run() {
        try {
            delivery.end();
            List<String> lines = delivery.inject(injection);
            awaited.arrived();
            ThisJvm.tell(lines, err);
            after.run();
        } catch (StartFailure failure) {
            end(failure);
        } catch (Throwable defect) {
            end(StartFailure.defect(defect));
        }
    }

    /** What the application has written comes first. */
    private void end(StartFailure failure) {
        masking.release();
        ThisJvm.end(failure, err);
    }

    /** Is run by a thread that has waited for too long. */
    private record TooLate(Overlap overlap) implements Runnable {
        @Override
        public void run() {
            overlap.end(overlap.delivery.giveUp());
        }
    }
}
