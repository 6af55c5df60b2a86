package io.secretagent.thread;

/**
 * A daemon thread that may live as long as the application, and inherits nothing of it from the thread that starts it: no
 * loader, no thread-locals, no group that it may close.
 */
public final class GuestThread {

    /** The thread, not started. */
    public static Thread of(Runnable work, String name) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread thread = new Thread(group, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private GuestThread() {}
}
