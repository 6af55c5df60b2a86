package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;
import static net.bytebuddy.jar.asm.Opcodes.ASTORE;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_0;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEVIRTUAL;
import static net.bytebuddy.jar.asm.Opcodes.ISTORE;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/** A method with a call of the bridge in it: here for what comes into it. */
abstract class RuledMethod extends MethodVisitor {
    private final RuledClass owner;

    /** Its first argument goes through a function of the bridge. */
    static MethodVisitor taking(
            RuledClass owner, MethodVisitor next, String descriptor, boolean isStatic, String function) {
        owner.setRuled();
        return new Taking(owner, next, Type.getArgumentTypes(descriptor)[0], isStatic ? 0 : 1, function);
    }

    /** Its last argument is masked. */
    static MethodVisitor takingLast(RuledClass owner, MethodVisitor next, String descriptor, boolean isStatic) {
        owner.setRuled();
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int last = arguments.length - 1;
        return new Taking(owner, next, arguments[last], variable(arguments, last, isStatic), Bridge.MASK);
    }

    /** The object that it is called on is shown to a function of the bridge. */
    static MethodVisitor receiving(RuledClass owner, MethodVisitor next, String function) {
        owner.setRuled();
        return new Receiving(owner, next, function);
    }

    /** The range of bytes among its arguments is masked. */
    static MethodVisitor takingRange(RuledClass owner, MethodVisitor next, String descriptor, boolean isStatic) {
        owner.setRuled();
        Type[] arguments = Type.getArgumentTypes(descriptor);
        int bytes = arguments.length - 1;
        while (arguments[bytes].getSort() != Type.ARRAY) {
            bytes--;
        }
        boolean hasOffset = bytes + 2 < arguments.length && arguments[bytes + 2].getSort() == Type.INT;
        return new TakingRange(owner, next, variable(arguments, bytes, isStatic), hasOffset);
    }

    /** Where an argument is among the local variables. */
    private static int variable(Type[] arguments, int index, boolean isStatic) {
        int variable = isStatic ? 0 : 1;
        for (int i = 0; i < index; i++) {
            variable += arguments[i].getSize();
        }
        return variable;
    }

    /** The object that it makes is shown to a function of the bridge. */
    static MethodVisitor constructing(RuledClass owner, MethodVisitor next, String function) {
        owner.setRuled();
        return new Constructing(owner, next, function);
    }

    RuledMethod(RuledClass owner, MethodVisitor next) {
        super(ASM9, next);
        this.owner = owner;
    }

    /** Puts what is on top of the stack through a function of the bridge. */
    final void bridge(String function, Type type) {
        super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, function, Bridge.DESCRIPTOR, false);
        super.visitTypeInsn(CHECKCAST, type.getInternalName());
        owner.setRuled();
    }

    /** Puts the two that are on top of the stack through a function of the bridge. */
    final void bridgeBoth(String function, Type type) {
        super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, function, Bridge.DESCRIPTOR_OF_TWO, false);
        super.visitTypeInsn(CHECKCAST, type.getInternalName());
        owner.setRuled();
    }

    final void setRuled() {
        owner.setRuled();
    }

    private static final class Taking extends RuledMethod {
        private final Type type;
        private final int variable;
        private final String function;

        Taking(RuledClass owner, MethodVisitor next, Type type, int variable, String function) {
            super(owner, next);
            this.type = type;
            this.variable = variable;
            this.function = function;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(ALOAD, variable);
            bridge(function, type);
            super.visitVarInsn(ASTORE, variable);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 1), maxLocals);
        }
    }

    private static final class Receiving extends RuledMethod {
        private final String function;

        Receiving(RuledClass owner, MethodVisitor next, String function) {
            super(owner, next);
            this.function = function;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(ALOAD, 0);
            super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, function, Bridge.DESCRIPTOR, false);
            super.visitInsn(POP);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 1), maxLocals);
        }
    }

    private static final class TakingRange extends RuledMethod {
        private static final String BUFFER = "java/nio/ByteBuffer";

        private final int bytes;
        private final boolean hasOffset;

        TakingRange(RuledClass owner, MethodVisitor next, int bytes, boolean hasOffset) {
            super(owner, next);
            this.bytes = bytes;
            this.hasOffset = hasOffset;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            int length = hasOffset ? bytes + 2 : bytes + 1;
            super.visitVarInsn(ALOAD, bytes);
            if (hasOffset) {
                super.visitVarInsn(ILOAD, bytes + 1);
            } else {
                super.visitInsn(ICONST_0);
            }
            super.visitVarInsn(ILOAD, length);
            super.visitMethodInsn(INVOKESTATIC, BUFFER, "wrap", "([BII)L" + BUFFER + ";", false);
            bridge(Bridge.MASK, Type.getObjectType(BUFFER));
            if (hasOffset) {
                super.visitInsn(DUP);
                super.visitMethodInsn(INVOKEVIRTUAL, BUFFER, "position", "()I", false);
                super.visitVarInsn(ISTORE, bytes + 1);
            }
            super.visitInsn(DUP);
            super.visitMethodInsn(INVOKEVIRTUAL, BUFFER, "array", "()[B", false);
            super.visitVarInsn(ASTORE, bytes);
            super.visitMethodInsn(INVOKEVIRTUAL, BUFFER, "remaining", "()I", false);
            super.visitVarInsn(ISTORE, length);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 3), maxLocals);
        }
    }

    private static final class Constructing extends RuledMethod {
        private final String function;

        Constructing(RuledClass owner, MethodVisitor next, String function) {
            super(owner, next);
            this.function = function;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == RETURN) {
                super.visitVarInsn(ALOAD, 0);
                super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, function, Bridge.DESCRIPTOR, false);
                super.visitInsn(POP);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }
}
