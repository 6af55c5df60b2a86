package io.secretagent.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule changes the class that it names, in every version that is tested: an upgrade which renames a method fails
 * here and not in somebody's log.
 */
class RulesIT {
    private static final Path FRAMEWORKS = Path.of("target/frameworks");
    private static final Path ACTUATOR = Path.of("target/actuator");
    private static final String LOGGING = "java.logging";

    static List<Path> frameworks() throws IOException {
        try (Stream<Path> versions = Files.list(FRAMEWORKS);
                Stream<Path> actuators = Files.list(ACTUATOR)) {
            return Stream.concat(versions, actuators)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("frameworks")
    void holdsInEachVersionOfAFramework(Path framework) throws IOException {
        try (URLClassLoader jars = new URLClassLoader(jars(framework), null)) {
            List<Rule> without = new ArrayList<>();
            for (Rule rule : Rules.everywhere()) {
                byte[] type = type(jars, rule);
                if (type != null && !changes(rule, type)) {
                    without.add(rule);
                }
            }
            assertThat(without).as("rules that change nothing in " + framework).isEmpty();
        }
    }

    /** Of those that are told as unknown if nothing of them is rewritten. */
    @ParameterizedTest
    @MethodSource("frameworks")
    void rewritesEachClassThatIsNamed(Path framework) throws IOException {
        try (URLClassLoader jars = new URLClassLoader(jars(framework), null)) {
            List<String> unruled = new ArrayList<>();
            for (Map.Entry<String, List<Rule>> rules : Rules.byType().entrySet()) {
                byte[] type = type(jars, rules.getValue().get(0));
                if (type != null
                        && !Rules.UNRULED_IN_SOME_VERSIONS.contains(rules.getKey())
                        && Weaver.weave(type, rules.getValue()) == null) {
                    unruled.add(rules.getKey());
                }
            }
            assertThat(unruled)
                    .as("classes of " + framework + " that no rule changes")
                    .isEmpty();
        }
    }

    @Test
    void holdsInOneVersionAtLeast() throws IOException {
        Set<Rule> without = new HashSet<>(Rules.everywhere());
        without.addAll(Rules.inSomeVersions());
        without.removeIf(rule -> isOfTheJdk(rule.type()));
        for (Path framework : frameworks()) {
            try (URLClassLoader jars = new URLClassLoader(jars(framework), null)) {
                for (Rule rule : List.copyOf(without)) {
                    byte[] type = type(jars, rule);
                    if (type != null && changes(rule, type)) {
                        without.remove(rule);
                    }
                }
            }
        }
        assertThat(without).as("rules that change nothing").isEmpty();
    }

    /** A class may come with a version, but must not go with one. */
    @Test
    void namesNoClassThatTheNewestVersionHasNot() throws IOException {
        List<String> gone = new ArrayList<>();
        List<Path> frameworks = frameworks();
        for (int i = 1; i < frameworks.size(); i++) {
            Path older = frameworks.get(i - 1);
            Path newer = frameworks.get(i);
            if (name(older).equals(name(newer))) {
                try (URLClassLoader olderJars = new URLClassLoader(jars(older), null);
                        URLClassLoader newerJars = new URLClassLoader(jars(newer), null)) {
                    for (Rule rule : Rules.everywhere()) {
                        if (type(olderJars, rule) != null && type(newerJars, rule) == null) {
                            gone.add(rule.type() + " with " + newer);
                        }
                    }
                }
            }
        }
        assertThat(gone).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void holdsInTheJdk(Jdks.Jdk jdk) throws IOException {
        try (FileSystem image = FileSystems.newFileSystem(
                URI.create("jrt:/"), Map.of("java.home", jdk.home().toString()))) {
            List<Rule> without = new ArrayList<>();
            List<Rule> rules = Rules.everywhere();
            rules.addAll(EnvironmentRules.of(true));
            for (Rule rule : rules) {
                if (isOfTheJdk(rule.type()) && !changes(rule, type(image, rule))) {
                    without.add(rule);
                }
            }
            assertThat(without).as("rules that change nothing in " + jdk).isEmpty();
        }
    }

    private static boolean changes(Rule rule, byte[] type) {
        return Weaver.weave(type, List.of(rule)) != null;
    }

    private static boolean isOfTheJdk(String type) {
        return type.startsWith("java/") || type.startsWith("jdk/") || type.startsWith("sun/");
    }

    /** Without the version; but Log4j 2 is another framework than Log4j 1, and so is tinylog. */
    private static String name(Path framework) {
        String name = framework.getFileName().toString();
        if (name.equals("log4j-1.2") || name.equals("tinylog-1.3")) {
            return name;
        }
        return name.substring(0, Math.max(0, name.lastIndexOf('-')));
    }

    private static URL[] jars(Path framework) throws IOException {
        try (Stream<Path> jars = Files.list(framework)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : jars.toList()) {
                urls.add(jar.toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }
    }

    private static byte @Nullable [] type(URLClassLoader jars, Rule rule) throws IOException {
        URL found = jars.findResource(rule.type() + ".class");
        if (found == null) {
            return null; // of another framework
        }
        try (InputStream in = found.openStream()) {
            return in.readAllBytes();
        }
    }

    private static byte[] type(FileSystem image, Rule rule) throws IOException {
        for (String module : List.of("java.base", LOGGING, "java.management", "java.sql")) {
            Path type = image.getPath("modules", module, rule.type() + ".class");
            if (Files.exists(type)) {
                return Files.readAllBytes(type);
            }
        }
        throw new IOException("there is no " + rule.type());
    }
}
