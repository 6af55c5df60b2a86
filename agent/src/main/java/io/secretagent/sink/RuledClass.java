package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.ACC_ABSTRACT;
import static net.bytebuddy.jar.asm.Opcodes.ACC_BRIDGE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;

import io.secretagent.sink.Rule.Argument;
import io.secretagent.sink.Rule.Buffers;
import io.secretagent.sink.Rule.Called;
import io.secretagent.sink.Rule.CalledIn;
import io.secretagent.sink.Rule.CalledUnmasked;
import io.secretagent.sink.Rule.Connects;
import io.secretagent.sink.Rule.ForEvent;
import io.secretagent.sink.Rule.Handed;
import io.secretagent.sink.Rule.LastArgument;
import io.secretagent.sink.Rule.Made;
import io.secretagent.sink.Rule.NotInstance;
import io.secretagent.sink.Rule.Passed;
import io.secretagent.sink.Rule.Range;
import io.secretagent.sink.Rule.Receiver;
import io.secretagent.sink.Rule.Replaced;
import io.secretagent.sink.Rule.Returned;
import io.secretagent.sink.Rule.ReturnedOfAny;
import io.secretagent.sink.Rule.Shown;
import io.secretagent.sink.Rule.Splits;
import io.secretagent.sink.Rule.Written;
import java.util.List;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;

/** Puts in front of each method of a class what its rules ask for. */
final class RuledClass extends ClassVisitor {
    private static final String CONSTRUCTOR = "<init>";

    private final List<Rule> rules;
    private String name = "";
    private boolean hasDescriptor;
    private boolean ruled;

    RuledClass(ClassVisitor next, List<Rule> rules) {
        super(ASM9, next);
        this.rules = rules;
    }

    /** Whether the class has anything that a rule names: it differs from what it was. */
    boolean isRuled() {
        return ruled;
    }

    void setRuled() {
        ruled = true;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
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
            if (rule instanceof Returned returned && is(returned.method(), returned.descriptor(), name, descriptor)) {
                visitor = RuledReturn.returning(this, visitor, descriptor, false);
            } else if (rule instanceof Replaced replaced
                    && isStatic
                    && is(replaced.method(), replaced.descriptor(), name, descriptor)) {
                visitor = RuledReturn.replacing(this, visitor, descriptor, replaced.function());
            } else if (rule instanceof ReturnedOfAny returned
                    && (access & ACC_BRIDGE) == 0
                    && is(returned, name, descriptor)) {
                visitor = RuledReturn.returning(this, visitor, descriptor, false);
            } else if (rule instanceof ForEvent event && is(event.method(), event.descriptor(), name, descriptor)) {
                visitor = RuledReturn.returning(this, visitor, descriptor, true);
            } else if (rule instanceof Argument argument
                    && is(argument.method(), argument.descriptor(), name, descriptor)) {
                visitor = RuledMethod.taking(this, visitor, descriptor, isStatic, Bridge.MASK);
            } else if (rule instanceof LastArgument argument
                    && is(argument.method(), argument.descriptor(), name, descriptor)) {
                visitor = RuledMethod.takingLast(this, visitor, descriptor, isStatic);
            } else if (rule instanceof Range range && is(range.method(), range.descriptor(), name, descriptor)) {
                visitor = RuledMethod.takingRange(this, visitor, descriptor, isStatic);
            } else if (rule instanceof Called called) {
                visitor = RuledCall.calling(this, visitor, called);
            } else if (rule instanceof CalledIn called && called.caller().equals(name)) {
                visitor = RuledCall.calling(
                        this, visitor, new Called(called.type(), called.owner(), called.method(), called.descriptor()));
            } else if (rule instanceof CalledUnmasked called) {
                visitor = RuledEncoding.callingUnmasked(this, visitor, called);
            } else if (rule instanceof Buffers buffers
                    && is(buffers.method(), buffers.descriptor(), name, descriptor)) {
                visitor = RuledEncoding.buffering(this, visitor);
            } else if (rule instanceof Splits splits && is(splits.method(), splits.descriptor(), name, descriptor)) {
                visitor = RuledEncoding.splitting(this, visitor, splits);
            } else if (rule instanceof NotInstance test) {
                visitor = RuledCall.testing(this, visitor, test);
            } else if (rule instanceof Passed passed) {
                visitor = RuledCall.passing(this, visitor, passed);
            } else if (rule instanceof Handed handed) {
                visitor = RuledCall.handing(this, visitor, handed);
            } else if (rule instanceof Made made) {
                visitor = RuledCall.making(this, visitor, made);
            } else if (rule instanceof Shown shown && begins(shown.method(), shown.descriptor(), name, descriptor)) {
                visitor = name.equals(CONSTRUCTOR)
                        ? RuledMethod.constructing(this, visitor, shown.function())
                        : RuledMethod.taking(this, visitor, descriptor, isStatic, shown.function());
            } else if (rule instanceof Receiver receiver
                    && begins(receiver.method(), receiver.descriptor(), name, descriptor)
                    && !isStatic) {
                visitor = RuledMethod.receiving(this, visitor, receiver.function());
            } else if (rule instanceof Connects
                    && is(Connects.METHOD, Connects.DESCRIPTOR, name, descriptor)
                    && (access & (ACC_STATIC | ACC_ABSTRACT)) == 0) {
                setRuled();
                visitor = new ConnectingMethod(visitor);
            } else if (rule instanceof Written written
                    && begins(written.method(), written.descriptor(), name, descriptor)
                    && (isStatic || hasDescriptor)) {
                setRuled();
                visitor = new WritingMethod(visitor, this.name, isStatic, descriptor);
            }
        }
        return visitor;
    }

    private static boolean is(String ruledName, String ruledDescriptor, String name, String descriptor) {
        return ruledName.equals(name) && ruledDescriptor.equals(descriptor);
    }

    private static boolean is(ReturnedOfAny rule, String name, String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        return rule.method().equals(name)
                && arguments.length == 1
                && arguments[0].getSort() == Type.OBJECT
                && Type.getReturnType(descriptor).getDescriptor().equals(rule.returned());
    }

    private static boolean begins(String ruledName, String ruledDescriptor, String name, String descriptor) {
        return ruledName.equals(name) && descriptor.startsWith(ruledDescriptor);
    }
}
