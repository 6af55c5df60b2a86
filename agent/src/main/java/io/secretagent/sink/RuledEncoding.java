package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ASTORE;
import static net.bytebuddy.jar.asm.Opcodes.DUP_X1;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.SWAP;

import io.secretagent.sink.Rule.CalledUnmasked;
import io.secretagent.sink.Rule.Splits;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/** A method with calls of the bridge in it where text becomes bytes, so that it is looked at once, as the one or the other. */
abstract class RuledEncoding extends RuledMethod {

    /** What it gets from a layout or an encoder is masked, if that has not done so. */
    static MethodVisitor callingUnmasked(RuledClass owner, MethodVisitor next, CalledUnmasked rule) {
        return new CallingUnmasked(owner, next, rule);
    }

    /** The text among its arguments is masked unless the destination masks the bytes. */
    static MethodVisitor buffering(RuledClass owner, MethodVisitor next) {
        return new Buffering(owner, next);
    }

    /** Bytes that it would split are masked. */
    static MethodVisitor splitting(RuledClass owner, MethodVisitor next, Splits rule) {
        return new Splitting(owner, next, rule);
    }

    private RuledEncoding(RuledClass owner, MethodVisitor next) {
        super(owner, next);
    }

    /** What is called stays on the stack, under what it returns. */
    private static final class CallingUnmasked extends RuledEncoding {
        private final CalledUnmasked rule;

        CallingUnmasked(RuledClass owner, MethodVisitor next, CalledUnmasked rule) {
            super(owner, next);
            this.rule = rule;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (!rule.isOf(owner, name, descriptor)) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            super.visitInsn(SWAP);
            super.visitInsn(DUP_X1);
            super.visitInsn(SWAP);
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            super.visitInsn(SWAP);
            bridge(Bridge.UNMASKED, Type.getType(Object.class));
            bridgeBoth(Bridge.MASK, Type.getReturnType(descriptor));
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }

    private static final class Buffering extends RuledEncoding {
        private static final int ENCODER = 0;
        private static final int CHARACTERS = 1;
        private static final int BYTES = 2;
        private static final int TEXT = 3;
        private static final int DESTINATION = 4;

        Buffering(RuledClass owner, MethodVisitor next) {
            super(owner, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            maskUnlessNull(Bridge.TIGHT, CHARACTERS, TEXT);
            maskUnlessNull(Bridge.TIGHT, BYTES, TEXT);
            maskUnlessNull(Bridge.UNSCANNED, DESTINATION, ENCODER);
        }

        private void maskUnlessNull(String function, int first, int second) {
            super.visitVarInsn(ALOAD, TEXT);
            super.visitVarInsn(ALOAD, first);
            super.visitVarInsn(ALOAD, second);
            bridgeBoth(function, Type.getType(Object.class));
            bridgeBoth(Bridge.MASK, Type.getType(Object.class));
            super.visitInsn(POP);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 3), maxLocals);
        }
    }

    private static final class Splitting extends RuledEncoding {
        private static final Type BUFFER = Type.getObjectType("java/nio/ByteBuffer");

        private final Splits rule;

        Splitting(RuledClass owner, MethodVisitor next, Splits rule) {
            super(owner, next);
            this.rule = rule;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(ALOAD, 0);
            super.visitVarInsn(ALOAD, 1);
            super.visitMethodInsn(
                    INVOKEINTERFACE, rule.destination(), "getByteBuffer", Type.getMethodDescriptor(BUFFER), true);
            bridgeBoth(Bridge.WHOLE, BUFFER);
            super.visitVarInsn(ASTORE, 0);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 2), maxLocals);
        }
    }
}
