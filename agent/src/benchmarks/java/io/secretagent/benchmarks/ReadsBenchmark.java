package io.secretagent.benchmarks;

import io.secretagent.audit.AuditSettings;
import io.secretagent.audit.Origin;
import io.secretagent.audit.QueuedAudit;
import io.secretagent.audit.Reads;
import io.secretagent.audit.Trails;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.inject.Injection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What {@code audit: {reads: true}} costs who reads a system property: another one than those injected, an injected one
 * for the first time, and again. {@link ReadsTable} runs it and prints what it adds.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadsBenchmark {
    static final int NAMES = 2000;

    /** The properties as the JVM has them. */
    @State(Scope.Benchmark)
    public static class Plain {
        private final Properties before = System.getProperties();

        @Setup
        public void setUp() {
            Properties properties = new Properties();
            properties.putAll(before);
            properties.setProperty("shop.other", "x");
            properties.setProperty("shop.secret.0", "benchmark-value");
            System.setProperties(properties);
        }

        @TearDown
        public void tearDown() {
            System.setProperties(before);
        }
    }

    /** As with the agent; each round is a new application, in which nobody has read anything. */
    @State(Scope.Benchmark)
    public static class Watched {
        private final Properties before = System.getProperties();
        private final List<String> names = new ArrayList<>();
        private final List<Secret> secrets = new ArrayList<>();
        private Path file = Path.of("");
        private QueuedAudit audit = null;

        @Setup
        public void setUp() throws IOException {
            file = Files.createTempFile("audit", ".jsonl");
            for (int i = 0; i < NAMES; i++) {
                String name = "shop.secret." + i;
                names.add(name);
                Target target = new Target(Target.Kind.PROPERTY, name, true, false);
                secrets.add(new Secret(name, "store", null, "benchmark-value", true, List.of(target)));
            }
            AuditSettings settings = new AuditSettings(file.toString(), true, true, 1 << 30, 1, null);
            audit = QueuedAudit.start(
                    Trails.open(settings, Origin.ofApplication(), null, System.err), System.err);
            inject();
        }

        @Setup(Level.Iteration)
        public void inject() {
            Properties properties = new Properties();
            properties.putAll(before);
            properties.setProperty("shop.other", "x");
            Injection injection = new Injection(properties, Map.of());
            injection.record(audit, new Reads(audit));
            injection.inject(secrets);
            audit.close();
        }

        List<String> names() {
            return names;
        }

        /** Waits until all is written. */
        void settle() {
            audit.close();
        }

        @TearDown
        public void tearDown() throws IOException {
            audit.close();
            System.setProperties(before);
            Files.delete(file);
        }
    }

    @Benchmark
    public String plain(Plain properties) {
        return System.getProperty("shop.other");
    }

    @Benchmark
    public String another(Watched properties) {
        return System.getProperty("shop.other");
    }

    @Benchmark
    public String again(Watched properties) {
        return System.getProperty("shop.secret.0");
    }

    /** Once for each application, all names. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OperationsPerInvocation(NAMES)
    @Warmup(iterations = 60)
    @Measurement(iterations = 60)
    public void first(Watched properties, Blackhole hole) {
        for (String name : properties.names) {
            hole.consume(System.getProperty(name));
        }
    }
}
