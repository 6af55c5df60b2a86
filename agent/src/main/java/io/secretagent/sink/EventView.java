package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an appender or a handler is handed. Most turn an event into text by an encoder, a layout or a formatter, whose
 * text is masked. One that has none takes the event apart: of it, it gets a {@link View}.
 */
final class EventView implements BinaryOperator<@Nullable Object> {
    /** The frameworks' own, and that of Quarkus, which have rules by name or pass events on. */
    private static final String[] OWN = {
        "ch.qos.logback.",
        "org.apache.logging.log4j.",
        "org.apache.log4j.",
        "org.apache.juli.",
        "org.jboss.logmanager.",
        "io.quarkus.bootstrap.logging.",
        "org.slf4j.",
        "java."
    };

    /** Others that have. */
    private static final String[] RULED = {
        "net.logstash.logback.",
        "de.siegmar.logbackgelf.",
        "biz.paluch.logging.gelf.",
        "com.github.loki4j.",
        "io.sentry.",
        "io.opentelemetry."
    };

    /** And those of the frameworks' own that have none, and send events or their parts. */
    private static final Set<String> SENDING_EVENTS = Set.of(
            "ch.qos.logback.classic.net.JMSQueueAppender",
            "ch.qos.logback.classic.net.JMSTopicAppender",
            "org.apache.log4j.net.JMSAppender",
            "org.apache.logging.log4j.core.appender.nosql.NoSqlAppender",
            "org.apache.logging.log4j.core.appender.db.jpa.JpaAppender",
            "org.apache.logging.log4j.cassandra.CassandraAppender",
            "org.apache.logging.log4j.flume.appender.FlumeAppender");

    private static final String[] TEXT = {"getEncoder", "getLayout", "getFormatter"};
    private static final Set<String> PASSING_ON =
            Set.of("ch.qos.logback.core.spi.AppenderAttachable", "org.apache.log4j.spi.AppenderAttachable");

    private static final String RECORD = "java.util.logging.LogRecord";
    private static final String LOG4J_1_EVENT = "org.apache.log4j.spi.LoggingEvent";

    private final Masker masker;
    private final Withheld withheld;
    private final View view;

    /** What an appender's class has to bring text; null if it never takes an event apart. */
    private final ClassValue<Texts> texts = new ClassValue<>() {
        @Override
        protected Texts computeValue(Class<?> type) {
            return new Texts(takesApart(type) ? ofText(type) : null);
        }
    };

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Texts(@Nullable Method @Nullable [] methods) {}

    /** @param err where it is told that something cannot be masked */
    EventView(Masker masker, PrintStream err) {
        this.masker = masker;
        withheld = new Withheld(err);
        view = new View(masker, withheld);
    }

    @Override
    public @Nullable Object apply(@Nullable Object appender, @Nullable Object event) {
        if (appender == null || event == null) {
            return event;
        }
        Method[] methods = texts.get(appender.getClass()).methods();
        if (methods == null || bringsText(appender, methods)) {
            return event;
        }
        try {
            return masked(event);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError | StackOverflowError e) {
            withheld.tell(e); // whoever logs must not hear of it
            return null;
        }
    }

    private @Nullable Object masked(Object event) throws ReflectiveOperationException {
        for (Class<?> above = event.getClass(); above != null; above = above.getSuperclass()) {
            if (above.getName().equals(LOG4J_1_EVENT)) {
                return MaskedLog4jEvent.of(event, above, masker, withheld);
            }
            if (above.getName().equals(RECORD)) {
                return MaskedRecord.of(event, view, masker);
            }
        }
        return view.of(event);
    }

    private static boolean bringsText(Object appender, Method[] methods) {
        for (Method method : methods) {
            if (brings(appender, method)) {
                return true;
            }
        }
        return false;
    }

    private static boolean brings(Object appender, Method method) {
        try {
            return method.invoke(appender) != null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false; // it has none, as far as anybody can tell
        }
    }

    private static boolean takesApart(Class<?> type) {
        String name = type.getName();
        return SENDING_EVENTS.contains(name) || !(begins(name, OWN) || begins(name, RULED) || passesOn(type));
    }

    private static Method[] ofText(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        if (!SENDING_EVENTS.contains(type.getName())) {
            for (String name : TEXT) {
                Method method = accessible(type, name);
                if (method != null) {
                    methods.add(method);
                }
            }
        }
        return methods.toArray(new Method[0]);
    }

    private static @Nullable Method accessible(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException | RuntimeException e) {
            return null; // without one, or of a module that keeps it to itself
        }
    }

    private static boolean passesOn(Class<?> type) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            for (Class<?> implemented : above.getInterfaces()) {
                if (PASSING_ON.contains(implemented.getName())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean begins(String name, String[] beginnings) {
        for (String beginning : beginnings) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
