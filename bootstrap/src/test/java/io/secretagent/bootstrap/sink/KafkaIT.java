package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What appenders give to Kafka's client. There is no broker: the client is Kafka's own for tests, or is not asked. */
class KafkaIT {
    private static final String LOGBACK = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
            import ch.qos.logback.classic.spi.ILoggingEvent;
            import com.github.danielwegener.logback.kafka.KafkaAppender;
            import com.github.danielwegener.logback.kafka.delivery.*;
            import com.github.danielwegener.logback.kafka.keying.NoKeyKeyingStrategy;
            import java.io.ByteArrayOutputStream;
            import java.nio.file.*;
            import org.apache.kafka.clients.producer.*;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    ByteArrayOutputStream sent = new ByteArrayOutputStream();
                    LoggerContext context = new LoggerContext();
                    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
                    encoder.setContext(context);
                    encoder.setPattern("layout " + secret + " %msg %ex%n");
                    encoder.start();
                    KafkaAppender<ILoggingEvent> appender = new KafkaAppender<>();
                    appender.setContext(context);
                    appender.setEncoder(encoder);
                    appender.setTopic("logs");
                    appender.setKeyingStrategy(new NoKeyKeyingStrategy());
                    appender.addProducerConfig("bootstrap.servers=127.0.0.1:9");
                    appender.setDeliveryStrategy(new DeliveryStrategy() {
                        @Override
                        public <K, V, E> boolean send(
                                Producer<K, V> producer,
                                ProducerRecord<K, V> message,
                                E event,
                                FailedDeliveryCallback<E> failed) {
                            sent.writeBytes((byte[]) message.value());
                            return true;
                        }
                    });
                    appender.start();
                    Logger logger = context.getLogger("app");
                    logger.addAppender(appender);
                    logger.error("message {}", secret, new IllegalStateException("exception " + secret));
                    Files.write(Path.of(file[0]), sent.toByteArray());
                    System.exit(0);
                }
            }
            """;

    private static final String LOG4J = """
            import java.lang.reflect.*;
            import java.nio.file.*;
            import org.apache.kafka.clients.producer.*;
            import org.apache.kafka.common.serialization.ByteArraySerializer;
            import org.apache.logging.log4j.Level;
            import org.apache.logging.log4j.core.*;
            import org.apache.logging.log4j.core.appender.mom.kafka.*;
            import org.apache.logging.log4j.core.config.*;
            import org.apache.logging.log4j.core.layout.PatternLayout;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    MockProducer<byte[], byte[]> producer =
                            new MockProducer<>(true, new ByteArraySerializer(), new ByteArraySerializer());
                    Field factory = KafkaManager.class.getDeclaredField("producerFactory");
                    factory.setAccessible(true);
                    factory.set(null, (KafkaProducerFactory) properties -> producer);
                    LoggerContext context = new LoggerContext("own");
                    context.start(new NullConfiguration());
                    PatternLayout layout =
                            PatternLayout.newBuilder().withPattern("layout " + secret + " %m %ex%n").build();
                    KafkaAppender.Builder<?> builder = KafkaAppender.newBuilder();
                    builder.setName("own");
                    builder.setConfiguration(context.getConfiguration());
                    builder.setTopic("logs");
                    builder.setLayout(layout);
                    builder.setPropertyArray(new Property[] {
                        Property.createProperty("bootstrap.servers", "127.0.0.1:9")
                    });
                    Appender appender = builder.build();
                    appender.start();
                    LoggerConfig root = context.getConfiguration().getRootLogger();
                    root.addAppender(appender, Level.ALL, null);
                    root.setLevel(Level.ALL);
                    context.updateLoggers();
                    context.getLogger("app")
                            .error("message {}", secret, new IllegalStateException("exception " + secret));
                    Files.write(Path.of(file[0]), producer.history().get(0).value());
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void getsMaskedBytesOfLogback(Jdks.Jdk jdk) throws Exception {
        assertMasked("others.logback-1.5", LOGBACK, jdk);
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void getsMaskedBytesOfLog4j(Jdks.Jdk jdk) throws Exception {
        assertMasked("others.log4j-2.25", LOG4J, jdk);
    }

    private void assertMasked(String version, String source, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, source).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(sent)).startsWith("layout *** message *** ").contains("exception ***");
        assertThat(Canary.leaksFrom(Files.readString(sent))).isFalse();
    }
}
