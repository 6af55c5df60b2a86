package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ACC_FINAL;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SUPER;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SYNTHETIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_VOLATILE;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME;
import static net.bytebuddy.jar.asm.Opcodes.GETSTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IFNULL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
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
import org.jspecify.annotations.Nullable;

/**
 * The one class through which rewritten classes reach the masker, whatever loader they are of: it is in package
 * {@code java.lang}, which every loader delegates, OSGi's and JBoss Modules' too. (Appending a jar to the boot class
 * path would do as well, but prints a warning and turns off the application's class-data archive.)
 *
 * <pre>{@code
 * public final class SecretAgentBridge implements Function<Object, Object> {
 *     public static volatile UnaryOperator<Object> mask;
 *
 *     public static Object mask(Object text) {
 *         return mask.apply(text);
 *     }
 *
 *     // ... and so the other functions
 *
 *     public Object apply(Object descriptor) {
 *         return SharedSecrets.getJavaIOFileDescriptorAccess().get((FileDescriptor) descriptor);
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

    /** Masks a text. */
    static final String MASK = "mask";
    /** The masking stream of a descriptor, null if it has none. */
    static final String STREAM = "stream";
    /** Writes in a method's place. */
    static final String WRITE = "write";
    /** Is shown a descriptor that was opened. */
    static final String OPENED = "opened";
    /** Is shown every object of a class whose subclasses are masked. */
    static final String SUBCLASS = "subclass";
    /** Is shown every process builder that is about to start one. */
    static final String STARTING = "starting";
    /** Makes a stream of objects that masks them. */
    static final String OBJECTS = "objects";
    /** Makes one that has no header. */
    static final String HEADLESS_OBJECTS = "headlessObjects";

    /** Of every function. */
    static final String DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

    /** Of {@link #MASK} when it is asked for an event. */
    static final String MASK_FOR_EVENT_DESCRIPTOR = "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

    private static final String OBJECT = "java/lang/Object";
    private static final String OPERATOR = "java/util/function/UnaryOperator";
    private static final String INTERNAL = "jdk/internal/access/";
    private static final String ACCESS = INTERNAL + "JavaIOFileDescriptorAccess";

    /**
     * Defines the class and connects it, before any class can be rewritten to call it.
     *
     * @param functions by their names above
     * @return the number of a {@code FileDescriptor}, which no API of the JDK tells
     */
    @SuppressWarnings("unchecked") // what the class is
    static Function<Object, Object> define(
            Instrumentation instrumentation, Map<String, UnaryOperator<@Nullable Object>> functions)
            throws IOException, ReflectiveOperationException {
        Class<?> type = definer(instrumentation).apply(bytes(functions.keySet()));
        for (Map.Entry<String, UnaryOperator<@Nullable Object>> function : functions.entrySet()) {
            type.getField(function.getKey()).set(null, function.getValue());
        }
        return (Function<Object, Object>) type.getConstructor().newInstance();
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

    private static byte[] bytes(Set<String> functions) {
        ClassWriter type = new ClassWriter(0);
        String[] interfaces = {"java/util/function/Function"};
        type.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, NAME, null, OBJECT, interfaces);
        for (String function : functions) {
            addFunction(type, function);
        }
        addConstructor(type);
        addNumber(type);
        addForEvent(type);
        type.visitEnd();
        return type.toByteArray();
    }

    private static void addForEvent(ClassWriter type) {
        MethodVisitor forEvent = type.visitMethod(ACC_PUBLIC | ACC_STATIC, MASK, MASK_FOR_EVENT_DESCRIPTOR, null, null);
        forEvent.visitCode();
        Label none = new Label();
        forEvent.visitVarInsn(ALOAD, 1);
        forEvent.visitJumpInsn(IFNULL, none);
        forEvent.visitVarInsn(ALOAD, 0);
        forEvent.visitMethodInsn(INVOKESTATIC, NAME, MASK, DESCRIPTOR, false);
        forEvent.visitInsn(ARETURN);
        forEvent.visitLabel(none);
        forEvent.visitFrame(F_SAME, 0, null, 0, null);
        forEvent.visitVarInsn(ALOAD, 0);
        forEvent.visitInsn(ARETURN);
        forEvent.visitMaxs(1, 2);
        forEvent.visitEnd();
    }

    private static void addFunction(ClassWriter type, String name) {
        type.visitField(ACC_PUBLIC | ACC_STATIC | ACC_VOLATILE, name, "L" + OPERATOR + ";", null, null)
                .visitEnd();
        MethodVisitor function = type.visitMethod(ACC_PUBLIC | ACC_STATIC, name, DESCRIPTOR, null, null);
        function.visitCode();
        function.visitFieldInsn(GETSTATIC, NAME, name, "L" + OPERATOR + ";");
        function.visitVarInsn(ALOAD, 0);
        function.visitMethodInsn(INVOKEINTERFACE, OPERATOR, "apply", DESCRIPTOR, true);
        function.visitInsn(ARETURN);
        function.visitMaxs(2, 1);
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
        MethodVisitor apply = type.visitMethod(ACC_PUBLIC, "apply", DESCRIPTOR, null, null);
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
