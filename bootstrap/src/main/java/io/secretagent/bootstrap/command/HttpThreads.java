package io.secretagent.bootstrap.command;

/**
 * The threads in which the JDK's HTTP clients wait for the network. They stay for as long as a client is reachable, and
 * a JVM that ends while a thread is in native code waits 300 ms for it (HotSpot's {@code
 * VM_Exit::wait_for_threads_in_native_to_block}), and so does the JVM of the application, for the thread that waits for
 * this process.
 */
public final class HttpThreads {
    private static final String PREFIX = "HttpClient-";
    private static final String SUFFIX = "-SelectorManager";

    /**
     * Ends them, when no answer is awaited any more. From Java 21 on a client can be closed; before that its thread ends when
     * it is interrupted ({@code HttpClientImpl.SelectorManager.run}), which it does later, too.
     */
    public static void end() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                thread.interrupt();
            }
        }
    }

    private HttpThreads() {}
}
