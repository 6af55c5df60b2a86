package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ACC_ABSTRACT;
import static net.bytebuddy.jar.asm.Opcodes.ACC_INTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_NATIVE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.V17;

import java.util.Arrays;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.jspecify.annotations.Nullable;

/** Makes classes of the names that are asked for, with a method or without. */
final class OwnClasses extends ClassLoader {
    private static final String OBJECT = "java/lang/Object";

    OwnClasses() {
        super(OwnClasses.class.getClassLoader());
    }

    Class<?> defineInterface(String name) {
        ClassWriter type = new ClassWriter(0);
        type.visit(V17, ACC_PUBLIC | ACC_INTERFACE | ACC_ABSTRACT, name, null, OBJECT, null);
        return define(name, type);
    }

    Class<?> define(String name, String extended, @Nullable String method, Class<?>... implemented) {
        ClassWriter type = new ClassWriter(0);
        String[] interfaces = Arrays.stream(implemented)
                .map(direct -> direct.getName().replace('.', '/'))
                .toArray(String[]::new);
        type.visit(V17, ACC_PUBLIC, name, null, extended, interfaces);
        MethodVisitor constructor = type.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, extended, "<init>", "()V", false);
        constructor.visitInsn(RETURN);
        constructor.visitMaxs(1, 1);
        if (method != null) {
            type.visitMethod(ACC_PUBLIC | ACC_NATIVE, method, "(Ljava/lang/Object;)Ljava/lang/Object;", null, null)
                    .visitEnd();
        }
        return define(name, type);
    }

    private Class<?> define(String name, ClassWriter type) {
        byte[] bytes = type.toByteArray();
        return defineClass(name.replace('/', '.'), bytes, 0, bytes.length);
    }
}
