package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as an appender may see it that takes it apart: whatever it asks the event for has masks in it. The event
 * itself stays as it is, for filters, other appenders and the application; and so does one with nothing to mask, which
 * the appender is given itself. What cannot be masked, as a list that fails when it is walked, is withheld.
 */
record View(Masker masker, Withheld withheld) {
    private static final String TO_STRING = "toString";
    private static final String EQUALS = "equals";

    /** The parts of an event that are interfaces, and which of their methods tell what the application logged. */
    private static final Map<String, String[]> PARTS = Map.of(
            "ch.qos.logback.classic.spi.ILoggingEvent",
            new String[] {
                "getFormattedMessage",
                "getMessage",
                "getArgumentArray",
                "getThreadName",
                "getLoggerName",
                "getMDCPropertyMap",
                "getThrowableProxy",
                "getMarker",
                "getMarkerList",
                "getKeyValuePairs",
                "getLoggerContextVO"
            },
            "ch.qos.logback.classic.spi.IThrowableProxy",
            new String[] {"getMessage", "getClassName", "getCause", "getSuppressed"},
            "org.slf4j.Marker",
            new String[] {"getName", TO_STRING},
            "org.apache.logging.log4j.core.LogEvent",
            new String[] {
                "getMessage",
                "getThreadName",
                "getLoggerName",
                "getContextData",
                "getContextStack",
                "getMarker",
                "getThrown"
            },
            "org.apache.logging.log4j.message.Message",
            new String[] {"getFormattedMessage", "getFormat", "getParameters", "getThrowable"},
            "org.apache.logging.log4j.util.ReadOnlyStringMap",
            new String[] {"toMap"},
            "org.apache.logging.log4j.ThreadContext$ContextStack",
            new String[] {TO_STRING},
            "org.apache.logging.log4j.Marker",
            new String[] {"getName", "getParents"});

    private static final String CONTEXT = "org.apache.logging.log4j.util.ReadOnlyStringMap";
    private static final String CONTEXT_COPY = "org.apache.logging.log4j.util.SortedArrayStringMap";
    private static final String KEY_AND_VALUE = "org.slf4j.event.KeyValuePair";
    private static final String LOGBACK_CONTEXT = "ch.qos.logback.classic.spi.LoggerContextVO";
    private static final String THROWN_PROXY = "org.apache.logging.log4j.core.impl.ThrowableProxy";

    /** The interface by which a class is a part of an event; null if it is none. */
    private static final ClassValue<Part> KINDS = new ClassValue<>() {
        @Override
        protected Part computeValue(Class<?> type) {
            return new Part(part(type));
        }
    };

    /** @param type null for a class that is no part of an event */
    private record Part(@Nullable Class<?> type) {}

    /** As {@link #of}; null if that fails. */
    @Nullable Object ofPart(Object value) {
        try {
            return of(value);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            withheld.tell(e);
            return null;
        }
    }

