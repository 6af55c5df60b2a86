package io.secretagent.sink;

import static net.bytebuddy.jar.asm.Opcodes.V26;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a class by its rules. Only calls of the bridge are put in, no variable and no branch but those of
 * {@link WritingMethod}, so that the class's own stack map frames stay right and no class has to be loaded to compute
 * new ones.
 */
final class Weaver {
    /** Where a class file has its major version. */
    private static final int MAJOR = 6;

    /**
     * @return null if the class has nothing that the rules name
     * @throws RuntimeException if it is not a class file that can be read
     */
    static byte @Nullable [] weave(byte[] original, List<Rule> rules) {
        ClassReader reader = new ClassReader(readable(original));
        ClassWriter writer = new ClassWriter(reader, 0);
        RuledClass type = new RuledClass(writer, rules);
        reader.accept(type, 0);
        if (!type.isRuled()) {
            return null;
        }
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

    private Weaver() {}
}
