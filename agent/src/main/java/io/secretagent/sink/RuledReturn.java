package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/** A method with a call of the bridge in it for what it returns. */
abstract class RuledReturn extends RuledMethod {

    /** What it returns is masked, or, of an instance, only if the event that is its first argument is not null. */
    static MethodVisitor returning(RuledClass owner, MethodVisitor next, String descriptor, boolean forEvent) {
        owner.setRuled();
        return new Returning(owner, next, Type.getReturnType(descriptor), forEvent);
    }

    /** What it returns, a static method, goes through a function of the bridge with its argument, if it has one. */
    static MethodVisitor replacing(RuledClass owner, MethodVisitor next, String descriptor, String function) {
        owner.setRuled();
        return new Replacing(owner, next, descriptor, function);
    }

    private RuledReturn(RuledClass owner, MethodVisitor next) {
        super(owner, next);
    }

    private static final class Returning extends RuledReturn {
        private final Type type;
        private final boolean forEvent;

        Returning(RuledClass owner, MethodVisitor next, Type type, boolean forEvent) {
            super(owner, next);
            this.type = type;
            this.forEvent = forEvent;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == ARETURN && forEvent) {
                super.visitVarInsn(ALOAD, 1);
                bridgeBoth(Bridge.MASK, type);
            } else if (opcode == ARETURN) {
                bridge(Bridge.MASK, type);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }

    private static final class Replacing extends RuledReturn {
        private final Type returned;
        private final boolean hasArgument;
        private final String function;

        Replacing(RuledClass owner, MethodVisitor next, String descriptor, String function) {
            super(owner, next);
            this.returned = Type.getReturnType(descriptor);
            this.hasArgument = Type.getArgumentTypes(descriptor).length > 0;
            this.function = function;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == ARETURN && hasArgument) {
                super.visitVarInsn(ALOAD, 0);
                bridgeBoth(function, returned);
            } else if (opcode == ARETURN) {
                bridge(function, returned);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }
}
