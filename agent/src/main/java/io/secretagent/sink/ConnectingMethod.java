package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.AALOAD;
import static net.bytebuddy.jar.asm.Opcodes.AASTORE;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ANEWARRAY;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME1;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_0;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_3;
import static net.bytebuddy.jar.asm.Opcodes.IFNULL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.POP;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * The beginning of a driver's method that connects.
 *
 * <pre>{@code
 * Object connected = SecretAgentBridge.connect(new Object[] {this, url, properties});
 * if (connected != null) {
 *     return (Connection) ((Object[]) connected)[0];
 * }
 * }</pre>
 */
final class ConnectingMethod extends MethodVisitor {
    private static final String OBJECT = "java/lang/Object";
    private static final int ARGUMENTS = 3;
    private static final int STACK = 4;

    ConnectingMethod(MethodVisitor next) {
        super(ASM9, next);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        super.visitInsn(ICONST_3);
        super.visitTypeInsn(ANEWARRAY, OBJECT);
        for (int i = 0; i < ARGUMENTS; i++) {
            super.visitInsn(DUP);
            super.visitInsn(ICONST_0 + i);
            super.visitVarInsn(ALOAD, i);
            super.visitInsn(AASTORE);
        }
        super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, Bridge.CONNECT, Bridge.DESCRIPTOR, false);
        super.visitInsn(DUP);
        Label goOn = new Label();
        super.visitJumpInsn(IFNULL, goOn);
        super.visitTypeInsn(CHECKCAST, "[L" + OBJECT + ";");
        super.visitInsn(ICONST_0);
        super.visitInsn(AALOAD);
        super.visitTypeInsn(CHECKCAST, "java/sql/Connection");
        super.visitInsn(ARETURN);
        super.visitLabel(goOn);
        super.visitFrame(F_SAME1, 0, null, 1, new Object[] {OBJECT});
        super.visitInsn(POP);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(Math.max(maxStack, STACK), maxLocals);
    }
}
