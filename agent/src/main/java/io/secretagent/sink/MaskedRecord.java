package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** A record of JUL's as a handler may see it that takes it apart. Used only where there is such a record. */
final class MaskedRecord {
    /** The record itself if it has nothing to mask. One of a class of others becomes a plain one. */
    static Object of(Object event, View view, Masker masker) throws ReflectiveOperationException {
        LogRecord original = (LogRecord) event;
        String message = original.getMessage();
        @Nullable Object[] parameters = original.getParameters();
        Throwable thrown = original.getThrown();
        String logger = original.getLoggerName();

        String maskedMessage = message == null ? null : masker.mask(message);
        Object maskedParameters = parameters == null ? null : view.ofPart(parameters);
        Throwable maskedThrown = thrown == null ? null : MaskedThrowable.of(thrown, masker);
        String maskedLogger = logger == null ? null : masker.mask(logger);
        Map<Method, @Nullable Object> more = JBossRecord.is(original) ? JBossRecord.masked(original, view) : Map.of();
        if (Objects.equals(maskedMessage, message)
                && maskedParameters == parameters
                && Objects.equals(maskedThrown, thrown)
                && Objects.equals(maskedLogger, logger)
                && more.isEmpty()) {
            return original;
        }
        LogRecord copy;
        if (JBossRecord.is(original)) {
            copy = JBossRecord.copy(original);
            JBossRecord.setMessage(copy, maskedMessage);
        } else {
            copy = plain(original);
            copy.setMessage(maskedMessage);
        }
        copy.setParameters((Object[]) maskedParameters);
        copy.setThrown(maskedThrown);
        copy.setLoggerName(maskedLogger);
        for (Map.Entry<Method, @Nullable Object> part : more.entrySet()) {
            part.getKey().invoke(copy, part.getValue());
        }
        return copy;
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
