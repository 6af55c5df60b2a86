package io.secretagent.bootstrap.fetch;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.SecretName.Selection;
import io.secretagent.bootstrap.mapping.Shown;
import io.secretagent.channel.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code #*} stands for, once the keys are known. */
final class Stars {
    /** Names that change how a JVM or a framework runs; a store's content must not be able to set them. */
    private static final List<String> RESERVED = List.of("java.", "javax.", "jdk.", "sun.", "spring.config.", "log4j");

    /** The same of variables. */
    private static final List<String> RESERVED_VARIABLES =
            List.of("LD_", "DYLD_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_", "SECRET_AGENT_");

    private static final Set<String> RESERVED_NAMES =
            Set.of("PATH", "IFS", "ENV", "BASH_ENV", "CLASSPATH", "NODE_OPTIONS", "PYTHONPATH", "PERL5OPT", "RUBYOPT");

    /** {@code rotate} keeps the value before under this name. */
    private static final String OLD = "_OLD";

    private final Set<String> explicit = new HashSet<>();
    private final Map<String, Entry> taken = new HashMap<>();

    /** One key of a star. */
    record Ray(String key, String name, List<Target> targets) {}

    Stars(List<Entry> entries) {
        for (Entry entry : entries) {
            if (!(entry.name().selection() instanceof Selection.AllFields)) {
                for (Target target : Targets.of(entry)) {
                    explicit.add(target.toString());
                }
            }
        }
    }

    List<Ray> expand(Entry entry, Map<String, Object> fields) throws BackendException {
        List<Ray> rays = new ArrayList<>();
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            String key = field.getKey();
            boolean old = key.endsWith(OLD) && fields.containsKey(key.substring(0, key.length() - OLD.length()));
            if (old || field.getValue() == Json.NULL) {
                continue;
            }
            List<Target> targets = targets(entry, key);
            if (!targets.isEmpty()) {
                String text = entry.name().text();
                rays.add(new Ray(key, text.substring(0, text.length() - 1) + key, targets));
            }
        }
        return rays;
    }

    /** The targets of one key, less those that an entry of their own names. */
    private List<Target> targets(Entry entry, String key) throws BackendException {
        if (!isName(key)) {
            throw Values.failure(
                    Failure.Kind.INVALID,
                    "its key " + Shown.name(key) + " cannot be part of a property's name",
                    "name the keys that are wanted one by one instead of #*");
        }
        Entry.Injection injection = entry.injection();
        List<Target> targets = new ArrayList<>();
        for (Target target :
                Targets.of(injection, expanded(injection.property(), key), expanded(injection.env(), key))) {
            if (explicit.contains(target.toString())) {
                continue;
            }
            requireFree(target, entry);
            targets.add(target);
        }
        return targets;
    }

    private void requireFree(Target target, Entry entry) throws BackendException {
        boolean property = target.kind() == Target.Kind.PROPERTY;
        for (String reserved : property ? RESERVED : RESERVED_VARIABLES) {
            if (target.name().startsWith(reserved) || (!property && RESERVED_NAMES.contains(target.name()))) {
                throw Values.failure(
                        Failure.Kind.INVALID,
                        "#* would set " + target.name() + ", which changes how "
                                + (property ? "the JVM runs" : "programs run"),
                        "write that key out with its target if it is meant");
            }
        }
        Entry other = taken.putIfAbsent(target.toString(), entry);
        if (other != null && !other.equals(entry)) {
            throw Values.failure(
                    Failure.Kind.INVALID,
                    target + " is also the target of a key of " + other.name() + " at " + other.place(),
                    "give one of the two another prefix");
        }
    }

    private static @Nullable String expanded(@Nullable String pattern, String key) {
        return pattern == null ? null : pattern.substring(0, pattern.length() - 1) + key;
    }

    private static boolean isName(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return !key.isEmpty();
    }
}