    /** The value with masks; the value itself if there is nothing to mask. */
    @Nullable Object of(@Nullable Object value) {
        if (value instanceof String text) {
            return masker.mask(text);
        }
        if (value instanceof Object[] array) {
            return ofArray(array);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (value instanceof Throwable thrown) {
            return MaskedThrowable.of(thrown, masker);
        }
        if (value == null || isHarmless(value)) {
            return value;
        }
        Class<?> part = KINDS.get(value.getClass()).type();
        if (part != null) {
            return hasNothing(value, part) ? value : view(value, part);
        }
        if (value instanceof List<?> list) {
            return ofList(list);
        }
        return ofAny(value);
    }

    /** As {@link #of(Object)}; of what is several parts at once, as events that are used again are, the one that is asked for. */
    private @Nullable Object of(@Nullable Object value, Class<?> asked) {
        if (value == null || !PARTS.containsKey(asked.getName())) {
            return of(value);
        }
        return hasNothing(value, asked) ? value : view(value, asked);
    }

    /** A part that has something to mask: its copy where it has to be of a class, and else itself behind masks. */
    private Object view(Object value, Class<?> part) {
        if (part.getName().equals(CONTEXT)) {
            try {
                Object map = of(part.getMethod("toMap").invoke(value));
                return Class.forName(CONTEXT_COPY, true, part.getClassLoader())
                        .getConstructor(Map.class)
                        .newInstance(map);
            } catch (ReflectiveOperationException e) {
                // Not itself behind masks: it hands its values to whoever walks it.
                throw new IllegalStateException(e);
            }
        }
        return Proxy.newProxyInstance(part.getClassLoader(), new Class<?>[] {part}, new Masks(value, this));
    }

    private boolean hasNothing(Object value, Class<?> part) {
        String[] names = PARTS.get(part.getName());
        for (String name : names == null ? new String[0] : names) {
            if (!hasNothing(value, part, name)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasNothing(Object value, Class<?> part, String name) {
        if (name.equals(TO_STRING)) {
            return masker.mask(value.toString()).equals(value.toString());
        }
        try {
            Method method = part.getMethod(name);
            Object told = method.invoke(value);
            return of(told, method.getReturnType()) == told;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return false; // it is asked again, if at all, behind masks
        } catch (NoSuchMethodException e) {
            return true; // of another version
        } catch (InvocationTargetException e) {
            return true; // it does not tell the appender either
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private Object ofArray(Object[] array) {
        Object[] masked = array;
        for (int i = 0; i < array.length; i++) {
            Object element = of(array[i]);
            if (element != array[i]) {
                if (masked == array) {
                    masked = copy(array, element);
                }
                masked[i] = element;
            }
        }
        return masked;
    }

    /** A copy which may have the element. What is behind masks has one interface, and with it all that are in the array. */
    private static Object[] copy(Object[] array, @Nullable Object element) {
        Class<?> type = array.getClass().getComponentType();
        if (!type.isInstance(element)) {
            type = element != null && Proxy.isProxyClass(element.getClass())
                    ? element.getClass().getInterfaces()[0]
                    : Object.class;
        }
        Object[] copy = (Object[]) Array.newInstance(type, array.length);
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }

    private Object ofMap(Map<?, ?> map) {
        boolean changed = false;
        Map<@Nullable Object, @Nullable Object> masked = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = of(entry.getKey());
            Object value = of(entry.getValue());
            changed |= key != entry.getKey() || value != entry.getValue();
            masked.put(key, value);
        }
        return changed ? masked : map;
    }

    private Object ofList(Collection<?> list) {
        boolean changed = false;
        List<@Nullable Object> masked = new ArrayList<>();
        for (Object element : list) {
            Object maskedElement = of(element);
            changed |= maskedElement != element;
            masked.add(maskedElement);
        }
        return changed ? masked : list;
    }

    /** Whatever else an application hands to a logger is logged as what it says of itself. */
    private Object ofAny(Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException e) {
            return value; // as it would be logged
        }
        String masked = masker.mask(text);
        if (masked.equals(text)) {
            return value;
        }
        Class<?> type = value.getClass();
        try {
            if (type.getName().equals(KEY_AND_VALUE)) {
                return type.getConstructor(String.class, Object.class)
                        .newInstance(
                                of(type.getField("key").get(value)),
                                of(type.getField("value").get(value)));
            }
            if (type.getName().equals(LOGBACK_CONTEXT)) {
                return type.getConstructor(String.class, Map.class, long.class)
                        .newInstance(
                                of(type.getMethod("getName").invoke(value)),
                                of(type.getMethod("getPropertyMap").invoke(value)),
                                type.getMethod("getBirthTime").invoke(value));
            }
        } catch (ReflectiveOperationException e) {
            return masked;
        }
        return masked;
    }

    /** Whoever asks for it walks it once. */
    private Iterator<?> ofIterator(Iterator<?> iterator) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (iterator.hasNext()) {
            elements.add(of(iterator.next()));
        }
        return elements.iterator();
    }

    private static boolean isHarmless(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum
                || value instanceof Class;
    }

    private static @Nullable Class<?> part(Class<?> type) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            Class<?> part = partAmong(above.getInterfaces());
            if (part != null) {
                return part;
            }
        }
        return null;
    }

    private static @Nullable Class<?> partAmong(Class<?>[] interfaces) {
        for (Class<?> direct : interfaces) {
            if (PARTS.containsKey(direct.getName())) {
                return direct;
            }
            Class<?> above = partAmong(direct.getInterfaces());
            if (above != null) {
                return above;
            }
        }
        return null;
    }

    /** Asks a part, and masks what it says. */
    private record Masks(Object part, View view) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getName().equals(EQUALS) && arguments != null && arguments.length == 1) {
                return proxy == arguments[0];
            }
            Object told;
            try {
                told = method.invoke(part, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
            Class<?> type = method.getReturnType();
            if (told == null || type.isPrimitive()) {
                return told;
            }
            try {
                Object masked = masked(told, type);
                return type.isInstance(masked) ? masked : view.withheld.of(type, null);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                return view.withheld.of(type, e);
            }
        }

        private @Nullable Object masked(Object told, Class<?> type) throws ReflectiveOperationException {
            if (type.getName().equals(THROWN_PROXY)) {
                Object thrown = part.getClass().getMethod("getThrown").invoke(part);
                return thrown == null
                        ? told
                        : type.getConstructor(Throwable.class).newInstance(view.of(thrown));
            }
            return told instanceof Iterator<?> iterator ? view.ofIterator(iterator) : view.of(told, type);
        }
    }
}
