package io.secretagent.bootstrap.fire;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An application under load: threads that log every property in turn, as {@code line THREAD NUMBER TEXT}, and one that
 * prints {@code seen NUMBER STAMP} for each of them (the value's last word, the time at which it was stored), and {@code
 * state HEAP THREADS} after a collection. It ends when its input does.
 */
public final class Endures {
    private static final Logger LOG = Logger.getLogger("load");
    private static final long PAUSE_NANOS = 4_000_000;
    /** Of the store, over which the secrets are spread. */
    static final int PATHS = 20;

    private static volatile boolean over;

    /** How many properties there are, and how many threads. */
    public static void main(String[] arguments) throws Exception {
        int secrets = Integer.parseInt(arguments[0]);
        Thread[] threads = new Thread[Integer.parseInt(arguments[1])];
        for (int i = 0; i < threads.length; i++) {
            int thread = i;
            threads[i] = new Thread(() -> log(thread, secrets), "load-" + i);
            threads[i].start();
        }
        System.out.println("lives");
        Thread end = new Thread(Endures::awaitEnd, "end");
        end.start();
        while (!over) {
            for (int i = 0; i < secrets; i++) {
                String value = System.getProperty(name(i));
                System.out.println("seen " + i + " " + value.substring(value.lastIndexOf(' ') + 1));
            }
            System.gc();
            String state = "state "
                    + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " "
                    + ManagementFactory.getThreadMXBean().getThreadCount();
            if (!over) { // else the threads that log may have been ending
                System.out.println(state);
            }
            LockSupport.parkNanos(1_000_000_000);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("ends");
    }

    /** Where the secret with this number is. */
    static String name(int secret) {
        return "p" + secret % PATHS + "." + secret;
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // It ends with its input.
            }
        } catch (IOException e) {
            // An end too.
        }
        over = true;
    }

    private static void log(int thread, int secrets) {
        for (int i = 0; !over; i++) {
            String value = System.getProperty(name((i * 31 + thread) % secrets));
            System.out.println("line " + thread + " " + i + " " + value);
            if (i % 16 == 0) {
                LOG.log(Level.INFO, "the value is {0}", value);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Endures() {}
}
