package io.secretagent.sink;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the classes that the {@linkplain Rules rules} name, when they are loaded. For every other class it costs a
 * look into a map.
 */
final class RuleTransformer implements ClassFileTransformer {
    private final Map<String, List<Rule>> rules = Rules.byType();

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
        List<Rule> ofType = rules.get(name);
        if (ofType == null) {
            return null;
        }
        try {
            return Weaver.weave(original, ofType);
        } catch (RuntimeException | LinkageError e) {
            // The JVM drops what a transformer throws: say it, for the class goes on unmasked.
            System.err.println("secret-agent: " + name.replace('/', '.') + " is not masked: "
                    + e.getClass().getName());
            return null;
        }
    }

    /** Whether a rule names this class. */
    boolean names(Class<?> type) {
        return rules.containsKey(type.getName().replace('.', '/'));
    }
}
