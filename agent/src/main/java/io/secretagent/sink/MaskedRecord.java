package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.util.Objects;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** A record of JUL's as a handler may see it that takes it apart. Used only where there is such a record. */
final class MaskedRecord {
    /** JBoss's, which can copy itself. */
    private static final String EXTENDED = "org.jboss.logmanager.ExtLogRecord";

    /** The record itself if it has nothing to mask. One of a class of others becomes a plain one. */
    static Object of(Object event, View view, Masker masker) {
        LogRecord original = (LogRecord) event;
        String message = original.getMessage();
        @Nullable Object[] parameters = original.getParameters();
        Throwable thrown = original.getThrown();
        String logger = original.getLoggerName();

        String maskedMessage = message == null ? null : masker.mask(message);
        Object maskedParameters = parameters == null ? null : view.ofPart(parameters);
        Throwable maskedThrown = thrown == null ? null : MaskedThrowable.of(thrown, masker);
        String maskedLogger = logger == null ? null : masker.mask(logger);
        if (Objects.equals(maskedMessage, message)
                && maskedParameters == parameters
                && Objects.equals(maskedThrown, thrown)
                && Objects.equals(maskedLogger, logger)) {
            return original;
        }
        LogRecord copy = copy(original);
        copy.setMessage(maskedMessage);
        copy.setParameters((Object[]) maskedParameters);
        copy.setThrown(maskedThrown);
        copy.setLoggerName(maskedLogger);
        return copy;
    }

    private static LogRecord copy(LogRecord original) {
        if (original.getClass().getName().equals(EXTENDED)) {
            try {
                Class<?> type = original.getClass();
                return (LogRecord) type.getConstructor(type).newInstance(original);
            } catch (ReflectiveOperationException e) {
                return plain(original);
            }
        }
        return plain(original);
    }

    private static LogRecord plain(LogRecord original) {
        LogRecord copy = new LogRecord(original.getLevel(), original.getMessage());
        copy.setInstant(original.getInstant());
        copy.setLongThreadID(original.getLongThreadID());
        copy.setResourceBundle(original.getResourceBundle());
        copy.setResourceBundleName(original.getResourceBundleName());
        copy.setSequenceNumber(original.getSequenceNumber());
        // Asked of the original, which looks for it on this thread's stack, and among the callers of the logger.
        copy.setSourceClassName(original.getSourceClassName());
        copy.setSourceMethodName(original.getSourceMethodName());
        return copy;
    }

    private MaskedRecord() {}
}
