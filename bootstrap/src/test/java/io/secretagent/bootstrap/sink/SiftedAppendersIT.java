package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An appender that takes events apart, behind the one of Logback that has one for each user or the like. */
class SiftedAppendersIT {
    private static final String SOURCE = """
            import ch.qos.logback.classic.*;
            import ch.qos.logback.classic.sift.SiftingAppender;
            import ch.qos.logback.classic.spi.ILoggingEvent;
            import ch.qos.logback.core.AppenderBase;
            import ch.qos.logback.core.sift.DefaultDiscriminator;
            import java.nio.file.*;
            import java.util.*;

            public class Own extends AppenderBase<ILoggingEvent> {
                private final List<String> sent = new ArrayList<>();

                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    LoggerContext context = new LoggerContext();
                    Own own = new Own();
                    own.start();
                    SiftingAppender sifting = new SiftingAppender();
                    sifting.setContext(context);
                    DefaultDiscriminator<ILoggingEvent> discriminator = new DefaultDiscriminator<>();
                    discriminator.start();
                    sifting.setDiscriminator(discriminator);
                    sifting.setAppenderFactory((ofAll, value) -> own);
                    sifting.start();
                    Logger logger = context.getLogger("logger-" + secret);
                    logger.addAppender(sifting);
                    logger.error("message {}", secret, new IllegalStateException("exception " + secret));
                    Files.write(Path.of(file[0]), own.sent);
                }

                @Override
                protected void append(ILoggingEvent event) {
                    sent.add(event.getFormattedMessage());
                    sent.add(event.getLoggerName());
                    sent.add(event.getThrowableProxy().getMessage());
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Arguments> versions() {
        return Jdks.each("logback-1.2", "logback-1.5");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("versions")
    void getMaskedPartsOfAnEvent(String version, Jdks.Jdk jdk) throws Exception {
        Path sent = folder.resolve("sent");

        ChildJvm.Result result = Compiled.in(folder, version, SOURCE).run(jdk, sent);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readAllLines(sent)).containsExactly("message ***", "logger-***", "exception ***");
        assertThat(Canary.leaksFrom(result.out() + result.err())).isFalse();
    }
}
