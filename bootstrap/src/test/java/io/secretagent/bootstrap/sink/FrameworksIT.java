package io.secretagent.bootstrap.sink;

import static io.secretagent.bootstrap.sink.LeakMatrix.allBut;
import static io.secretagent.bootstrap.sink.Way.ARGUMENT;
import static io.secretagent.bootstrap.sink.Way.LAYOUT;
import static io.secretagent.bootstrap.sink.Way.LOGGER;
import static io.secretagent.bootstrap.sink.Way.MARKER;
import static io.secretagent.bootstrap.sink.Way.MDC;
import static io.secretagent.bootstrap.sink.Way.SUPPRESSED;
import static io.secretagent.bootstrap.sink.Way.THREAD;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The leak matrix: a JVM for each framework, each end of the range of its versions and each JDK, which logs a secret in
 * every {@link Way} to every sink. Prints what came where, and fails on one leak.
 */
class FrameworksIT {
    /** Where the build puts the frameworks, each with what it needs: none is on the class path of the tests. */
    private static final Path FRAMEWORKS = Path.of("target/frameworks");

    @TempDir
    Path folder;

    private Path logs;
    private Collector collector;

    @BeforeEach
    void sinks() throws IOException {
        logs = Files.createDirectory(folder.resolve("logs"));
        collector = new Collector();
    }

    @AfterEach
    void closeSinks() throws IOException {
        collector.close();
    }

    static List<Arguments> logback() {
        return onAll("logback-1.2", "logback-1.5");
    }

    static List<Arguments> log4j() {
        return onAll("log4j-2.17", "log4j-2.25");
    }

    static List<Arguments> log4j1() {
        return onAll("log4j-1.2", "reload4j-1.2");
    }

    static List<Arguments> tinylog() {
        return onAll("tinylog-2.0", "tinylog-2.7");
    }

    static List<Arguments> juli() {
        return onAll("juli-9", "juli-11");
    }

    static List<Arguments> jboss() {
        return onAll("jboss-logmanager-2.1", "jboss-logmanager-3.1");
    }

    static List<Arguments> toTheStreams() {
        return onAll("slf4j-simple-1.7", "slf4j-simple-2.0", "jetty-12");
    }

    @ParameterizedTest
    @MethodSource
    void logback(String framework, Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = application(framework, jdk)
                .option("-Dlogback.configurationFile=" + configuration("logback.xml"))
                .run(LogsWithSlf4j.class);

        LeakMatrix matrix = new LeakMatrix(framework + " " + jdk);
        matrix.add("console", result.out(), Set.of(Way.values()));
        for (String file : List.of("file", "prudent", "rolling", "async", "json")) {
            matrix.add(file, log(file), Set.of(Way.values()));
        }
        matrix.add("html", log("html"), allBut(LAYOUT, SUPPRESSED));
        matrix.add("socket", collector.collected(), Set.of(Way.values()));
        assertMasked(matrix, result);
    }

    @ParameterizedTest
    @MethodSource
    void log4j(String framework, Jdks.Jdk jdk) throws Exception {
        log4j(framework, jdk, "org.apache.logging.log4j.core.selector.ClassLoaderContextSelector");
    }

    @ParameterizedTest
    @MethodSource("log4j")
    void log4jWithTheDisruptor(String framework, Jdks.Jdk jdk) throws Exception {
        log4j(framework, jdk, "org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");
    }

    private void log4j(String framework, Jdks.Jdk jdk, String selector) throws Exception {
        ChildJvm.Result result = application(framework, jdk)
                .option("-Dlog4j2.configurationFile=" + configuration("log4j2.xml"))
                .option("-Dlog4j2.contextSelector=" + selector)
                .run(LogsWithSlf4j.class);

        LeakMatrix matrix = new LeakMatrix(framework + " " + jdk);
        matrix.add("console", result.out(), Set.of(Way.values()));
        for (String file :
                List.of("file", "latin", "lookup", "random", "mapped", "rolling", "rolling-random", "async")) {
            matrix.add(file, log(file), Set.of(Way.values()));
        }
        matrix.add("html", log("html"), allBut(MDC, MARKER, LAYOUT));
        matrix.add("json", log("json"), allBut(MARKER, SUPPRESSED));
        matrix.add("template", log("template"), allBut(MARKER, MDC, LAYOUT));
        matrix.add("gelf", log("gelf"), allBut(MARKER));
        matrix.add("socket", collector.collected(), allBut(MARKER, MDC, LAYOUT));
        assertMasked(matrix, result);
    }

    @ParameterizedTest
    @MethodSource
    void log4j1(String framework, Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = application(framework, jdk)
                .option("-Dlog4j.configuration=file:" + configuration("log4j.properties"))
                .run(LogsWithSlf4j.class);

        LeakMatrix matrix = new LeakMatrix(framework + " " + jdk);
        matrix.add("console", result.out(), allBut(MARKER));
        matrix.add("file", log("file"), allBut(MARKER));
        matrix.add("rolling", log("rolling"), allBut(MARKER));
        matrix.add("daily", log("daily"), allBut(MARKER, LAYOUT));
        assertMasked(matrix, result);
    }

