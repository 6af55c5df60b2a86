package io.secretagent.bootstrap.sink;

import java.io.FileOutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Another agent, which has the classes of the JDK retransformed that Secret Agent rewrites. */
public final class OtherAgent implements ClassFileTransformer {

    public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
        instrumentation.addTransformer(new OtherAgent(), true);
        instrumentation.retransformClasses(FileOutputStream.class, Properties.class, ProcessBuilder.class);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        return redefined == null ? null : classFile.clone();
    }

    private OtherAgent() {}
}
