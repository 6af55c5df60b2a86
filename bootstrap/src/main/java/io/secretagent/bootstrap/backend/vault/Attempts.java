package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Retry;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The attempts of one fetch. They remember the last fault, which says more than that the time was over. */
final class Attempts {
    private final Deadline deadline;
    private final URI address;
    private volatile @Nullable Failure last;

    Attempts(Deadline deadline, URI address) {
        this.deadline = deadline;
        this.address = address;
    }

    Deadline deadline() {
        return deadline;
    }

    <T> T repeat(Retry.Call<T> call) throws BackendException {
        return Retry.within(deadline, () -> {
            try {
                return call.call();
            } catch (BackendException e) {
                if (deadline.hasPassed()) {
                    // The attempt was cut short, which says nothing of the server.
                    throw new BackendException(timedOut(), e);
                }
                if (e.failure().kind().isTransient()) {
                    last = e.failure();
                }
                throw e;
            }
        });
    }

    /** Why the deadline passed. */
    Failure timedOut() {
        Failure fault = last;
        return fault == null ? Fault.timedOut(address) : fault;
    }
}
