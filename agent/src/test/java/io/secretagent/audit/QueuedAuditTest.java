package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.audit.AuditEvent.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuedAuditTest {
    private static final Origin ORIGIN = new Origin("web-1", 4711, "app.jar");

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(told, true, UTF_8);

    @TempDir
    private Path folder;

    @Test
    void whatManyThreadsRecordIsWrittenInOneChain() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        AuditSettings settings = new AuditSettings(file.toString(), true, true, 1 << 20, 1, null);
        QueuedAudit audit = QueuedAudit.start(Trails.open(settings, ORIGIN, null, err), err);
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            String name = "t" + i;
            threads[i] = new Thread(() -> {
                for (int j = 0; j < 250; j++) {
                    audit.record(AuditEvent.of(Kind.READ).secret(name, null, null));
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        audit.close();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1000);
        assertThat(lines.get(999)).contains("\"sequence\":1000,");
        assertThat(told.toString(UTF_8)).isEmpty();
    }

    /** A disk that hangs: who records goes on, and what is too much is counted. */
    @Test
    void aPlaceThatHangsStopsNobody() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        StringBuilder written = new StringBuilder();
        Sink sink = (event, line) -> {
            entered.countDown();
            try {
                hanging.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            written.append(new String(line, UTF_8)).append('\n');
        };
        AuditSettings settings = new AuditSettings(null, true, true, 1 << 20, 1, "tcp://loghost:601");
        QueuedAudit audit = QueuedAudit.start(Trails.open(settings, ORIGIN, sink, err), err);
        audit.record(AuditEvent.of(Kind.READ));
        entered.await();
        for (int i = 0; i < 10_007; i++) {
            audit.record(AuditEvent.of(Kind.READ));
        }
        hanging.countDown();
        audit.close();
        assertThat(written.toString().lines().count()).isEqualTo(10_000 + 1);
        assertThat(written).containsOnlyOnce("\"lost\":8");
        assertThat(told.toString(UTF_8)).contains("8 events were lost");
    }

    @Test
    void itKnowsItsOwnThread() throws Exception {
        QueuedAudit[] audit = new QueuedAudit[1];
        CountDownLatch made = new CountDownLatch(1);
        boolean[] recording = new boolean[1];
        Sink sink = (event, line) -> {
            try {
                made.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            recording[0] = audit[0].isRecording();
        };
        AuditSettings settings = new AuditSettings("stderr", true, true, 1, 1, "tcp://loghost:601");
        audit[0] = QueuedAudit.start(Trails.open(settings, ORIGIN, sink, err), err);
        audit[0].record(AuditEvent.of(Kind.READ));
        made.countDown();
        audit[0].close();
        assertThat(recording[0]).isTrue();
        assertThat(audit[0].isRecording()).isFalse();
        assertThat(told.toString(UTF_8)).startsWith("{\"time\":").endsWith("}\n");
    }
}
