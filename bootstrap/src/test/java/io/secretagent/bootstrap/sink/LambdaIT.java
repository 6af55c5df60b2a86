package io.secretagent.bootstrap.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a function in AWS Lambda logs, on a file in the place of the descriptor that there is. */
class LambdaIT {
    private static final String SOURCE = """
            import com.amazonaws.services.lambda.runtime.api.client.logging.*;
            import com.amazonaws.services.lambda.runtime.logging.*;
            import java.io.FileOutputStream;

            public class Own {
                public static void main(String[] file) throws Exception {
                    String secret = System.getProperty("canary");
                    LambdaContextLogger logger = new LambdaContextLogger(
                            new FramedTelemetryLogSink(new FileOutputStream(file[0]).getFD()),
                            LogLevel.INFO,
                            LogFormat.TEXT);
                    logger.log("message-" + secret);
                    logger.log(("bytes-" + secret).getBytes("UTF-8"));
                    logger.log("clean, done");
                    logger.close();
                }
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void framesStateTheLengthsOfMaskedMessages(Jdks.Jdk jdk) throws Exception {
        Path frames = folder.resolve("frames");

        ChildJvm.Result result = Compiled.in(folder, "lambda-2", SOURCE).run(jdk, frames);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(messages(ByteBuffer.wrap(Files.readAllBytes(frames))))
                .containsExactly("message-***", "bytes-***", "clean, done");
    }

    /** Four bytes of a type, four of the length, eight of the time. */
    private static List<String> messages(ByteBuffer frames) {
        List<String> messages = new ArrayList<>();
        while (frames.hasRemaining()) {
            frames.getInt();
            byte[] message = new byte[frames.getInt()];
            frames.getLong();
            frames.get(message);
            messages.add(new String(message, UTF_8));
        }
        return messages;
    }
}
