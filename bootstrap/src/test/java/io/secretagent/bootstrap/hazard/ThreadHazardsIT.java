package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Compiler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Store;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads, and what they load side by side. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class ThreadHazardsIT {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** On one carrier: a thread that is pinned while it waits for another would never go on. */
    private static final String VIRTUAL = """
            public class Virtual {
                public static void main(String[] arguments) throws Exception {
                    Thread[] threads = new Thread[500];
                    for (int i = 0; i < threads.length; i++) {
                        threads[i] = Thread.ofVirtual().start(() -> {
                            for (int line = 0; line < 20; line++) {
                                System.out.println("line " + System.getProperty("api.key"));
                                Thread.yield();
                            }
                        });
                    }
                    for (Thread thread : threads) {
                        thread.join();
                    }
                }
            }
            """;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    ThreadHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", "canary-3d62-threads");
    }

    @Test
    void theJvmEndsWhenMainEndsAndNoThreadOfOursIsLeft() throws Exception {
        assertThat(child().run(WaitsForOurs.class)).isEqualTo(new ChildJvm.Result(0, "gone\n", ""));
    }

    @Test
    void virtualThreadsAreNotPinnedByMasking() throws Exception {
        Assumptions.assumeTrue(jdk.feature() >= FIRST_WITH_VIRTUAL_THREADS, "JEP 444 came with JDK 21");
        Path classes = new Compiler(jdk, folder).classes("Virtual", VIRTUAL);
        ChildJvm child = child().option("-Djdk.virtualThreadScheduler.parallelism=1")
                .option("-Djdk.virtualThreadScheduler.maxPoolSize=1");
        assertThat(child.run("-cp", classes.toString(), "Virtual"))
                .isEqualTo(new ChildJvm.Result(0, "line ***\n".repeat(10_000), ""));
    }

    /** What agents have made the JVM define while it defined it: byte-buddy#1666 and its like. */
    @Test
    void classesAreNotLoadedInCircles() throws Exception {
        assertThat(child().run(LoadsSideBySide.class)).isEqualTo(new ChildJvm.Result(0, "32 of 32\n", ""));
    }

    /** The documented exception: the JDK's own Process takes the common pool, in whoever starts one. */
    @Test
    void theCommonPoolIsSetUpOnTheCommandLine() throws Exception {
        String property = "java.util.concurrent.ForkJoinPool.common.parallelism";
        assertThat(child().option("-D" + property + "=7").run(ShowsCommonPool.class))
                .isEqualTo(new ChildJvm.Result(0, "7\n", ""));
    }

    private ChildJvm child() throws Exception {
        return store.child(jdk, "API_KEY: api.key");
    }

    static final class WaitsForOurs {
        public static void main(String[] arguments) {
            long end = System.nanoTime() + 20_000_000_000L;
            Set<String> ours = ours();
            while (!ours.isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
                ours = ours();
            }
            System.out.println(ours.isEmpty() ? "gone" : "left: " + ours);
        }

        private static Set<String> ours() {
            Set<String> names = new TreeSet<>();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().contains("secret")) {
                    names.add(thread.getName());
                }
            }
            return names;
        }
    }

    static final class ShowsCommonPool {
        public static void main(String[] arguments) {
            System.out.println(ForkJoinPool.getCommonPoolParallelism());
        }
    }

    static final class LoadsSideBySide {
        public static void main(String[] arguments) throws Exception {
            CountDownLatch start = new CountDownLatch(1);
            List<Integer> done = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                int number = i;
                Thread thread = new Thread(() -> use(number, start, done));
                thread.start();
                threads.add(thread);
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println(done.size() + " of " + threads.size());
        }

        private static void use(int number, CountDownLatch start, List<Integer> done) {
            try {
                start.await();
            } catch (InterruptedException e) {
                return;
            }
            String text = MessageFormat.format(
                    "{0} {1}", number, ThreadLocalRandom.current().nextInt(9));
            Runnable add = () -> {
                synchronized (done) {
                    done.add(text.isEmpty() ? 0 : 1);
                }
            };
            add.run();
            System.err.print(String.format("%s", text).substring(0, 0));
        }
    }
}
