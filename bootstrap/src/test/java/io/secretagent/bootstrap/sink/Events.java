package io.secretagent.bootstrap.sink;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The receiver of an appender that sends events: reads them with the framework's own classes, and tells their texts. */
final class Events {
    private final StringBuilder texts = new StringBuilder();
    private final Set<Object> told = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The texts of all the events that were sent, from every field and what is in it. */
    static String texts(byte[] sent, URLClassLoader framework) throws IOException, ReflectiveOperationException {
        Events events = new Events();
        try (ObjectInputStream in = new FrameworkObjects(new ByteArrayInputStream(sent), framework)) {
            while (true) {
                events.tell(in.readObject());
            }
        } catch (EOFException | StreamCorruptedException e) {
            // The last is cut off where its text was seen. That no other is, those texts tell.
            return events.texts.toString();
        }
    }

    private void tell(Object object) throws ReflectiveOperationException {
        if (object instanceof String text) {
            texts.append(text).append('\n');
        } else if (object == null || !told.add(object)) {
            return;
        } else if (object instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                tell(entry.getKey());
                tell(entry.getValue());
            }
        } else if (object instanceof Iterable<?> elements) {
            for (Object element : elements) {
                tell(element);
            }
        } else if (object instanceof Object[] array) {
            for (int i = 0; i < Array.getLength(array); i++) {
                tell(array[i]);
            }
        } else {
            tellFields(object);
        }
    }

    private void tellFields(Object object) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass(); type != null && !isOfTheJdk(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    tell(field.get(object));
                }
            }
        }
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    private static final class FrameworkObjects extends ObjectInputStream {
        private final ClassLoader framework;

        FrameworkObjects(InputStream in, ClassLoader framework) throws IOException {
            super(in);
            this.framework = framework;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
            return Class.forName(type.getName(), false, framework);
        }
    }

    private Events() {}
}