    @ParameterizedTest
    @MethodSource
    void tinylog(String framework, Jdks.Jdk jdk) throws Exception {
        boolean json = !framework.endsWith(".0");
        String configuration = json ? "tinylog-json.properties" : "tinylog.properties";
        ChildJvm.Result result = application(framework, jdk)
                .option("-Dtinylog.configuration=" + configuration(configuration))
                .run(LogsWithSlf4j.class);

        LeakMatrix matrix = new LeakMatrix(framework + " " + jdk);
        matrix.add("console", result.out() + result.err(), allBut(LOGGER, SUPPRESSED));
        matrix.add("file", log("file"), allBut(LOGGER, SUPPRESSED));
        matrix.add("rolling", log("rolling.0"), allBut(LOGGER, SUPPRESSED));
        matrix.add("shared", log("shared"), allBut(LOGGER, SUPPRESSED));
        if (json) {
            matrix.add("json", log("json"), allBut(LOGGER, SUPPRESSED, MARKER, LAYOUT));
        }
        assertMasked(matrix, result);
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void jul(Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = new Canary(folder)
                .child(jdk)
                .option("-Dlogs=" + logs)
                .run(LogsWithJul.class, Integer.toString(collector.port()));

        LeakMatrix matrix = new LeakMatrix("jul " + jdk);
        matrix.add("console", result.err(), allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER));
        matrix.add("simple", log("simple"), allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER));
        matrix.add("xml", log("xml"), allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER, SUPPRESSED, Way.CAUSE));
        matrix.add("own", log("own"), Set.of(Way.MESSAGE, ARGUMENT, LAYOUT));
        matrix.add("socket", collector.collected(), allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER, SUPPRESSED, Way.CAUSE));
        assertMasked(matrix, result);
    }

    @ParameterizedTest
    @MethodSource
    void juli(String framework, Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = application(framework, jdk)
                .option("-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager")
                .option("-Djava.util.logging.config.file=" + configuration("juli.properties"))
                .run(LogsWithJul.class);

        LeakMatrix matrix = new LeakMatrix(framework + " " + jdk);
        Set<Way> shown = allBut(LAYOUT, MDC, MARKER, LOGGER, THREAD);
        matrix.add("console", result.err(), shown);
        for (String file : List.of("file", "plain")) {
            matrix.add(file, logStartingWith(file), shown);
        }
        assertMasked(matrix, result);
    }

    @ParameterizedTest
    @MethodSource
    void jboss(String framework, Jdks.Jdk jdk) throws Exception {
        ChildJvm.Result result = application(framework, jdk)
                .option("-Djava.util.logging.manager=org.jboss.logmanager.LogManager")
                .option("-Dlogging.configuration=file:" + configuration("jboss.properties"))
                .run(LogsWithJul.class);

        LeakMatrix matrix = new LeakMatrix(framework + " " + jdk);
        matrix.add("console", result.out(), allBut(MDC, MARKER));
        matrix.add("file", log("file"), allBut(MDC, MARKER));
        matrix.add("rolling", log("rolling"), allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER));
        matrix.add("socket", collector.collected(), allBut(MDC, MARKER));
        assertMasked(matrix, result);
    }

    /** Frameworks that have no rule: they write to the standard streams. */
    @ParameterizedTest
    @MethodSource
    void toTheStreams(String framework, Jdks.Jdk jdk) throws Exception {
        // It shortens names in the middle of words: six characters of a value are left then, too few to know it by.
        boolean shortensNames = framework.startsWith("jetty");
        ChildJvm child = application(framework, jdk);
        ChildJvm.Result result =
                shortensNames ? child.run(LogsToTheStreams.class, "no-names") : child.run(LogsToTheStreams.class);

        LeakMatrix matrix = new LeakMatrix(framework + " " + jdk);
        Set<Way> shown = shortensNames ? allBut(LAYOUT, MDC, MARKER, LOGGER) : allBut(LAYOUT, MDC, MARKER);
        matrix.add("streams", result.out() + result.err(), shown);
        assertThat(result.err() + result.out()).contains("system-logger-***");
        assertMasked(matrix, result);
    }

    private ChildJvm application(String framework, Jdks.Jdk jdk) throws IOException {
        ChildJvm child = new Canary(folder).child(jdk).option("-Dlogs=" + logs).option("-Dport=" + collector.port());
        try (Stream<Path> jars = Files.list(FRAMEWORKS.resolve(framework))) {
            jars.forEach(child::classPath);
        }
        return child;
    }

    private Path configuration(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FrameworksIT.class.getResourceAsStream(name))) {
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private String log(String name) throws IOException {
        return Files.readString(logs.resolve(name + ".log"), ISO_8859_1);
    }

    /** Of a name with a date in it. */
    private String logStartingWith(String name) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            Path file = files.filter(path -> path.getFileName().toString().startsWith(name))
                    .findAny()
                    .orElseThrow();
            return Files.readString(file, ISO_8859_1);
        }
    }

    private void assertMasked(LeakMatrix matrix, ChildJvm.Result result) throws IOException {
        System.out.println(matrix);
        Canary.isNowhere(result, logs);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("is not masked").doesNotContain("may log unmasked");
        assertThat(matrix.failures()).as(matrix + "\n" + result.err()).isEmpty();
    }

    private static List<Arguments> onAll(String... frameworks) {
        return Stream.of(frameworks)
                .flatMap(framework -> Jdks.all().stream().map(jdk -> Arguments.of(framework, jdk)))
                .toList();
    }
}
