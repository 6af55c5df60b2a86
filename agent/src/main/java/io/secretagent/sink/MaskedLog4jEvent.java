package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event of Log4j 1.2 or reload4j as an appender may see it that takes it apart. Asked by name: it is no interface. */
final class MaskedLog4jEvent {
    private static final int ARGUMENTS = 10;
    private static final int WITHOUT_TIME = 5;
    private static final String WITHHELD_BY = "secret-agent";

    /**
     * The event itself if it has nothing to mask. One of a class of others becomes a plain one.
     *
     * @param type the framework's class of events
     */
    static @Nullable Object of(Object event, Class<?> type, Masker masker, Withheld withheld) {
        try {
            return masked(event, type, masker);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            withheld.tell(e);
            return withheld(event, type);
        }
    }

    private static Object masked(Object event, Class<?> type, Masker masker) throws ReflectiveOperationException {
        String message = (String) told(event, "getRenderedMessage");
        String logger = (String) told(event, "getLoggerName");
        String thread = (String) told(event, "getThreadName");
        String context = (String) told(event, "getNDC");
        String[] trace = (String[]) told(event, "getThrowableStrRep");
        Map<?, ?> properties = (Map<?, ?>) told(event, "getProperties");

        String maskedMessage = masked(message, masker);
        String maskedLogger = masked(logger, masker);
        String maskedThread = masked(thread, masker);
        String maskedContext = masked(context, masker);
        String[] maskedTrace = trace == null ? null : trace.clone();
        for (int i = 0; maskedTrace != null && i < maskedTrace.length; i++) {
            maskedTrace[i] = masked(maskedTrace[i], masker);
        }
        Map<Object, @Nullable Object> maskedProperties = new HashMap<>();
        boolean changed = false;
        for (Map.Entry<?, ?> property : properties == null ? Map.of().entrySet() : properties.entrySet()) {
            String text = String.valueOf(property.getValue());
            String masked = masker.mask(text);
            changed |= !masked.equals(text);
            maskedProperties.put(property.getKey(), masked);
        }
        changed |= !Objects.equals(maskedMessage, message)
                || !Objects.equals(maskedLogger, logger)
                || !Objects.equals(maskedThread, thread)
                || !Objects.equals(maskedContext, context)
                || !Arrays.equals(maskedTrace, trace);
        return changed
                ? copy(
                        event,
                        type,
                        maskedMessage,
                        maskedLogger,
                        maskedThread,
                        maskedTrace,
                        maskedContext,
                        maskedProperties)
                : event;
    }

    /** One that tells no more than its level; null if not even that can be made. */
    private static @Nullable Object withheld(Object event, Class<?> type) {
        try {
            for (Constructor<?> constructor : type.getConstructors()) {
                Class<?>[] arguments = constructor.getParameterTypes();
                if (arguments.length == WITHOUT_TIME) {
                    return constructor.newInstance(
                            WITHHELD_BY,
                            category(arguments[1], WITHHELD_BY),
                            told(event, "getLevel"),
                            Withheld.TEXT,
                            null);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
        return null;
    }

    private static Object copy(
            Object event,
            Class<?> type,
            @Nullable String message,
            @Nullable String logger,
            @Nullable String thread,
            String @Nullable [] trace,
            @Nullable String context,
            Map<Object, @Nullable Object> properties)
            throws ReflectiveOperationException {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == ARGUMENTS) {
                Class<?>[] arguments = constructor.getParameterTypes();
                Object category = category(arguments[1], Objects.requireNonNullElse(logger, ""));
                Object information = trace == null
                        ? null
                        : arguments[6].getConstructor(String[].class).newInstance((Object) trace);
                return constructor.newInstance(
                        type.getField("fqnOfCategoryClass").get(event),
                        category,
                        type.getField("timeStamp").get(event),
                        told(event, "getLevel"),
                        message,
                        thread,
                        information,
                        context,
                        null,
                        properties);
            }
        }
        throw new NoSuchMethodException(type.getName());
    }

    private static @Nullable Object category(Class<?> type, String name) throws ReflectiveOperationException {
        return type.getMethod("getInstance", String.class).invoke(null, name);
    }

    private static @Nullable Object told(Object event, String name) throws ReflectiveOperationException {
        Method method = event.getClass().getMethod(name);
        return method.invoke(event);
    }

    private static @Nullable String masked(@Nullable String text, Masker masker) {
        return text == null ? null : masker.mask(text);
    }

    private MaskedLog4jEvent() {}
}
