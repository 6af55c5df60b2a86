package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is posted to services that collect exceptions and traces. */
class ReportsIT {
    private static final String ROLLBAR = """
            import com.rollbar.notifier.Rollbar;
            import com.rollbar.notifier.config.ConfigBuilder;
            import java.util.Map;

            public class Own {
                public static void main(String[] url) throws Exception {
                    String secret = System.getProperty("canary");
                    Rollbar rollbar = new Rollbar(ConfigBuilder.withAccessToken("x").endpoint(url[0]).build());
                    rollbar.error(
                            new IllegalStateException("exception-" + secret, new Exception("cause-" + secret)),
                            Map.of("k", "value-" + secret),
                            "message-" + secret);
                    rollbar.close(true);
                }
            }
            """;

    private static final String BUGSNAG = """
            import com.bugsnag.Bugsnag;
            import com.bugsnag.delivery.SyncHttpDelivery;

            public class Own {
                public static void main(String[] url) throws Exception {
                    String secret = System.getProperty("canary");
                    Bugsnag bugsnag = new Bugsnag("0123456789abcdef0123456789abcdef", false);
                    bugsnag.setDelivery(new SyncHttpDelivery(url[0]));
                    bugsnag.notify(
                            new IllegalStateException("exception-" + secret, new Exception("cause-" + secret)),
                            report -> {
                                report.addToTab("tab", "k", "value-" + secret);
                                report.setContext("message-" + secret);
                            });
                    bugsnag.close();
                }
            }
            """;

    private static final String BRAVE = """
            import brave.*;
            import zipkin2.reporter.brave.AsyncZipkinSpanHandler;
            import zipkin2.reporter.urlconnection.URLConnectionSender;

            public class Own {
                public static void main(String[] url) throws Exception {
                    String secret = System.getProperty("canary");
                    URLConnectionSender sender = URLConnectionSender.create(url[0] + "/api/v2/spans");
                    AsyncZipkinSpanHandler handler = AsyncZipkinSpanHandler.create(sender);
                    Tracing tracing = Tracing.newBuilder().addSpanHandler(handler).build();
                    tracing.tracer().nextSpan().name("message-" + secret).start()
                            .tag("k", "value-" + secret)
                            .annotate("cause-" + secret)
                            .error(new IllegalStateException("exception-" + secret))
                            .finish();
                    handler.flush();
                    tracing.close();
                    handler.close();
                    sender.close();
                }
            }
            """;

    private static final String TRACED = """
            import org.slf4j.LoggerFactory;

            public class Own {
                static void work(String secret) throws Exception {
                    try (java.sql.Connection database = java.sql.DriverManager.getConnection("jdbc:h2:mem:")) {
                        database.createStatement().execute("select 'statement-" + secret + "'");
                    }
                    throw new IllegalStateException("exception-" + secret, new Exception("cause-" + secret));
                }

                public static void main(String[] arrived) throws Exception {
                    String secret = System.getProperty("canary");
                    try {
                        work(secret);
                    } catch (IllegalStateException e) {
                        System.out.println("kept " + e.getMessage().equals("exception-" + secret));
                        LoggerFactory.getLogger("app").error("message-" + secret, e);
                    }
                    new java.net.URL(arrived[0]).openStream().close();
                }
            }
            """;

    @TempDir
    Path folder;

    private Posted posted;

    @BeforeEach
    void collect() throws IOException {
        posted = new Posted();
    }

    @AfterEach
    void stop() {
        posted.close();
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void ofRollbarAreMasked(Jdks.Jdk jdk) throws Exception {
        assertMasked(run(jdk, "rollbar-2", ROLLBAR), "exception-***", "cause-***", "value-***", "message-***");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void ofBugsnagAreMasked(Jdks.Jdk jdk) throws Exception {
        assertMasked(run(jdk, "bugsnag-3", BUGSNAG), "exception-***", "cause-***", "value-***", "message-***");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void ofBraveAreMasked(Jdks.Jdk jdk) throws Exception {
        assertMasked(run(jdk, "brave-6", BRAVE), "exception-***", "cause-***", "value-***", "message-***");
        // The size that was counted is that which was written.
        assertThat(posted.bodies()).startsWith("[{").contains("\"error\":\"exception-***\"}}]");
    }

    /** Each order on one JDK: these take seconds to start. */
    static List<Arguments> orders() {
        List<Jdks.Jdk> jdks = Jdks.all();
        return Stream.of("elastic", "datadog")
                .flatMap(agent -> Stream.of(
                        Arguments.of(agent, true, jdks.get(0)), Arguments.of(agent, false, jdks.get(jdks.size() - 1))))
                .toList();
    }

    @ParameterizedTest(name = "{0} first {1} {2}")
    @MethodSource("orders")
    void ofOtherAgentsAreMasked(String agent, boolean first, Jdks.Jdk jdk) throws Exception {
        Compiled compiled = Compiled.in(folder, "logback-1.5", TRACED);
        String option = "-javaagent:" + Path.of("target/agents", agent + ".jar").toAbsolutePath();
        Canary canary = new Canary(folder);
        ChildJvm child = first
                ? canary.with(ChildJvm.on(jdk).option(option))
                : canary.child(jdk).option(option);
        for (String further : List.of(
                "-Delastic.apm.server_url=" + posted.url(),
                "-Delastic.apm.service_name=own",
                "-Delastic.apm.cloud_provider=NONE",
                "-Delastic.apm.trace_methods=Own#work",
                "-Delastic.apm.api_request_time=1s",
                "-Ddd.trace.agent.url=" + posted.url(),
                "-Ddd.service=own",
                "-Ddd.instrumentation.telemetry.enabled=false",
                "-Ddd.trace.methods=Own[work]")) {
            child.option(further);
        }

        String classPath = compiled.classPath() + ":target/frameworks/h2/*";
        ChildJvm.Result result = child.run("-cp", classPath, "Own", posted.url() + Posted.ARRIVED);

        assertThat(result.out()).contains("kept true");
        assertMasked(result, "exception-***", "cause-***");
        if (agent.equals("elastic")) { // Datadog's shows no literals
            assertThat(posted.bodies()).contains("statement-***");
        }
    }

    private ChildJvm.Result run(Jdks.Jdk jdk, String version, String source) throws Exception {
        Compiled compiled = Compiled.in(folder, version, source);
        return new Canary(folder).child(jdk).run("-cp", compiled.classPath(), "Own", posted.url());
    }

    private void assertMasked(ChildJvm.Result result, String... shown) {
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("may log unmasked");
        String bodies = posted.bodies();
        assertThat(Canary.leaksFrom(bodies + result.out() + result.err())).isFalse();
        assertThat(bodies).contains(shown);
    }
}
