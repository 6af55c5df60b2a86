package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An application that reads what is not there yet, in every way and in a thread each. When all of them wait it opens the
 * gate, its argument, and then prints how many found the value. The value of every name is {@value #VALUE}.
 */
public final class ReadsBeforeArrival {
    public static final String VALUE = "1048576007";
    private static final long LIMIT_NANOS = 60_000_000_000L;

    /** True if the value is there. */
    private static final Map<String, Callable<Boolean>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("getProperty", () -> is(System.getProperty("a.b")));
        WAYS.put("getProperty with a default", () -> is(System.getProperty("a.b", "none")));
        WAYS.put("Integer.getInteger", () -> is(Integer.getInteger("a.b")));
        WAYS.put("Long.getLong", () -> is(Long.getLong("a.b")));
        WAYS.put("get", () -> is(all().get("a.b")));
        WAYS.put("getOrDefault", () -> is(all().getOrDefault("a.b", "none")));
        WAYS.put("containsKey", () -> all().containsKey("a.b"));
        WAYS.put("a key of a star", () -> is(System.getProperty("star.key")));
        WAYS.put("a key that a star has not", () -> System.getProperty("star.no-key") == null);
        WAYS.put("as defaults", () -> is(new Properties(all()).getProperty("a.b")));
        WAYS.put("stringPropertyNames", () -> all().stringPropertyNames().contains("a.b"));
        WAYS.put("propertyNames", () -> names(all().propertyNames()).contains(" a.b "));
        WAYS.put("keys", () -> names(all().keys()).contains(" a.b "));
        WAYS.put("elements", () -> names(all().elements()).contains(VALUE));
        WAYS.put("keySet", () -> all().keySet().contains("a.b"));
        WAYS.put("values", () -> all().values().contains(VALUE));
        WAYS.put("entrySet", () -> all().entrySet().contains(Map.entry("a.b", VALUE)));
        WAYS.put("containsValue", () -> all().containsValue(VALUE));
        WAYS.put("size", () -> all().size() > 4);
        WAYS.put("toString", () -> all().toString().contains("a.b=" + VALUE));
        WAYS.put("clone", () -> is(((Properties) all().clone()).getProperty("a.b")));
        WAYS.put("equals", () -> {
            Properties all = all();
            boolean others = all.equals(Map.of());
            // Now that the values are there, other threads set and clear properties.
            synchronized (all) {
                return !others
                        && all.equals(all.clone())
                        && all.hashCode() == all.clone().hashCode();
            }
        });
        WAYS.put("list", () -> written(out -> all().list(out)).contains("a.b="));
        WAYS.put("store", () -> written(out -> all().store(out, "")).contains("a.b=" + VALUE));
        WAYS.put("serialized", () -> {
            String bytes = written(out -> new ObjectOutputStream(out).writeObject(all()));
            return bytes.contains("java.util.Properties") && !bytes.contains("secretagent.inject");
        });
        WAYS.put("a copy", () -> {
            Properties copy = new Properties();
            copy.putAll(all());
            return is(copy.getProperty("a.b"));
        });
        WAYS.put(
                "RuntimeMXBean",
                () -> "***"
                        .equals(ManagementFactory.getRuntimeMXBean()
                                .getSystemProperties()
                                .get("a.b")));
        WAYS.put("setProperty", () -> is(System.setProperty("set", "own")) && "own".equals(System.getProperty("set")));
        WAYS.put("clearProperty", () -> is(System.clearProperty("cleared")) && System.getProperty("cleared") == null);
        WAYS.put("putIfAbsent", () -> is(all().putIfAbsent("a.b", "own")));
        WAYS.put("computeIfPresent", () -> is(all().computeIfPresent("a.b", (key, value) -> value)));
        WAYS.put("getenv", () -> is(System.getenv("A_B")));
        WAYS.put("getenv in the map", () -> is(System.getenv().get("A_B")));
        WAYS.put("getenv, containsKey", () -> System.getenv().containsKey("A_B"));
        WAYS.put("getenv, all", () -> System.getenv().entrySet().contains(Map.entry("A_B", VALUE)));
        WAYS.put(
                "ProcessBuilder.environment",
                () -> is(new ProcessBuilder().environment().get("A_B")));
        WAYS.put("a child", () -> output("cat", "/proc/self/environ").contains("A_B=" + VALUE));
    }

    public static void main(String[] gate) throws Exception {
        AtomicReference<String> failed = new AtomicReference<>(notOverridden());
        for (Map.Entry<String, Callable<Boolean>> way : WAYS.entrySet()) {
            new Thread(() -> {
                        String found;
                        try {
                            found = way.getValue().call() ? "" : " " + way.getKey();
                        } catch (Exception | LinkageError e) {
                            found = " " + way.getKey() + " (" + e + ")";
                        }
                        String more = found;
                        failed.updateAndGet(others -> others + more);
                    })
                    .start();
        }
        String jcmd = System.getProperty("java.home") + "/bin/jcmd";
        // With an environment of its own: what it would inherit is awaited, too.
        Process attached = Runtime.getRuntime()
                .exec(
                        new String[] {jcmd, "" + ProcessHandle.current().pid(), "VM.system_properties"},
                        new String[] {"LC_ALL=C"});
        awaitWaiting(WAYS.size() + 1);
        System.out.println("all wait");
        Files.createFile(Path.of(gate[0]));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon()
                    && thread != Thread.currentThread()
                    && thread.getName().startsWith("Thread-")) {
                thread.join();
            }
        }
        String jcmds = new String(attached.getInputStream().readAllBytes(), UTF_8);
        System.out.println("wrong:" + failed.get() + (jcmds.contains("a.b=***") ? "" : " jcmd"));
    }

    /** What a newer JDK may have added, and which would look at no secret. */
    private static String notOverridden() {
        StringBuilder methods = new StringBuilder();
        for (Method method : System.getProperties().getClass().getMethods()) {
            String owner = method.getDeclaringClass().getName();
            if (!owner.startsWith("io.secretagent.") && !owner.equals("java.lang.Object")) {
                methods.append(' ').append(method);
            }
        }
        return methods.toString();
    }

    /** Until as many threads wait in the agent, jcmd's among them. */
    private static void awaitWaiting(int all) {
        long end = System.nanoTime() + LIMIT_NANOS;
        int waiting = 0;
        while (waiting < all) {
            if (System.nanoTime() > end) {
                throw new AssertionError(waiting + " of " + all + " wait");
            }
            waiting = 0;
            for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
                waiting += isInTheAgent(stack) ? 1 : 0;
            }
        }
    }

    /** Waits there, or for another that waits there with the lock of the properties. */
    private static boolean isInTheAgent(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith("io.secretagent.inject.")) {
                return true;
            }
        }
        return false;
    }

    private static Properties all() {
        return System.getProperties();
    }

    private static boolean is(@Nullable Object value) {
        return String.valueOf(value).equals(VALUE);
    }

    private static String names(java.util.Enumeration<?> names) {
        StringBuilder text = new StringBuilder(" ");
        names.asIterator().forEachRemaining(name -> text.append(name).append(' '));
        return text.toString();
    }

    private interface Writing {
        void to(PrintStream out) throws IOException;
    }

    private static String written(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8);
    }

    private static String output(String... command) throws IOException {
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes(), UTF_8);
    }

    private ReadsBeforeArrival() {}
}
