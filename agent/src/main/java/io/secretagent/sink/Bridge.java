package io.secretagent.sink;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one class through which rewritten classes reach the masker, whatever loader they are of: it is in package
 * {@code java.lang}, which every loader delegates, OSGi's and JBoss Modules' too. (Appending a jar to the boot class
 * path would do as well, but prints a warning and turns off the application's class-data archive.)
 */
final class Bridge {
    static final String NAME = "java/lang/SecretAgentBridge";

    /** Masks a text. */
    static final String MASK = "mask";
    /** The masking stream of a descriptor, null if it has none. */
    static final String STREAM = "stream";
    /** Writes in a method's place. */
    static final String WRITE = "write";
    /** Is shown a descriptor that was opened. */
    static final String OPENED = "opened";
    /** Is shown every object of a class whose subclasses are masked. */
    static final String SUBCLASS = "subclass";
    /** Is shown every process builder that is about to start one. */
    static final String STARTING = "starting";
    /** Makes a stream of objects that masks them. */
    static final String OBJECTS = "objects";
    /** Makes one that has no header. */
    static final String HEADLESS_OBJECTS = "headlessObjects";
    /** Is shown what takes the place of {@code System.out}. */
    static final String REPLACED_OUT = "replacedOut";
    /** Is shown what takes the place of {@code System.err}. */
    static final String REPLACED_ERR = "replacedErr";
    /** Lets a layout or an encoder through unless it has masked what it brings: null then. */
    static final String UNMASKED = "unmasked";

    /** What {@code System.getenv()} shows, for the environment that the process has. */
    static final String ENVIRONMENT = "environment";
    /** What a child is given, for the environment that it would be given. */
    static final String CHILDS_ENVIRONMENT = "childsEnvironment";
    /** What a child is given that no environment was made for: null. */
    static final String CHILDS_WITHOUT = "childsWithout";

    /** Is shown the name of every property that is read. */
    static final String READ = "read";
    /** Connects in a driver's place: a connection in an array, or null for the driver to go on. */
    static final String CONNECT = "connect";
    /** Is shown every driver that is registered. */
    static final String DRIVER = "driver";

    /** Of every function. */
    static final String DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

    /** Lets a buffer through if it may not take a text whole; null otherwise. Like those below a function of two. */
    static final String TIGHT = "tight";
    /** Lets a destination of bytes through unless it masks them, of a charset encoder's kind: null then. */
    static final String UNSCANNED = "unscanned";
    /** Bytes on their way into a buffer, masked if they do not fit in it whole. */
    static final String WHOLE = "whole";

    /** What {@code System.getenv} shows for a name, for the value that the process has. */
    static final String VARIABLE = "variable";

    /** Is shown an appender, and the event that it is handed: it gets what comes back. */
    static final String HANDED = "handed";

    /** Of a function of two, and of {@link #MASK} when its second argument says whether it is to. */
    static final String DESCRIPTOR_OF_TWO = "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

    /**
     * Defines the class and connects it, before any class can be rewritten to call it.
     *
     * @param functions by their names above
     * @param ofTwo those of two arguments, by their names above
     * @return the number of a {@code FileDescriptor}, which no API of the JDK tells
     */
    @SuppressWarnings("unchecked") // what the class is
    static Function<Object, Object> define(
            Instrumentation instrumentation,
            Map<String, UnaryOperator<@Nullable Object>> functions,
            Map<String, BinaryOperator<@Nullable Object>> ofTwo)
            throws IOException, ReflectiveOperationException {
        Function<byte[], Class<?>> definer =
                (Function<byte[], Class<?>>) opened(instrumentation, BridgeDefiner.class, "java.lang");
        Class<?> type = definer.apply(BridgeClass.bytes(functions.keySet(), ofTwo.keySet()));
        List<Object> all = new ArrayList<>(functions.values());
        all.addAll(ofTwo.values());
        Object bridge = type.getConstructor().newInstance();
        ((Consumer<Object[]>) bridge).accept(all.toArray());
        return (Function<Object, Object>) bridge;
    }

    /**
     * Opens a package of the JDK's to a loader that has one class, which the application has no way to.
     *
     * @return an object of that class
     */
    static Object opened(Instrumentation instrumentation, Class<?> type, String opened)
            throws IOException, ReflectiveOperationException {
        OneClassLoader loader = new OneClassLoader();
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of(opened, Set.of(loader.getUnnamedModule())),
                Set.of(),
                Map.of());
        Constructor<?> constructor = loader.define(type).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** Has a copy of one of the agent's classes and nothing else; garbage once that is. */
    private static final class OneClassLoader extends ClassLoader {
        OneClassLoader() {
            super(null);
        }

        Class<?> define(Class<?> type) throws IOException {
            String file = type.getName().replace('.', '/').concat(".class");
            try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                if (in == null) {
                    throw new IOException("the agent's jar is not complete");
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(type.getName(), bytes, 0, bytes.length);
            }
        }
    }

    private Bridge() {}
}
