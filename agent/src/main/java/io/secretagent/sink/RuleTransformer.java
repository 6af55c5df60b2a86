package io.secretagent.sink;

import io.secretagent.sink.Rule.ReturnedOfAny;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the classes that the {@linkplain Rules rules} name, when they are loaded, and when it is asked to those that
 * {@linkplain SubclassRules extend} others. For every other class it costs a look into a map.
 */
final class RuleTransformer implements ClassFileTransformer {
    private final Map<String, List<Rule>> rules = Rules.byType();

    /** By the class itself, for another of its name in another loader need not extend the same; of those in use. */
    private final ClassValue<List<Rule>> ofSubclasses = new ClassValue<>() {
        @Override
        protected List<Rule> computeValue(Class<?> type) {
            return SubclassRules.of(type);
        }
    };

    private final Set<String> leftAlone = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Instrumentation instrumentation;
    private final PrintStream err;
    private volatile boolean started;
    private volatile @Nullable String failedAtStart;

    /**
     * @param err where it is told what is not masked. Not the {@code System.err} of that time: what an application puts
     *     there may be the very logger whose class is being loaded.
     */
    RuleTransformer(Instrumentation instrumentation, PrintStream err) {
        this.instrumentation = instrumentation;
        this.err = err;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] original) {
        if (name == null) {
            return null; // hidden: no rule can name it
        }
        List<Rule> named = rules.get(name);
        List<Rule> ofSubclass = redefined == null || loader == null ? List.of() : ofSubclasses.get(redefined);
        if (named == null && ofSubclass.isEmpty()) {
            return null;
        }
        try {
            byte[] woven = Weaver.weave(original, both(named, ofSubclass));
            if (woven == null && named != null) {
                leftAlone.add(name);
            }
            if (woven == null && named != null && !Rules.UNRULED_IN_SOME_VERSIONS.contains(name)) {
                tell(dotted(name) + origin(domain) + " is of a version that is not known: it may log unmasked");
            }
            return woven;
        } catch (RuntimeException | LinkageError e) {
            // The JVM drops what a transformer throws: say it, for the class goes on unmasked.
            leftAlone.add(name);
            failed(dotted(name) + origin(domain), loader, e);
            return null;
        }
    }

    /** Rewrites a class that is loaded; says so if it cannot be done. */
    void rewrite(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            leftAlone.add(slashed(type.getName()));
            failed(type.getName() + origin(type.getProtectionDomain()), type.getClassLoader(), e);
        }
    }

    /** Whether a class of this name, of whatever loader, could not be rewritten: what it brings is not masked. */
    boolean leftAlone(String name) {
        return leftAlone.contains(name);
    }

    /**
     * Rewrites those of the classes that a rule names. In one go: for each the JVM stops all threads, and throws away what
     * it has compiled.
     */
    void rewriteNamed(Class<?>[] loaded) {
        // Of rules there are fewer than of classes, so that these are compared by their names as they are.
        Set<String> dotted = new HashSet<>();
        for (String name : rules.keySet()) {
            dotted.add(dotted(name));
        }
        List<Class<?>> named = new ArrayList<>();
        for (Class<?> type : loaded) {
            if (dotted.contains(type.getName())) {
                named.add(type);
            }
        }
        try {
            instrumentation.retransformClasses(named.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
            // None was rewritten, and it is not said which of them cannot be.
            for (Class<?> type : named) {
                rewrite(type);
            }
        }
    }

    /** Whether the class has rules because of what it extends. */
    boolean isSubclass(Class<?> type) {
        return type.getClassLoader() != null && !ofSubclasses.get(type).isEmpty();
    }

    /** Whether the class masks what its methods of a name return, because of what it extends. */
    boolean masksReturned(Class<?> type, String method) {
        if (type.getClassLoader() != null) {
            for (Rule rule : ofSubclasses.get(type)) {
                if (rule instanceof ReturnedOfAny returned && returned.method().equals(method)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * From now on nothing that cannot be rewritten ends the JVM.
     *
     * @return which of the JDK's own classes could not be rewritten until now, and why; null if all could
     */
    @Nullable String started() {
        started = true;
        return failedAtStart;
    }

    private void failed(String type, @Nullable ClassLoader loader, Throwable reason) {
        String line = type + " cannot be rewritten (" + reason.getClass().getName() + ")";
        if (loader == null && !started) {
            failedAtStart = line;
        } else {
            tell(line + ": it may log unmasked");
        }
    }

    private void tell(String line) {
        if (told.add(line)) {
            err.println("secret-agent: " + line);
        }
    }

    /** Without those that are in both, which would mask twice. */
    private static List<Rule> both(@Nullable List<Rule> named, List<Rule> ofSubclass) {
        if (named == null) {
            return ofSubclass;
        }
        List<Rule> both = new ArrayList<>(named);
        for (Rule rule : ofSubclass) {
            if (!named.contains(rule)) {
                both.add(rule);
            }
        }
        return both;
    }

    /** The jar, whose name has the version in it. */
    private static String origin(@Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            return "";
        }
        String path = location.getPath();
        while (path.endsWith("/") || path.endsWith("!")) {
            path = path.substring(0, path.length() - 1);
        }
        return " of " + path.substring(path.lastIndexOf('/') + 1);
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }

    private static String slashed(String name) {
        return name.replace('.', '/');
    }
}
