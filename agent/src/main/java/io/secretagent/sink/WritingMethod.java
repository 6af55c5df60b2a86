package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.AASTORE;
import static net.bytebuddy.jar.asm.Opcodes.ACONST_NULL;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ANEWARRAY;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;
import static net.bytebuddy.jar.asm.Opcodes.BIPUSH;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME1;
import static net.bytebuddy.jar.asm.Opcodes.GETFIELD;
import static net.bytebuddy.jar.asm.Opcodes.IFNULL;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEVIRTUAL;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/**
 * A method that writes to a descriptor, with this in front of it:
 *
 * <pre>{@code
 * if (SecretAgentBridge.stream(fd) != null) {
 *     Number written = (Number) SecretAgentBridge.write(new Object[] {this, fd, argument...});
 *     if (written != null) {
 *         return written.intValue();
 *     }
 * }
 * }</pre>
 *
 * The branches end where the method's own code begins, with the locals that it begins with: its own frames stay right.
 */
final class WritingMethod extends MethodVisitor {
    static final String FIELD = "fd";
    static final String FIELD_DESCRIPTOR = "Ljava/io/FileDescriptor;";

    private static final String NUMBER = "java/lang/Number";
    /** An array twice, an index, and the two words of a value. */
    private static final int STACK = 5;

    private final String owner;
    private final boolean isStatic;
    private final Type[] arguments;
    private final Type returned;

    WritingMethod(MethodVisitor next, String owner, boolean isStatic, String descriptor) {
        super(ASM9, next);
        this.owner = owner;
        this.isStatic = isStatic;
        arguments = Type.getArgumentTypes(descriptor);
        returned = Type.getReturnType(descriptor);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label notTaken = new Label();
        Label begin = new Label();
        descriptor();
        bridge(Bridge.STREAM);
        super.visitJumpInsn(IFNULL, begin);
        call();
        bridge(Bridge.WRITE);
        super.visitTypeInsn(CHECKCAST, NUMBER);
        super.visitInsn(DUP);
        super.visitJumpInsn(IFNULL, notTaken);
        returnWritten();
        super.visitLabel(notTaken);
        super.visitFrame(F_SAME1, 0, null, 1, new Object[] {NUMBER});
        super.visitInsn(POP);
        super.visitLabel(begin);
        super.visitFrame(F_SAME, 0, null, 0, null);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(Math.max(maxStack, STACK), maxLocals);
    }

    private void descriptor() {
        if (isStatic) {
            argument(arguments[0], 0);
            return;
        }
        super.visitVarInsn(ALOAD, 0);
        super.visitFieldInsn(GETFIELD, owner, FIELD, FIELD_DESCRIPTOR);
    }

    /** Leaves the array on the stack; a static method's first argument is the descriptor itself. */
    private void call() {
        int own = isStatic ? 1 : 0;
        super.visitIntInsn(BIPUSH, 2 + arguments.length - own);
        super.visitTypeInsn(ANEWARRAY, "java/lang/Object");
        if (!isStatic) {
            element(0);
            super.visitVarInsn(ALOAD, 0);
            super.visitInsn(AASTORE);
        }
        element(1);
        descriptor();
        super.visitInsn(AASTORE);
        int variable = 1;
        for (int i = own; i < arguments.length; i++) {
            element(2 + i - own);
            argument(arguments[i], variable);
            super.visitInsn(AASTORE);
            variable += arguments[i].getSize();
        }
    }

    private void element(int index) {
        super.visitInsn(DUP);
        super.visitIntInsn(BIPUSH, index);
    }

    private void argument(Type type, int variable) {
        switch (type.getSort()) {
            case Type.OBJECT, Type.ARRAY -> super.visitVarInsn(ALOAD, variable);
            case Type.INT -> {
                super.visitVarInsn(ILOAD, variable);
                super.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
            }
            default -> super.visitInsn(ACONST_NULL);
        }
    }

    private void returnWritten() {
        switch (returned.getSort()) {
            case Type.INT -> super.visitMethodInsn(INVOKEVIRTUAL, NUMBER, "intValue", "()I", false);
            case Type.LONG -> super.visitMethodInsn(INVOKEVIRTUAL, NUMBER, "longValue", "()J", false);
            default -> {
                super.visitInsn(POP);
                super.visitInsn(RETURN);
                return;
            }
        }
        super.visitInsn(returned.getOpcode(IRETURN));
    }

    private void bridge(String function) {
        super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, function, Bridge.DESCRIPTOR, false);
    }
}
