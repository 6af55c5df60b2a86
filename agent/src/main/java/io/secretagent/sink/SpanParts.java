package io.secretagent.sink;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an exporter of OpenTelemetry's is told of a span beside its name: attributes, events, status. Asked by name, as of
 * {@link NettyBytes}; within OpenTelemetry's own agent its API has a prefix.
 */
final class SpanParts {
    private static final String ATTRIBUTES = "io.opentelemetry.api.common.Attributes";
    private static final String KEY = "io.opentelemetry.api.common.AttributeKey";
    private static final String EVENT = "io.opentelemetry.sdk.trace.data.EventData";
    private static final String STATUS = "io.opentelemetry.sdk.trace.data.StatusData";

    /** A part with masks, the object itself if there is nothing to mask; null if it is something else. */
    static @Nullable Object masked(Object part, AnyText text) {
        Class<?> type = known(part.getClass());
        if (type == null) {
            return null;
        }
        try {
            return switch (type.getSimpleName()) {
                case "EventData" -> event(part, type, text);
                case "StatusData" -> status(part, type, text);
                default -> attributes(part, type, text);
            };
        } catch (ReflectiveOperationException e) {
            return part;
        }
    }

    private static Object attributes(Object part, Class<?> type, AnyText text) throws ReflectiveOperationException {
        Map<Object, Object> masked = new LinkedHashMap<>();
        boolean differs = false;
        for (Map.Entry<?, ?> attribute : ((Map<?, ?>) got(part, type, "asMap")).entrySet()) {
            Object value = attribute.getValue();
            Object after = text.apply(value);
            differs |= after != null && !after.equals(value);
            masked.put(attribute.getKey(), after == null ? value : after);
        }
        if (!differs) {
            return part;
        }
        Object builder = type.getMethod("builder").invoke(null);
        Class<?> builderType = Class.forName(type.getName() + "Builder", false, type.getClassLoader());
        Class<?> key = Class.forName(type.getName().replace(ATTRIBUTES, KEY), false, type.getClassLoader());
        Method put = builderType.getMethod("put", key, Object.class);
        for (Map.Entry<Object, Object> attribute : masked.entrySet()) {
            put.invoke(builder, attribute.getKey(), attribute.getValue());
        }
        return builderType.getMethod("build").invoke(builder);
    }

    /** Of one with an exception only what its attributes tell of it. */
    private static Object event(Object part, Class<?> type, AnyText text) throws ReflectiveOperationException {
        Method attributesOf = type.getMethod("getAttributes");
        Object name = got(part, type, "getName");
        Object attributes = attributesOf.invoke(part);
        Object maskedName = text.apply(name);
        Object maskedAttributes = text.apply(attributes);
        if (name.equals(maskedName) && attributes == maskedAttributes) {
            return part;
        }
        return type.getMethod("create", long.class, String.class, attributesOf.getReturnType(), int.class)
                .invoke(
                        null,
                        got(part, type, "getEpochNanos"),
                        maskedName,
                        maskedAttributes,
                        got(part, type, "getTotalAttributeCount"));
    }

    private static Object status(Object part, Class<?> type, AnyText text) throws ReflectiveOperationException {
        Method code = type.getMethod("getStatusCode");
        Object description = got(part, type, "getDescription");
        Object masked = text.apply(description);
        return description.equals(masked)
                ? part
                : type.getMethod("create", code.getReturnType(), String.class).invoke(null, code.invoke(part), masked);
    }

    private static Object got(Object part, Class<?> type, String method) throws ReflectiveOperationException {
        return type.getMethod(method).invoke(part);
    }

    /** The interface of OpenTelemetry's that a class implements; null for most. */
    private static @Nullable Class<?> known(Class<?> type) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            for (Class<?> implemented : above.getInterfaces()) {
                String name = implemented.getName();
                if (name.equals(EVENT) || name.equals(STATUS) || name.endsWith(ATTRIBUTES)) {
                    return implemented;
                }
                Class<?> further = known(implemented);
                if (further != null) {
                    return further;
                }
            }
        }
        return null;
    }

    private SpanParts() {}
}
