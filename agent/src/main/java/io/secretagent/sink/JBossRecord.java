package io.secretagent.sink;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** What JBoss's records have beside JUL's. Asked for by name: the agent has no JBoss LogManager. */
final class JBossRecord {
    private static final String TYPE = "org.jboss.logmanager.ExtLogRecord";
    private static final String STYLE = "getFormatStyle";
    private static final Map<String, String> PARTS =
            Map.of("getMdcCopy", "setMdc", "getNdc", "setNdc", "getThreadName", "setThreadName");

    static boolean is(LogRecord record) {
        return record.getClass().getName().equals(TYPE);
    }

    static LogRecord copy(LogRecord original) throws ReflectiveOperationException {
        Class<?> type = original.getClass();
        return (LogRecord) type.getConstructor(type).newInstance(original);
    }

    /** Those of its parts that have something to mask, by the method that sets them. */
    static Map<Method, @Nullable Object> masked(LogRecord record, View view) throws ReflectiveOperationException {
        Map<Method, @Nullable Object> masked = new HashMap<>();
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            Method tells = record.getClass().getMethod(part.getKey());
            Object told = tells.invoke(record);
            Object maskedPart = told == null ? null : view.ofPart(told);
            if (maskedPart != told) {
                masked.put(record.getClass().getMethod(part.getValue(), tells.getReturnType()), maskedPart);
            }
        }
        return masked;
    }

    /** With the style that the message is in: without one it would be taken for that of JUL. */
    static void setMessage(LogRecord record, @Nullable String message) throws ReflectiveOperationException {
        Method style = record.getClass().getMethod(STYLE);
        record.getClass()
                .getMethod("setMessage", String.class, style.getReturnType())
                .invoke(record, message, style.invoke(record));
    }

    private JBossRecord() {}
}
