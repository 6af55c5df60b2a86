package io.secretagent.sink;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rewrites the class behind {@code System.getenv}, in a JVM whose mapping asks for variables and in no other. */
final class EnvironmentTransformer implements ClassFileTransformer {
    private final List<Rule> rules;
    private volatile boolean woven;

    /** Rewrites it, and whenever another agent has it rewritten. */
    static void install(Instrumentation instrumentation, boolean inherited) throws Masking.FailedException {
        EnvironmentTransformer transformer = new EnvironmentTransformer(EnvironmentRules.of(inherited));
        instrumentation.addTransformer(transformer, true);
        try {
            instrumentation.retransformClasses(Class.forName(EnvironmentRules.TYPE.replace('/', '.'), false, null));
        } catch (ClassNotFoundException | UnmodifiableClassException | RuntimeException | LinkageError e) {
            throw failed();
        }
        if (!transformer.woven) {
            throw failed();
        }
    }

    private EnvironmentTransformer(List<Rule> rules) {
        this.rules = rules;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] original) {
        if (loader != null || !EnvironmentRules.TYPE.equals(name)) {
            return null;
        }
        byte[] rewritten = Weaver.weave(original, rules);
        woven |= rewritten != null;
        return rewritten;
    }

    private static Masking.FailedException failed() {
        return new Masking.FailedException(
                "System.getenv cannot be rewritten in this JVM, so that it would not show what"
                        + " env: asks for; name this agent before any other on the command line, or write property: instead");
    }
}
