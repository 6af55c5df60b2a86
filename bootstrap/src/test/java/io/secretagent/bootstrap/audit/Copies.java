package io.secretagent.bootstrap.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As many classes that read a secret as are wanted: copies of {@link AuditFilesIT.Reader}, under names of their own. */
final class Copies {
    private static final String NAME = "io/secretagent/bootstrap/audit/AuditFilesIT$Reader";
    private static int copies;

    /** Makes one and has it read. */
    static void another() throws IOException, ReflectiveOperationException {
        byte[] original;
        try (InputStream in = Copies.class.getResourceAsStream("/" + NAME + ".class")) {
            original = in.readAllBytes();
        }
        // Of the same length, so that nothing else in the class file changes.
        String name = NAME.substring(0, NAME.length() - 5) + String.format("%05d", copies++);
        byte[] renamed = replaced(original, NAME, name);
        Class<?> type = new ClassLoader(Copies.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(name.replace('/', '.'), ByteBuffer.wrap(renamed), null);
            }
        }.define();
        ((Runnable) type.getConstructor().newInstance()).run();
    }

    private static byte[] replaced(byte[] bytes, String text, String by) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return latin.replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
    }

    private Copies() {}
}
