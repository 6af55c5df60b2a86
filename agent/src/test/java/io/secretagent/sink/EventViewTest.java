package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.mask.Masker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.AbstractList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With JUL's records; events of the frameworks are tested with these. */
class EventViewTest {
    private static final String SECRET = "canary-kR7$1x-0815";

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Masker masker = new Masker();
    private final EventView view = new EventView(masker, new PrintStream(told, true, UTF_8));
    private final Handler handler = new TakesApart();

    @BeforeEach
    void addSecret() {
        masker.add("secret", SECRET);
    }

    @Test
    void aRecordOfAClassOfOthersBecomesAPlainOne() {
        LogRecord shown = shown(new Own("message " + SECRET));

        assertThat(shown.getMessage()).isEqualTo("message ***");
        assertThat(shown.getClass()).isEqualTo(LogRecord.class);
        assertThat(told.toString(UTF_8)).isEmpty();
    }

    @Test
    void oneWithNothingToMaskStaysItself() {
        Own clean = new Own("message");

        assertThat(shown(clean)).isSameAs(clean);
    }

    @Test
    void parametersThatCannotBeLookedAtAreWithheldAndToldOnce() {
        for (int i = 0; i < 2; i++) {
            LogRecord failing = new LogRecord(Level.INFO, "message");
            failing.setParameters(new Object[] {new Failing(), SECRET});

            LogRecord shown = shown(failing);

            assertThat(shown.getMessage()).isEqualTo("message");
            assertThat(shown.getParameters()).isNull();
        }
        assertThat(told.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .contains("java.lang.IllegalStateException", "layout")
                .doesNotContain(SECRET);
    }

    @Test
    void soAreThoseThatHaveThemselvesInThem() {
        Object[] itself = new Object[2];
        itself[0] = itself;
        itself[1] = SECRET;
        LogRecord endless = new LogRecord(Level.INFO, "message");
        endless.setParameters(itself);

        assertThat(shown(endless).getParameters()).isNull();
    }

    @Test
    void anExceptionThatFailsToTellItsMessageKeepsItsCause() {
        LogRecord record = new LogRecord(Level.INFO, "message");
        record.setThrown(new Untold(new IllegalStateException(SECRET)));

        Throwable shown = shown(record).getThrown();

        assertThat(shown).hasToString(Untold.class.getName());
        assertThat(shown).hasRootCauseMessage("***");
    }

    private LogRecord shown(LogRecord record) {
        Object shown = view.apply(handler, record);
        assertThat(shown).isInstanceOf(LogRecord.class);
        return (LogRecord) shown;
    }

    private static final class Own extends LogRecord {
        private static final long serialVersionUID = 1L;

        Own(String message) {
            super(Level.INFO, message);
        }
    }

    private static final class Failing extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            throw new IllegalStateException(SECRET);
        }

        @Override
        public int size() {
            return 1;
        }
    }

    private static final class Untold extends Exception {
        private static final long serialVersionUID = 1L;

        Untold(Throwable cause) {
            super(cause);
        }

        @Override
        public @Nullable String getMessage() {
            throw new UnsupportedOperationException(String.valueOf(List.of(SECRET)));
        }
    }

    private static final class TakesApart extends Handler {
        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
