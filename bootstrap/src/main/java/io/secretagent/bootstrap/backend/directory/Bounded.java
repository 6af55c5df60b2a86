package io.secretagent.bootstrap.backend.directory;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on files, waited for until the deadline and no longer. Between the look at a file and its opening a FIFO can take
 * its place, and a volume can hang; nothing in Java opens without waiting, or ends the wait.
 */
final class Bounded {

    /**
     * Does it on a thread that can be left behind.
     *
     * @param folder as people are told
     * @throws BackendException the work's own, or that the time was over
     */
    static <T> T within(Deadline deadline, Folder folder, Callable<T> work) throws BackendException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "directory");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof BackendException known ? known : new BackendException(Failure.defect(cause), cause);
        } catch (TimeoutException e) {
            throw late(folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late(folder, e);
        }
    }

    private static BackendException late(Folder folder, Exception cause) {
        return new BackendException(
                new Failure(
                        Failure.Kind.TIMED_OUT,
                        "the files in " + folder + " could not be opened and read before the timeout",
                        "check the volume, and that no pipe is put in a file's place, or raise timeout:"),
                cause);
    }

    private Bounded() {}
}
