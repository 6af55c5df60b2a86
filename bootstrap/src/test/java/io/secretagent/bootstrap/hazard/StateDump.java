package io.secretagent.bootstrap.hazard;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import javax.management.MBeanServerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Prints what a JVM is like at the first line of {@code main}, a line a thing. What looking changes comes last. */
final class StateDump {
    /** So that private fields can be looked at. */
    static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/javax.net.ssl=ALL-UNNAMED",
            "--add-opens=java.base/sun.net=ALL-UNNAMED");

    public static void main(String[] arguments) throws Exception {
        say("threads", threads());
        say("native libraries", nativeLibraries());
        say("open files", openFiles());
        say("system properties", System.getProperties().getClass());
        for (Map.Entry<Object, Object> property : new TreeMap<>(System.getProperties()).entrySet()) {
            say("property " + property.getKey(), property.getValue());
        }
        for (Map.Entry<String, String> variable : new TreeMap<>(System.getenv()).entrySet()) {
            say("variable " + variable.getKey(), variable.getValue());
        }
        say("environment", System.getenv().getClass());
        say("streams", System.in.getClass() + " " + System.out.getClass() + " " + System.err.getClass());
        say("console", System.console());
        say(
                "main thread",
                Thread.currentThread().getName()
                        + Thread.currentThread().getContextClassLoader().getClass());
        say("uncaught exceptions", Thread.getDefaultUncaughtExceptionHandler());
        say(
                "modules",
                new TreeSet<>(ModuleLayer.boot().modules().stream()
                        .map(Module::getName)
                        .toList()));
        say("default SSLContext", field(SSLContext.class, "defaultContext"));
        say("time zone", field(java.util.TimeZone.class, "defaultTimeZone"));
        say("URL handlers' factory", field(URL.class, "factory"));
        say("DNS policy", field(Class.forName("sun.net.InetAddressCachePolicy"), "cachePolicy"));
        say("MBean servers", MBeanServerFactory.findMBeanServer(null));
        say("files", FileSystems.getDefault().getClass());
        say("security providers", Arrays.toString(Security.getProviders()));
        say("LoggerFinder", System.LoggerFinder.getLoggerFinder().getClass());
        say("LogManager", LogManager.getLogManager().getClass());
        say("MBeans", new TreeSet<>(ManagementFactory.getPlatformMBeanServer().queryNames(null, null)));
        say("common pool", ForkJoinPool.commonPool().getFactory().getClass());
    }

    private static void say(String what, @Nullable Object value) {
        System.out.println(what + ": " + String.valueOf(value).replace("\n", "\\n"));
    }

    /** But for the JDK's, with which each process that is started leaves a thread. */
    private static List<String> threads() {
        List<String> threads = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().startsWith("process reaper")) {
                threads.add(thread.getName() + (thread.isDaemon() ? " daemon " : " ") + thread.getPriority());
            }
        }
        threads.sort(null);
        return threads;
    }

    private static List<String> nativeLibraries() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.endsWith(".so"))
                    .map(line -> line.substring(line.lastIndexOf('/')))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** But for jars, of which the JVM keeps an agent's open. */
    private static List<String> openFiles() throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.exists(descriptor)) {
                    String file = Files.readSymbolicLink(descriptor).toString();
                    if (!file.endsWith(".jar") && !file.startsWith("/proc/")) {
                        files.add(file.replaceAll("[0-9]+", "N"));
                    }
                }
            }
        }
        files.sort(null);
        return files;
    }

    private static @Nullable Object field(Class<?> type, String name) throws IllegalAccessException {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        } catch (NoSuchFieldException e) {
            return "no such field in this JDK";
        }
    }

    private StateDump() {}
}
