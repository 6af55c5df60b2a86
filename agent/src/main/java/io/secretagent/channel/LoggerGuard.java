package io.secretagent.channel;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Lets a process be started without the application's {@code System.LoggerFinder}. Since JDK 22 each
 * {@code ProcessBuilder.start} asks for a System.Logger (JDK-8303392), which instantiates the finder, and with it
 * possibly the whole of the application's logging, before {@code main}. While this guard is open the JDK believes
 * that it has not booted yet and hands out its own lazy logger, which finds the real one when it is used later.
 */
final class LoggerGuard implements AutoCloseable {
    private static final String GUARDED = "jdk/internal/logger/BootstrapLogger";
    private static final int FIRST_THAT_LOGS_STARTS = 22;

    private final @Nullable Instrumentation instrumentation;
    private final NotBooted notBooted = new NotBooted();

    static LoggerGuard install(Instrumentation instrumentation) {
        if (Runtime.version().feature() < FIRST_THAT_LOGS_STARTS) {
            return new LoggerGuard(null);
        }
        LoggerGuard guard = new LoggerGuard(instrumentation);
        instrumentation.addTransformer(guard.notBooted, true);
        guard.retransform(instrumentation);
        return guard;
    }

    private LoggerGuard(@Nullable Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Starts the process under the guard. */
    Process start(ProcessBuilder builder) throws IOException {
        return builder.start();
    }

    @Override
    public void close() {
        if (instrumentation != null) {
            instrumentation.removeTransformer(notBooted);
            retransform(instrumentation);
        }
    }

    private void retransform(Instrumentation with) {
        try {
            with.retransformClasses(Class.forName(GUARDED.replace('/', '.'), false, null));
        } catch (ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
            // A JDK that is built otherwise: the process is started unguarded, as any other code would start it.
            return;
        }
    }

    /** Makes {@code BootstrapLogger.isBooted()} return false. */
    private static final class NotBooted implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                @Nullable Module module,
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] classFile) {
            if (!GUARDED.equals(name)) {
                return null;
            }
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(new IsBootedReturnsFalse(writer), 0);
            return writer.toByteArray();
        }
    }

    private static final class IsBootedReturnsFalse extends ClassVisitor {
        IsBootedReturnsFalse(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals("isBooted") || !descriptor.equals("()Z")) {
                return method;
            }
            method.visitCode();
            method.visitInsn(Opcodes.ICONST_0);
            method.visitInsn(Opcodes.IRETURN);
            method.visitMaxs(1, 0);
            method.visitEnd();
            return null;
        }
    }
}
