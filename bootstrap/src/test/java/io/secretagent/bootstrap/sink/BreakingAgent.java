package io.secretagent.bootstrap.sink;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Another agent, which makes of a class of the JDK what the JVM refuses as soon as anyone has it retransformed. */
public final class BreakingAgent implements ClassFileTransformer {

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new BreakingAgent(), true);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        return redefined == null || !"java/io/FileOutputStream".equals(name) ? null : new byte[classFile.length];
    }

    private BreakingAgent() {}
}
