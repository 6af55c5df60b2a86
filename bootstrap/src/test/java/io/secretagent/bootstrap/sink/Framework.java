package io.secretagent.bootstrap.sink;

import static io.secretagent.bootstrap.sink.LeakMatrix.allBut;
import static io.secretagent.bootstrap.sink.Way.ARGUMENT;
import static io.secretagent.bootstrap.sink.Way.CAUSE;
import static io.secretagent.bootstrap.sink.Way.EXCEPTION;
import static io.secretagent.bootstrap.sink.Way.LAYOUT;
import static io.secretagent.bootstrap.sink.Way.LOGGER;
import static io.secretagent.bootstrap.sink.Way.MARKER;
import static io.secretagent.bootstrap.sink.Way.MDC;
import static io.secretagent.bootstrap.sink.Way.MESSAGE;
import static io.secretagent.bootstrap.sink.Way.SUPPRESSED;
import static io.secretagent.bootstrap.sink.Way.THREAD;

import io.secretagent.bootstrap.sink.Sink.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The table of the leak matrix: the frameworks, the versions of each, and the sinks that it is configured with. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies that cannot be changed
enum Framework {
    LOGBACK(
            List.of("logback-1.2", "logback-1.5"),
            LogsWithSlf4j.class,
            List.of("-Dlogback.configurationFile=logback.xml"),
            List.of("events", "served"),
            sinks(Source.OUT, all(), "console"),
            sinks(Source.FILE, all(), "file", "prudent", "rolling", "async", "json"),
            sinks(Source.FILE, allBut(LAYOUT, SUPPRESSED), "html"),
            sinks(Source.WIDE, all(), "wide"),
            sinks(Source.SOCKET, all(), "socket"),
            sinks(Source.EVENTS, allBut(LAYOUT), "events", "served"),
            sinks(Source.DATAGRAMS, allBut(SUPPRESSED), "syslog"),
            sinks(Source.MORE_DATAGRAMS, all(), "udp"),
            sinks(Source.MAIL, all(), "mail")),
    /** Encoders, layouts and appenders of others. */
    LOGBACK_OTHERS(
            List.of("others.logback-1.5"),
            LogsWithSlf4j.class,
            List.of("-Dlogback.configurationFile=logback-others.xml"),
            List.of(),
            sinks(Source.SOCKET, all(), "gelf-tcp"),
            sinks(Source.DATAGRAMS, all(), "gelf-udp"),
            sinks(Source.HTTP, all(), "loki"),
            sinks(Source.MORE_DATAGRAMS, all(), "logstash-gelf"),
            sinks(Source.FILE, allBut(LAYOUT), "ecs")),
    /** Whose labels moved. */
    LOKI4J(
            List.of("others.loki4j-2.0"),
            LogsWithSlf4j.class,
            List.of("-Dlogback.configurationFile=logback-loki4j.xml"),
            List.of(),
            sinks(Source.HTTP, all(), "loki")),
    LOG4J_2_OTHERS(
            List.of("others.log4j-2.25"),
            LogsWithSlf4j.class,
            List.of("-Dlog4j2.configurationFile=log4j2-others.xml"),
            List.of(),
            sinks(Source.SOCKET, all(), "logstash-gelf"),
            sinks(Source.MAIL, allBut(MDC, MARKER), "mail"),
            sinks(Source.FILE, all(), "ecs")),
    LOGBACK_DATABASE(
            List.of("logback-1.2"),
            LogsWithSlf4j.class,
            List.of("-Dlogback.configurationFile=logback-database.xml"),
            List.of("database"),
            sinks(Source.FILE, allBut(LAYOUT, MARKER, SUPPRESSED), "database")),
    LOG4J_2(
            List.of("log4j-2.17", "log4j-2.25"),
            LogsWithSlf4j.class,
            log4j("org.apache.logging.log4j.core.selector.ClassLoaderContextSelector"),
            List.of("events", "database"),
            log4jSinks()),
    LOG4J_2_DISRUPTOR(
            List.of("log4j-2.17", "log4j-2.25"),
            LogsWithSlf4j.class,
            log4j("org.apache.logging.log4j.core.async.AsyncLoggerContextSelector"),
            List.of("events", "database"),
            log4jSinks()),
    LOG4J_1(
            List.of("log4j-1.2", "reload4j-1.2"),
            LogsWithSlf4j.class,
            List.of("-Dlog4j.configuration=file:log4j.properties"),
            List.of("events", "served", "hub", "database"),
            sinks(Source.OUT, allBut(MARKER), "console"),
            sinks(Source.FILE, allBut(MARKER), "file", "rolling", "served"),
            sinks(Source.FILE, allBut(MARKER, LAYOUT), "daily"),
            sinks(Source.FILE, allBut(MARKER, EXCEPTION, CAUSE, SUPPRESSED), "database"),
            sinks(Source.EVENTS, allBut(MARKER, LAYOUT), "events", "hub"),
            sinks(Source.DATAGRAMS, allBut(MARKER), "syslog"),
            sinks(Source.MAIL, allBut(MARKER), "mail")),
    TINYLOG(
            List.of("tinylog-2.0"),
            LogsWithSlf4j.class,
            List.of("-Dtinylog.configuration=tinylog.properties"),
            List.of("database"),
            tinylogSinks()),
    TINYLOG_JSON(
            List.of("tinylog-2.7"),
            LogsWithSlf4j.class,
            List.of("-Dtinylog.configuration=tinylog-json.properties"),
            List.of("database"),
            tinylogSinks(),
            sinks(Source.FILE, allBut(LOGGER, SUPPRESSED, MARKER, LAYOUT), "json")),
    JULI(
            List.of("juli-9", "juli-11"),
            LogsWithJul.class,
            List.of(
                    "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                    "-Djava.util.logging.config.file=juli.properties"),
            List.of("async"),
            sinks(Source.STREAMS, allBut(LAYOUT, MDC, MARKER, LOGGER, THREAD), "console"),
            sinks(Source.FILE, allBut(LAYOUT, MDC, MARKER, LOGGER, THREAD), "file", "plain"),
            sinks(Source.FILE, allBut(LAYOUT, MDC, MARKER, LOGGER, THREAD, SUPPRESSED), "async")),
    JBOSS(
            List.of("jboss-logmanager-2.1", "jboss-logmanager-3.1"),
            LogsWithJul.class,
            List.of(
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-Dlogging.configuration=file:jboss.properties"),
            List.of("async"),
            sinks(Source.OUT, allBut(MDC, MARKER), "console"),
            sinks(Source.FILE, allBut(MDC, MARKER), "file", "async"),
            sinks(Source.FILE, allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER), "rolling"),
            sinks(Source.SOCKET, allBut(MDC, MARKER), "socket"),
            sinks(Source.DATAGRAMS, allBut(MDC, MARKER), "syslog")),
    JUL(
            List.of(""),
            LogsWithJul.class,
            List.of("-Dhandlers=own"),
            List.of(),
            sinks(Source.STREAMS, allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER), "console"),
            sinks(Source.FILE, allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER), "simple"),
            sinks(Source.FILE, allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER, SUPPRESSED, CAUSE), "xml"),
            sinks(Source.FILE, EnumSet.of(MESSAGE, ARGUMENT, LAYOUT), "own"),
            sinks(Source.SOCKET, allBut(LAYOUT, MDC, MARKER, THREAD, LOGGER, SUPPRESSED, CAUSE), "socket")),
    /** Frameworks that have no rule: they write to the standard streams. */
    STREAMS(
            List.of("slf4j-simple-1.7", "slf4j-simple-2.0"),
            LogsToTheStreams.class,
            List.of(),
            List.of(),
            sinks(Source.STREAMS, allBut(LAYOUT, MDC, MARKER), "streams")),
    /** It shortens names in the middle of words: six characters of a value are left then, too few to know it by. */
    JETTY(
            List.of("jetty-12"),
            LogsToTheStreams.class,
            List.of("-Dnames=none"),
            List.of(),
            sinks(Source.STREAMS, allBut(LAYOUT, MDC, MARKER, LOGGER), "streams"));

    /** The names of the folders that have the jars. */
    final List<String> versions;

    final Class<?> application;

    /** Of the JVM; each may end in the name of a configuration beside this class. */
    final List<String> options;

    final List<Sink> sinks;

    @SafeVarargs
    Framework(
            List<String> versions,
            Class<?> application,
            List<String> options,
            List<String> endsInside,
            List<Sink>... sinks) {
        this.versions = versions;
        this.application = application;
        List<String> all = new ArrayList<>(options);
        all.add("-Dends=" + String.join(",", endsInside));
        this.options = List.copyOf(all);
        List<Sink> allSinks = new ArrayList<>();
        for (List<Sink> some : sinks) {
            allSinks.addAll(some);
        }
        this.sinks = List.copyOf(allSinks);
    }

    private static List<String> log4j(String selector) {
        return List.of("-Dlog4j2.contextSelector=" + selector, "-Dlog4j2.configurationFile=log4j2.xml");
    }

    private static List<Sink> log4jSinks() {
        return Stream.of(
                        sinks(Source.OUT, all(), "console"),
                        sinks(
                                Source.FILE,
                                all(),
                                "file",
                                "cut",
                                "latin",
                                "lookup",
                                "random",
                                "mapped",
                                "rolling",
                                "rolling-random",
                                "async",
                                "database"),
                        sinks(Source.WIDE, all(), "wide"),
                        sinks(Source.FILE, allBut(MDC, MARKER, LAYOUT), "html"),
                        sinks(Source.FILE, allBut(MARKER, SUPPRESSED), "json"),
                        sinks(Source.FILE, allBut(MARKER, MDC, LAYOUT), "template"),
                        sinks(Source.FILE, allBut(MARKER), "gelf"),
                        sinks(Source.SOCKET, allBut(MARKER, MDC, LAYOUT), "socket"),
                        // Its events cannot be read when their context has a secret; the file must not show one.
                        sinks(Source.DATAGRAMS, allBut(MARKER, LOGGER, THREAD, LAYOUT), "syslog"),
                        sinks(Source.HTTP, all(), "http"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Sink> tinylogSinks() {
        return Stream.of(
                        sinks(Source.STREAMS, allBut(LOGGER, SUPPRESSED), "console"),
                        sinks(Source.FILE, allBut(LOGGER, SUPPRESSED), "file", "rolling", "shared", "database"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Sink> sinks(Source source, Set<Way> shown, String... names) {
        return Arrays.stream(names).map(name -> new Sink(name, source, shown)).toList();
    }

    private static Set<Way> all() {
        return EnumSet.allOf(Way.class);
    }
}
