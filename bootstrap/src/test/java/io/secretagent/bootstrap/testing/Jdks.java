package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The JDKs that child JVMs are tested on: this one, and the newest other feature release that is installed
 * ({@code SECRET_AGENT_TEST_JDK}, else a neighbour of this one's folder).
 */
public final class Jdks {

    /** A JDK on this machine. */
    public record Jdk(int feature, Path home) {
        public Path java() {
            return home.resolve("bin/java");
        }

        public Path tool(String name) {
            return home.resolve("bin").resolve(name);
        }

        @Override
        public String toString() {
            return "JDK " + feature;
        }
    }

    private static final List<Jdk> ALL = find();

    /** Every JDK to test on; for {@code @MethodSource}. */
    public static List<Jdk> all() {
        return ALL;
    }

    /** Each version of something on each of them; for {@code @MethodSource}. */
    public static List<Arguments> each(String... versions) {
        return Stream.of(versions)
                .flatMap(version -> ALL.stream().map(jdk -> Arguments.of(version, jdk)))
                .toList();
    }

    /** The JDK that runs the tests. */
    public static Jdk current() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    private static List<Jdk> find() {
        Jdk current = current();
        TreeMap<Integer, Jdk> found = new TreeMap<>();
        String set = System.getenv("SECRET_AGENT_TEST_JDK");
        if (set != null) {
            add(found, Path.of(set));
        } else if (current.home().getParent() != null) {
            try (Stream<Path> neighbours = Files.list(current.home().getParent())) {
                neighbours.forEach(home -> add(found, home));
            } catch (IOException e) {
                System.err.println("SKIPPED: no folder of JDKs to look for a second one in: " + e.getMessage());
            }
        }
        found.remove(current.feature());
        List<Jdk> all = new ArrayList<>(List.of(current));
        if (found.isEmpty()) {
            System.err.println("SKIPPED: no second JDK was found beside " + current.home()
                    + "; set SECRET_AGENT_TEST_JDK to test on one");
        } else {
            all.add(found.lastEntry().getValue());
        }
        return List.copyOf(all);
    }

    private static void add(Map<Integer, Jdk> found, Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(release)) {
                if (line.startsWith("JAVA_VERSION=")) {
                    int feature = Runtime.Version.parse(
                                    line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                            .feature();
                    if (feature >= 17) {
                        found.put(feature, new Jdk(feature, home));
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("SKIPPED: cannot tell the version of the JDK in " + home);
        }
    }

    private Jdks() {}
}
