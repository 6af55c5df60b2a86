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
import org.junit.jupiter.api.Test;

class UnmaskedEncoderTest {
    private static final String OBJECT = "java/lang/Object";

    private final RuleTransformer transformer = transformer();
    private final UnmaskedEncoder unmasked = new UnmaskedEncoder(transformer);
    private final Classes classes = new Classes();

    @Test
    void theFrameworksOwnHasMasked() throws Exception {
        Object own = classes.define(LogbackRules.MASKED_ENCODER, OBJECT, true);
        Object inheriting = classes.define("app/Inheriting", LogbackRules.MASKED_ENCODER, false);

        assertThat(unmasked.apply(own)).isNull();
        assertThat(unmasked.apply(inheriting)).isNull();
    }

    @Test
    void oneThatEncodesItselfHasNot() throws Exception {
        classes.define(LogbackRules.MASKED_ENCODER, OBJECT, true);
        Object overriding = classes.define("app/Overriding", LogbackRules.MASKED_ENCODER, true);
        Object other = classes.define("app/Other", OBJECT, true);

        assertThat(unmasked.apply(overriding)).isSameAs(overriding);
        assertThat(unmasked.apply(other)).isSameAs(other);
    }

    @Test
    void theFrameworksOwnHasNotIfItCouldNotBeRewritten() throws Exception {
        Object own = classes.define(LogbackRules.MASKED_ENCODER, OBJECT, true);
        transformer.transform(getClass().getClassLoader(), LogbackRules.MASKED_ENCODER, null, null, new byte[8]);

        assertThat(unmasked.apply(own)).isSameAs(own);
    }

    /** Rewrites what is loaded, and nothing that is loaded already. */
    static RuleTransformer transformer() {
        return new RuleTransformer(noInstrumentation(), new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
    }

    private static Instrumentation noInstrumentation() {
        return (Instrumentation) Proxy.newProxyInstance(
                UnmaskedEncoderTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError(method.getName());
                });
    }

    /** Makes classes of the names that are asked for, with the encoder's method or without. */
    private static final class Classes extends ClassLoader {
        Classes() {
            super(UnmaskedEncoderTest.class.getClassLoader());
        }

        Object define(String name, String extended, boolean encodes) throws ReflectiveOperationException {
            ClassWriter type = new ClassWriter(0);
            type.visit(V17, ACC_PUBLIC, name, null, extended, null);
            MethodVisitor constructor = type.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
            constructor.visitVarInsn(ALOAD, 0);
            constructor.visitMethodInsn(INVOKESPECIAL, extended, "<init>", "()V", false);
            constructor.visitInsn(RETURN);
            constructor.visitMaxs(1, 1);
            if (encodes) {
                type.visitMethod(ACC_PUBLIC | ACC_NATIVE, "encode", "(Ljava/lang/Object;)[B", null, null)
                        .visitEnd();
            }
            byte[] bytes = type.toByteArray();
            return defineClass(name.replace('/', '.'), bytes, 0, bytes.length)
                    .getConstructor()
                    .newInstance();
        }
    }
}
