package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ACC_FINAL;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SUPER;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SYNTHETIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_VOLATILE;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME;
import static net.bytebuddy.jar.asm.Opcodes.GETSTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IFNULL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.V17;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * The one class through which rewritten classes reach the masker, whatever loader they are of: it is in package
 * {@code java.lang}, which every loader delegates, OSGi's and JBoss Modules' too. (Appending a jar to the boot class
 * path would do as well, but prints a warning and turns off the application's class-data archive.)
 *
 * <pre>{@code
 * public final class SecretAgentBridge {
 *     public static volatile UnaryOperator<Object> masker;
 *
 *     public static Object mask(Object text) {
 *         return masker.apply(text);
 *     }
 *
 *     public static Object mask(Object text, Object event) {
 *         return event == null ? text : mask(text);
 *     }
 * }
 * }</pre>
 */
final class Bridge {
    static final String NAME = "java/lang/SecretAgentBridge";
    static final String MASK = "mask";
    static final String MASK_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

    static final String MASK_FOR_EVENT_DESCRIPTOR = "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

    private static final String FIELD = "masker";
    private static final String OPERATOR = "java/util/function/UnaryOperator";

    /** Defines the class and connects it, before any class can be rewritten to call it. */
    static void define(Instrumentation instrumentation, UnaryOperator<Object> masker)
            throws IOException, ReflectiveOperationException {
        definer(instrumentation).apply(bytes()).getField(FIELD).set(null, masker);
    }

    /** Opens {@code java.lang} to a loader that has one class, which the application has no way to. */
    @SuppressWarnings("unchecked") // what BridgeDefiner is
    private static Function<byte[], Class<?>> definer(Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        DefinerLoader loader = new DefinerLoader();
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(loader.getUnnamedModule())),
                Set.of(),
                Map.of());
        Constructor<?> constructor = loader.define().getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Function<byte[], Class<?>>) constructor.newInstance();
    }

    private static byte[] bytes() {
        ClassWriter type = new ClassWriter(0);
        type.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, NAME, null, "java/lang/Object", null);
        type.visitField(ACC_PUBLIC | ACC_STATIC | ACC_VOLATILE, FIELD, "L" + OPERATOR + ";", null, null)
                .visitEnd();
        MethodVisitor mask = type.visitMethod(ACC_PUBLIC | ACC_STATIC, MASK, MASK_DESCRIPTOR, null, null);
        mask.visitCode();
        mask.visitFieldInsn(GETSTATIC, NAME, FIELD, "L" + OPERATOR + ";");
        mask.visitVarInsn(ALOAD, 0);
        mask.visitMethodInsn(INVOKEINTERFACE, OPERATOR, "apply", MASK_DESCRIPTOR, true);
        mask.visitInsn(ARETURN);
        mask.visitMaxs(2, 1);
        mask.visitEnd();
        MethodVisitor forEvent = type.visitMethod(ACC_PUBLIC | ACC_STATIC, MASK, MASK_FOR_EVENT_DESCRIPTOR, null, null);
        forEvent.visitCode();
        Label none = new Label();
        forEvent.visitVarInsn(ALOAD, 1);
        forEvent.visitJumpInsn(IFNULL, none);
        forEvent.visitVarInsn(ALOAD, 0);
        forEvent.visitMethodInsn(INVOKESTATIC, NAME, MASK, MASK_DESCRIPTOR, false);
        forEvent.visitInsn(ARETURN);
        forEvent.visitLabel(none);
        forEvent.visitFrame(F_SAME, 0, null, 0, null);
        forEvent.visitVarInsn(ALOAD, 0);
        forEvent.visitInsn(ARETURN);
        forEvent.visitMaxs(1, 2);
        forEvent.visitEnd();
        type.visitEnd();
        return type.toByteArray();
    }

    /** Has a copy of {@link BridgeDefiner} and nothing else; garbage once the bridge is defined. */
    private static final class DefinerLoader extends ClassLoader {
        DefinerLoader() {
            super(null);
        }

        Class<?> define() throws IOException {
            try (InputStream in = BridgeDefiner.class.getResourceAsStream("BridgeDefiner.class")) {
                if (in == null) {
                    throw new IOException("the agent's jar is not complete");
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(BridgeDefiner.class.getName(), bytes, 0, bytes.length);
            }
        }
    }

    private Bridge() {}
}
