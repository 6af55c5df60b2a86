package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.AALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ACC_FINAL;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PRIVATE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SUPER;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SYNTHETIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_VOLATILE;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.BIPUSH;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME;
import static net.bytebuddy.jar.asm.Opcodes.GETSTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IFNONNULL;
import static net.bytebuddy.jar.asm.Opcodes.IFNULL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.PUTSTATIC;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.V17;

import java.util.Set;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * The class file of the {@linkplain Bridge bridge}, which no compiler makes: it is of {@code java.lang}.
 *
 * <pre>{@code
 * public final class SecretAgentBridge implements Function<Object, Object>, Consumer<Object[]> {
 *     private static volatile UnaryOperator<Object> mask;
 *
 *     public static Object mask(Object text) {
 *         return mask.apply(text);
 *     }
 *
 *     // ... and so the other functions, those of two arguments with a BinaryOperator
 *
 *     public void accept(Object[] functions) {
 *         if (mask == null) {
 *             mask = (UnaryOperator<Object>) functions[0];
 *             // ... and so the others
 *         }
 *     }
 *
 *     public Object apply(Object descriptor) {
 *         return SharedSecrets.getJavaIOFileDescriptorAccess().get((FileDescriptor) descriptor);
 *     }
 *
 *     public static Object mask(Object text, Object given) {
 *         return given == null ? text : mask(text);
 *     }
 * }
 * }</pre>
 */
final class BridgeClass {
    private static final String OBJECT = "java/lang/Object";
    private static final String OPERATOR = "java/util/function/UnaryOperator";
    private static final String INTERNAL = "jdk/internal/access/";
    private static final String ACCESS = INTERNAL + "JavaIOFileDescriptorAccess";
    private static final String OPERATOR_OF_TWO = "java/util/function/BinaryOperator";

    /**
     * The class file. Its functions are connected once: by an array of them, those of one argument first.
     *
     * @param functions the names of those of one argument
     * @param ofTwo the names of those of two
     */
    static byte[] bytes(Set<String> functions, Set<String> ofTwo) {
        ClassWriter type = new ClassWriter(0);
        String[] interfaces = {"java/util/function/Function", "java/util/function/Consumer"};
        type.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, Bridge.NAME, null, OBJECT, interfaces);
        for (String function : functions) {
            addFunction(type, function, OPERATOR, Bridge.DESCRIPTOR, 1);
        }
        for (String function : ofTwo) {
            addFunction(type, function, OPERATOR_OF_TWO, Bridge.DESCRIPTOR_OF_TWO, 2);
        }
        addConnection(type, functions, ofTwo);
        addConstructor(type);
        addNumber(type);
        addMaskUnlessNull(type);
        type.visitEnd();
        return type.toByteArray();
    }

    /** In place of reflection, which makes an accessor for each field since JEP 416: 10 ms in all on JDK 25. */
    private static void addConnection(ClassWriter type, Set<String> functions, Set<String> ofTwo) {
        MethodVisitor accept = type.visitMethod(ACC_PUBLIC, "accept", "(Ljava/lang/Object;)V", null, null);
        accept.visitCode();
        Label connected = new Label();
        accept.visitFieldInsn(GETSTATIC, Bridge.NAME, Bridge.MASK, "L" + OPERATOR + ";");
        accept.visitJumpInsn(IFNONNULL, connected);
        int index = 0;
        for (String function : functions) {
            connect(accept, index++, function, OPERATOR);
        }
        for (String function : ofTwo) {
            connect(accept, index++, function, OPERATOR_OF_TWO);
        }
        accept.visitLabel(connected);
        accept.visitFrame(F_SAME, 0, null, 0, null);
        accept.visitInsn(RETURN);
        accept.visitMaxs(2, 2);
        accept.visitEnd();
    }

    private static void connect(MethodVisitor accept, int index, String name, String operator) {
        accept.visitVarInsn(ALOAD, 1);
        accept.visitTypeInsn(CHECKCAST, "[L" + OBJECT + ";");
        accept.visitIntInsn(BIPUSH, index);
        accept.visitInsn(AALOAD);
        accept.visitTypeInsn(CHECKCAST, operator);
        accept.visitFieldInsn(PUTSTATIC, Bridge.NAME, name, "L" + operator + ";");
    }

    private static void addMaskUnlessNull(ClassWriter type) {
        MethodVisitor unlessNull =
                type.visitMethod(ACC_PUBLIC | ACC_STATIC, Bridge.MASK, Bridge.DESCRIPTOR_OF_TWO, null, null);
        unlessNull.visitCode();
        Label none = new Label();
        unlessNull.visitVarInsn(ALOAD, 1);
        unlessNull.visitJumpInsn(IFNULL, none);
        unlessNull.visitVarInsn(ALOAD, 0);
        unlessNull.visitMethodInsn(INVOKESTATIC, Bridge.NAME, Bridge.MASK, Bridge.DESCRIPTOR, false);
        unlessNull.visitInsn(ARETURN);
        unlessNull.visitLabel(none);
        unlessNull.visitFrame(F_SAME, 0, null, 0, null);
        unlessNull.visitVarInsn(ALOAD, 0);
        unlessNull.visitInsn(ARETURN);
        unlessNull.visitMaxs(1, 2);
        unlessNull.visitEnd();
    }

    private static void addFunction(ClassWriter type, String name, String operator, String descriptor, int arguments) {
        type.visitField(ACC_PRIVATE | ACC_STATIC | ACC_VOLATILE, name, "L" + operator + ";", null, null)
                .visitEnd();
        MethodVisitor function = type.visitMethod(ACC_PUBLIC | ACC_STATIC, name, descriptor, null, null);
        function.visitCode();
        function.visitFieldInsn(GETSTATIC, Bridge.NAME, name, "L" + operator + ";");
        for (int i = 0; i < arguments; i++) {
            function.visitVarInsn(ALOAD, i);
        }
        function.visitMethodInsn(INVOKEINTERFACE, operator, "apply", descriptor, true);
        function.visitInsn(ARETURN);
        function.visitMaxs(1 + arguments, arguments);
        function.visitEnd();
    }

    private static void addConstructor(ClassWriter type) {
        MethodVisitor constructor = type.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        constructor.visitInsn(RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
    }

    private static void addNumber(ClassWriter type) {
        MethodVisitor apply = type.visitMethod(ACC_PUBLIC, "apply", Bridge.DESCRIPTOR, null, null);
        apply.visitCode();
        apply.visitMethodInsn(
                INVOKESTATIC, INTERNAL + "SharedSecrets", "getJavaIOFileDescriptorAccess", "()L" + ACCESS + ";", false);
        apply.visitVarInsn(ALOAD, 1);
        apply.visitTypeInsn(CHECKCAST, "java/io/FileDescriptor");
        apply.visitMethodInsn(INVOKEINTERFACE, ACCESS, "get", "(Ljava/io/FileDescriptor;)I", true);
        apply.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
        apply.visitInsn(ARETURN);
        apply.visitMaxs(2, 2);
        apply.visitEnd();
    }

    private BridgeClass() {}
}
