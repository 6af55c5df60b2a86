package io.secretagent.sink;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for one class of the JDK that only some JVMs need: in all others the class stays as it is. */
final class AddedRules implements ClassFileTransformer {
    private final String type;
    private final List<Rule> rules;
    private volatile boolean woven;

    /**
     * Rewrites the class, now and whenever another agent has it rewritten.
     *
     * @return whether the rules found what they name
     */
    static boolean install(Instrumentation instrumentation, List<Rule> rules) {
        AddedRules added = new AddedRules(rules);
        instrumentation.addTransformer(added, true);
        try {
            instrumentation.retransformClasses(Class.forName(added.type.replace('/', '.'), false, null));
        } catch (ClassNotFoundException | UnmodifiableClassException | RuntimeException | LinkageError e) {
            return false;
        }
        return added.woven;
    }

    private AddedRules(List<Rule> rules) {
        this.type = rules.get(0).type();
        this.rules = rules;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] original) {
        if (loader != null || !type.equals(name)) {
            return null;
        }
        byte[] rewritten = Weaver.weave(original, rules);
        woven |= rewritten != null;
        return rewritten;
    }
}
