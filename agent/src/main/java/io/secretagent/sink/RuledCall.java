package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.DUP2;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_0;
import static net.bytebuddy.jar.asm.Opcodes.INSTANCEOF;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.SWAP;

import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.Handed;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.NotInstance;
import io.secretagent.sink.Rule.Passed;
import java.io.ObjectOutputStream;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/** A method with a call of the bridge in it for what it calls, makes and tests itself. */
abstract class RuledCall extends RuledMethod {

    /** What it gets from calling another is masked. */
    static MethodVisitor calling(RuledClass owner, MethodVisitor next, Called rule) {
        return new Calling(owner, next, rule);
    }

    /** The last argument that it passes to another is masked. */
    static MethodVisitor passing(RuledClass owner, MethodVisitor next, Passed rule) {
        return new Passing(owner, next, rule);
    }

    /** The event that it passes to another is as that may see it. */
    static MethodVisitor handing(RuledClass owner, MethodVisitor next, Handed rule) {
        return new Handing(owner, next, rule);
    }

    /** It gets the bridge's object in place of one that it makes. */
    static MethodVisitor making(RuledClass owner, MethodVisitor next, Made rule) {
        return new Making(owner, next, rule);
    }

    /** It takes nothing for an instance of a type. */
    static MethodVisitor testing(RuledClass owner, MethodVisitor next, NotInstance rule) {
        return new Testing(owner, next, rule);
    }

    private RuledCall(RuledClass owner, MethodVisitor next) {
        super(owner, next);
    }

    private static final class Testing extends RuledCall {
        private final NotInstance rule;

        Testing(RuledClass owner, MethodVisitor next, NotInstance rule) {
            super(owner, next);
            this.rule = rule;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == INSTANCEOF && rule.other().equals(type)) {
                super.visitInsn(POP);
                super.visitInsn(ICONST_0);
                setRuled();
            } else {
                super.visitTypeInsn(opcode, type);
            }
        }
    }

    private static final class Calling extends RuledCall {
        private final Called rule;

        Calling(RuledClass owner, MethodVisitor next, Called rule) {
            super(owner, next);
            this.rule = rule;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            if (rule.isOf(owner, name, descriptor)) {
                bridge(Bridge.MASK, Type.getReturnType(descriptor));
            }
        }
    }

    private static final class Passing extends RuledCall {
        private final Passed rule;

        Passing(RuledClass owner, MethodVisitor next, Passed rule) {
            super(owner, next);
            this.rule = rule;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (rule.isOf(owner, name, descriptor)) {
                Type[] arguments = Type.getArgumentTypes(descriptor);
                bridge(Bridge.MASK, arguments[arguments.length - 1]);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }

    private static final class Handing extends RuledCall {
        private final Handed rule;

        Handing(RuledClass owner, MethodVisitor next, Handed rule) {
            super(owner, next);
            this.rule = rule;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (rule.isOf(owner, name, descriptor)) {
                super.visitInsn(DUP2);
                bridgeBoth(Bridge.HANDED, Type.getArgumentTypes(descriptor)[0]);
                super.visitInsn(SWAP);
                super.visitInsn(POP);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 2, maxLocals);
        }
    }

    /** The object that was to be made stays on the stack, twice and not constructed, until the bridge has made its own. */
    private static final class Making extends RuledCall {
        private static final String CONSTRUCTOR = "<init>";
        private static final int NOT_CONSTRUCTED = 2;

        private final Made rule;

        Making(RuledClass owner, MethodVisitor next, Made rule) {
            super(owner, next);
            this.rule = rule;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (opcode != INVOKESPECIAL
                    || !rule.made().equals(owner)
                    || !CONSTRUCTOR.equals(name)
                    || !rule.constructor().equals(descriptor)) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            bridge(rule.function(), Type.getType(ObjectOutputStream.class));
            int below = NOT_CONSTRUCTED + Type.getArgumentTypes(descriptor).length - 1;
            for (int i = 0; i < below; i++) {
                super.visitInsn(SWAP);
                super.visitInsn(POP);
            }
        }
    }
}
