package io.secretagent.sink;

import io.secretagent.sink.Rule.Connects;
import io.secretagent.sink.Rule.Shown;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the drivers of databases, in a JVM whose secrets are refreshed and in no other: when they are loaded, by their
 * names, for nearly all have the word in it; and the others when they are registered. Pools end there, whether they
 * go by {@code DriverManager} or make a driver themselves.
 */
final class Drivers implements ClassFileTransformer, UnaryOperator<@Nullable Object> {
    private static final String WORD = "Driver";
    private static final String REGISTRY = "java/sql/DriverManager";
    private static final List<Rule> REGISTERED =
            List.of(new Shown(REGISTRY, "registerDriver", "(Ljava/sql/Driver;Ljava/sql/DriverAction;", Bridge.DRIVER));

    private final Instrumentation instrumentation;
    private final PrintStream err;
    /** Those without the word in their names. */
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    private volatile boolean installed;

    Drivers(Instrumentation instrumentation, PrintStream err) {
        this.instrumentation = instrumentation;
        this.err = err;
    }

    /** From now on. What is loaded already, as by another agent, is rewritten at once. */
    void install() {
        instrumentation.addTransformer(this, true);
        installed = true;
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            String name = slashed(type);
            if (name.equals(REGISTRY) || (type.getClassLoader() != null && name.contains(WORD))) {
                rewrite(type);
            }
        }
    }

    /** A driver is registered. */
    @Override
    public @Nullable Object apply(@Nullable Object driver) {
        Class<?> type = driver == null || !installed ? null : driver.getClass();
        while (type != null && type.getClassLoader() != null) {
            if (!slashed(type).contains(WORD) && registered.add(slashed(type))) {
                rewrite(type);
            }
            type = type.getSuperclass();
        }
        return driver;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] original) {
        if (name == null || (!name.contains(WORD) && !registered.contains(name))) {
            return null;
        }
        try {
            return Weaver.weave(original, name.equals(REGISTRY) ? REGISTERED : List.of(new Connects(name)));
        } catch (RuntimeException | LinkageError e) {
            tell(name.replace('/', '.'), e);
            return null;
        }
    }

    private void rewrite(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            tell(type.getName(), e);
        }
    }

    private void tell(String type, Throwable reason) {
        err.println("secret-agent: " + type + " cannot be rewritten ("
                + reason.getClass().getName() + "): pools keep the password that they have");
    }

    private static String slashed(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
