package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static net.bytebuddy.jar.asm.Opcodes.ACC_NATIVE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.V17;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnmaskedTest {
    private static final String OBJECT = "java/lang/Object";

    private final RuleTransformer transformer = transformer();
    private final Unmasked unmasked = new Unmasked(transformer);
    private final Classes classes = new Classes();

    @Test
    void theFrameworksOwnHasMasked() throws Exception {
        Object own = classes.define(LogbackRules.MASKED_ENCODER, OBJECT, "encode");
        Object inheriting = classes.define("app/Inheriting", LogbackRules.MASKED_ENCODER, null);

        assertThat(unmasked.apply(own)).isNull();
        assertThat(unmasked.apply(inheriting)).isNull();
    }

    @Test
    void soHasItsLayoutOfPatterns() throws Exception {
        Object own = classes.define(LogbackRules.MASKED_LAYOUT, OBJECT, "doLayout");
        Object inheriting = classes.define("app/Inheriting", LogbackRules.MASKED_LAYOUT, null);
        Object overriding = classes.define("app/Overriding", LogbackRules.MASKED_LAYOUT, "doLayout");

        assertThat(unmasked.apply(own)).isNull();
        assertThat(unmasked.apply(inheriting)).isNull();
        assertThat(unmasked.apply(overriding)).isSameAs(overriding);
    }

    @Test
    void oneThatEncodesItselfHasNot() throws Exception {
        classes.define(LogbackRules.MASKED_ENCODER, OBJECT, "encode");
        Object overriding = classes.define("app/Overriding", LogbackRules.MASKED_ENCODER, "encode");
        Object other = classes.define("app/Other", OBJECT, "encode");

        assertThat(unmasked.apply(overriding)).isSameAs(overriding);
        assertThat(unmasked.apply(other)).isSameAs(other);
    }

    @Test
    void theFrameworksOwnHasNotIfItCouldNotBeRewritten() throws Exception {
        Object own = classes.define(LogbackRules.MASKED_ENCODER, OBJECT, "encode");
        transformer.transform(getClass().getClassLoader(), LogbackRules.MASKED_ENCODER, null, null, new byte[8]);

        assertThat(unmasked.apply(own)).isSameAs(own);
    }

    /** Rewrites what is loaded, and nothing that is loaded already. */
    static RuleTransformer transformer() {
        return new RuleTransformer(noInstrumentation(), new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
    }

    private static Instrumentation noInstrumentation() {
        return (Instrumentation) Proxy.newProxyInstance(
                UnmaskedTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError(method.getName());
                });
    }

    /** Makes classes of the names that are asked for, with a method or without. */
    private static final class Classes extends ClassLoader {
        Classes() {
            super(UnmaskedTest.class.getClassLoader());
        }

        Object define(String name, String extended, @Nullable String method) throws ReflectiveOperationException {
            ClassWriter type = new ClassWriter(0);
            type.visit(V17, ACC_PUBLIC, name, null, extended, null);
            MethodVisitor constructor = type.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
            constructor.visitVarInsn(ALOAD, 0);
            constructor.visitMethodInsn(INVOKESPECIAL, extended, "<init>", "()V", false);
            constructor.visitInsn(RETURN);
            constructor.visitMaxs(1, 1);
            if (method != null) {
                type.visitMethod(ACC_PUBLIC | ACC_NATIVE, method, "(Ljava/lang/Object;)Ljava/lang/Object;", null, null)
                        .visitEnd();
            }
            byte[] bytes = type.toByteArray();
            return defineClass(name.replace('/', '.'), bytes, 0, bytes.length)
                    .getConstructor()
                    .newInstance();
        }
    }
}
