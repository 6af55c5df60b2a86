package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;
import static net.bytebuddy.jar.asm.Opcodes.ASTORE;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.ICONST_0;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INSTANCEOF;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEVIRTUAL;
import static net.bytebuddy.jar.asm.Opcodes.ISTORE;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.SWAP;
import static net.bytebuddy.jar.asm.Opcodes.V26;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.CalledIn;
import io.secretagent.sink.Rule.ForEvent;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.NotInstance;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Range;
import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.Shown;
import io.secretagent.sink.Rule.Written;
import java.io.ObjectOutputStream;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/**
 * Rewrites a class by its rules. Only calls of the bridge are put in, no variable and no branch but those of
 * {@link WritingMethod}, so that the class's own stack map frames stay right and no class has to be loaded to compute
 * new ones.
 */
final class Weaver {
    /** Where a class file has its major version. */
    private static final int MAJOR = 6;

    static byte[] weave(byte[] original, List<Rule> rules) {
        ClassReader reader = new ClassReader(readable(original));
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new RuledClass(writer, rules), 0);
        byte[] woven = writer.toByteArray();
        System.arraycopy(original, MAJOR, woven, MAJOR, 2);
        return woven;
    }

    /** ASM refuses a version that it does not know; so far every one could be read as the one before. */
    private static byte[] readable(byte[] original) {
        int major = ((original[MAJOR] & 0xff) << 8) | (original[MAJOR + 1] & 0xff);
        if (major <= V26) {
            return original;
        }
        byte[] older = original.clone();
        older[MAJOR] = 0;
        older[MAJOR + 1] = V26;
        return older;
    }

    private static final class RuledClass extends ClassVisitor {
        private final List<Rule> rules;
        private String name = "";
        private boolean hasDescriptor;

        RuledClass(ClassVisitor next, List<Rule> rules) {
            super(ASM9, next);
            this.rules = rules;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            this.name = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            hasDescriptor |= is(WritingMethod.FIELD, WritingMethod.FIELD_DESCRIPTOR, name, descriptor);
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean isStatic = (access & ACC_STATIC) != 0;
            for (Rule rule : rules) {
                if (rule instanceof Returned returned
                        && is(returned.method(), returned.descriptor(), name, descriptor)) {
                    visitor = new ReturnedMethod(visitor, descriptor);
                } else if (rule instanceof Argument argument
                        && is(argument.method(), argument.descriptor(), name, descriptor)) {
                    visitor = new ArgumentMethod(visitor, descriptor, isStatic, Bridge.MASK);
                } else if (rule instanceof Called called) {
                    visitor = new CallingMethod(visitor, called);
                } else if (rule instanceof CalledIn called && called.caller().equals(name)) {
                    visitor = new CallingMethod(
                            visitor, new Called(called.type(), called.owner(), called.method(), called.descriptor()));
                } else if (rule instanceof Shown shown
                        && begins(shown.method(), shown.descriptor(), name, descriptor)) {
                    visitor = new ArgumentMethod(visitor, descriptor, isStatic, shown.function());
                } else if (rule instanceof Written written
                        && begins(written.method(), written.descriptor(), name, descriptor)
                        && (isStatic || hasDescriptor)) {
                    visitor = new WritingMethod(visitor, this.name, isStatic, descriptor);
                } else if (rule instanceof Range range && is(range.method(), range.descriptor(), name, descriptor)) {
                    visitor = new RangeMethod(visitor);
                } else if (rule instanceof ForEvent event && is(event.method(), event.descriptor(), name, descriptor)) {
                    visitor = new ForEventMethod(visitor, descriptor);
                } else if (rule instanceof NotInstance test) {
                    visitor = new TestingMethod(visitor, test);
                } else if (rule instanceof Passed passed) {
                    visitor = new PassingMethod(visitor, passed);
                } else if (rule instanceof Made made) {
                    visitor = new MakingMethod(visitor, made);
                }
            }
            return visitor;
        }

        private static boolean is(String ruledName, String ruledDescriptor, String name, String descriptor) {
            return ruledName.equals(name) && ruledDescriptor.equals(descriptor);
        }

        private static boolean begins(String ruledName, String ruledDescriptor, String name, String descriptor) {
            return ruledName.equals(name) && descriptor.startsWith(ruledDescriptor);
        }
    }

    /** A method with a call of the bridge in it. */
    private abstract static class MaskingMethod extends MethodVisitor {
        MaskingMethod(MethodVisitor next) {
            super(ASM9, next);
        }

        /** Masks what is on top of the stack. */
        final void mask(Type type) {
            bridge(Bridge.MASK, type);
        }

        final void bridge(String function, Type type) {
            super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, function, Bridge.DESCRIPTOR, false);
            super.visitTypeInsn(CHECKCAST, type.getInternalName());
        }
    }

    private static final class ReturnedMethod extends MaskingMethod {
        private final Type type;

        ReturnedMethod(MethodVisitor next, String descriptor) {
            super(next);
            type = Type.getReturnType(descriptor);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == ARETURN) {
                mask(type);
            }
            super.visitInsn(opcode);
        }
    }

    private static final class ArgumentMethod extends MaskingMethod {
        private final Type type;
        private final int variable;
        private final String function;

        ArgumentMethod(MethodVisitor next, String descriptor, boolean isStatic, String function) {
            super(next);
            type = Type.getArgumentTypes(descriptor)[0];
            variable = isStatic ? 0 : 1;
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

    /** Of an instance, with the range in the first three variables after {@code this}. */
    private static final class RangeMethod extends MaskingMethod {
        private static final String BUFFER = "java/nio/ByteBuffer";

        RangeMethod(MethodVisitor next) {
            super(next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(ALOAD, 1);
            super.visitVarInsn(ILOAD, 2);
            super.visitVarInsn(ILOAD, 3);
            super.visitMethodInsn(INVOKESTATIC, BUFFER, "wrap", "([BII)L" + BUFFER + ";", false);
            mask(Type.getObjectType(BUFFER));
            super.visitInsn(DUP);
            super.visitInsn(DUP);
            super.visitMethodInsn(INVOKEVIRTUAL, BUFFER, "array", "()[B", false);
            super.visitVarInsn(ASTORE, 1);
            super.visitMethodInsn(INVOKEVIRTUAL, BUFFER, "position", "()I", false);
            super.visitVarInsn(ISTORE, 2);
            super.visitMethodInsn(INVOKEVIRTUAL, BUFFER, "remaining", "()I", false);
            super.visitVarInsn(ISTORE, 3);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 3), maxLocals);
        }
    }

    /** Of an instance, with the event in the first variable after {@code this}. */
    private static final class ForEventMethod extends MaskingMethod {
        private final Type type;

        ForEventMethod(MethodVisitor next, String descriptor) {
            super(next);
            type = Type.getReturnType(descriptor);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == ARETURN) {
                super.visitVarInsn(ALOAD, 1);
                super.visitMethodInsn(INVOKESTATIC, Bridge.NAME, Bridge.MASK, Bridge.MASK_FOR_EVENT_DESCRIPTOR, false);
                super.visitTypeInsn(CHECKCAST, type.getInternalName());
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }

    private static final class TestingMethod extends MethodVisitor {
        private final NotInstance rule;

        TestingMethod(MethodVisitor next, NotInstance rule) {
            super(ASM9, next);
            this.rule = rule;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == INSTANCEOF && rule.other().equals(type)) {
                super.visitInsn(POP);
                super.visitInsn(ICONST_0);
            } else {
                super.visitTypeInsn(opcode, type);
            }
        }
    }

    private static final class CallingMethod extends MaskingMethod {
        private final Called rule;

        CallingMethod(MethodVisitor next, Called rule) {
            super(next);
            this.rule = rule;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            if (rule.owner().equals(owner)
                    && rule.method().equals(name)
                    && rule.descriptor().equals(descriptor)) {
                mask(Type.getReturnType(descriptor));
            }
        }
    }

    private static final class PassingMethod extends MaskingMethod {
        private final Passed rule;

        PassingMethod(MethodVisitor next, Passed rule) {
            super(next);
            this.rule = rule;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (rule.owner().equals(owner)
                    && rule.method().equals(name)
                    && rule.descriptor().equals(descriptor)) {
                Type[] arguments = Type.getArgumentTypes(descriptor);
                mask(arguments[arguments.length - 1]);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
    }

    /** The object that was to be made stays on the stack, twice and not constructed, until the bridge has made its own. */
    private static final class MakingMethod extends MaskingMethod {
        private static final String CONSTRUCTOR = "<init>";
        private static final int NOT_CONSTRUCTED = 2;

        private final Made rule;

        MakingMethod(MethodVisitor next, Made rule) {
            super(next);
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

    private Weaver() {}
}
