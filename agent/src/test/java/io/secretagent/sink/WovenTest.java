package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each shape of rule, woven into {@link Sink}, which is then loaded, verified by the JVM, and run. */
class WovenTest {
    private static final String TYPE = "io/secretagent/sink/Sink";
    private static final String STRING = "Ljava/lang/String;";
    private static final String FORMAT = "(Ljava/lang/Object;Z)" + STRING;
    private static final String JOIN = "(Ljava/lang/CharSequence;[Ljava/lang/CharSequence;)" + STRING;

    @BeforeEach
    void forget() {
        StaticBridge.SHOWN.clear();
        StaticBridge.WRITTEN.clear();
        StaticBridge.written = null;
        StaticBridge.maskedEncoder = null;
    }

    @Test
    void whatIsReturnedIsMaskedOnEveryWay() throws Exception {
        Object sink = woven(new Rule.Returned(TYPE, "format", FORMAT));

        assertThat(call(sink, "format", null, true)).isEqualTo("[FORMATTED]");
        assertThat(call(sink, "format", null, false)).isEqualTo("[formatted]");
    }

    @Test
    void whatAMethodOfAnyClassReturnsIsMasked() throws Exception {
        Object sink =
                woven(new Rule.ReturnedOfAny(TYPE, "append", STRING), new Rule.ReturnedOfAny(TYPE, "format", STRING));

        assertThat(call(sink, "append", "text")).isEqualTo("[text01]");
        assertThat(call(sink, "format", null, false)).isEqualTo("formatted");
    }

    @Test
    void whatIsReturnedForAnEventIsMasked() throws Exception {
        Object sink = woven(new Rule.ForEvent(TYPE, "format", FORMAT));

        assertThat(call(sink, "format", "event", false)).isEqualTo("[formatted]");
        assertThat(call(sink, "format", null, false)).isEqualTo("formatted");
    }

    @Test
    void anArgumentIsMasked() throws Exception {
        Object sink = woven(
                new Rule.Argument(TYPE, "append", "(" + STRING + ")" + STRING),
                new Rule.Argument(TYPE, "send", "(" + STRING + ")" + STRING));

        assertThat(call(sink, "append", "text")).isEqualTo("[text]01");
        assertThat(call(sink, "send", "text")).isEqualTo("[text]");
    }

    @Test
    void aLastArgumentIsMasked() throws Exception {
        Object sink = woven(
                new Rule.LastArgument(TYPE, "last", "(J" + STRING + STRING + ")" + STRING),
                new Rule.LastArgument(TYPE, "lastOfStatic", "(D" + STRING + ")" + STRING));

        assertThat(call(sink, "last", 1L, "first", "text")).isEqualTo("1first[text]");
        assertThat(call(sink, "lastOfStatic", 1.5, "text")).isEqualTo("1.5[text]");
    }

    @Test
    void anEventIsHandedAsItsReceiverMaySeeIt() throws Exception {
        Object sink = woven(new Rule.Handed(
                TYPE, "java/util/function/UnaryOperator", "apply", "(Ljava/lang/Object;)Ljava/lang/Object;"));
        UnaryOperator<Object> receiver = event -> event + "!";

        StaticBridge.receiver = receiver;
        assertThat(call(sink, "encodes", receiver, true)).isEqualTo("[[event]!]!");

        StaticBridge.receiver = null;
        assertThat(call(sink, "encodes", receiver, true)).isEqualTo("event!!");
    }

    @Test
    void whatACallBringsIsMasked() throws Exception {
        Object sink = woven(new Rule.Called(TYPE, "java/lang/String", "join", JOIN));

        assertThat(call(sink, "calls")).isEqualTo("[a-b]c");
        assertThat(call(sink, "callsToo")).isEqualTo("[a-b]");
    }

    @Test
    void whatACallBringsIsMaskedInOneMethodOnly() throws Exception {
        Object sink = woven(new Rule.CalledIn(TYPE, "callsToo", "java/lang/String", "join", JOIN));

        assertThat(call(sink, "calls")).isEqualTo("a-bc");
        assertThat(call(sink, "callsToo")).isEqualTo("[a-b]");
    }

    @Test
    void whatAnEncoderBringsIsMaskedUnlessItHasDoneSo() throws Exception {
        Object sink = woven(new Rule.CalledUnmasked(
                TYPE, "java/util/function/UnaryOperator", "apply", "(Ljava/lang/Object;)Ljava/lang/Object;"));
        UnaryOperator<Object> encoder = event -> event + "!";
        assertThat(call(sink, "encodes", encoder, true)).isEqualTo("[[event!]!]");

        StaticBridge.maskedEncoder = encoder;
        assertThat(call(sink, "encodes", encoder, true)).isEqualTo("event!!");
    }

    @Test
    @SuppressWarnings("UnnecessaryStringBuilder") // the method takes one
    void aTextForABufferIsMaskedForAnyReason() throws Exception {
        Object sink = woven(new Rule.Buffers(
                TYPE,
                "buffers",
                "(Ljava/nio/charset/CharsetEncoder;Ljava/nio/CharBuffer;Ljava/nio/ByteBuffer;Ljava/lang/StringBuilder;"
                        + "Ljava/lang/Object;)" + STRING));
        CharBuffer characters = CharBuffer.allocate(1);
        ByteBuffer bytes = ByteBuffer.allocate(1);
        Object destination = "destination";
        for (Object reason : List.of(characters, bytes, destination)) {
            StaticBridge.reason = reason;
            StringBuilder text = new StringBuilder("text");
            assertThat(call(sink, "buffers", UTF_8.newEncoder(), characters, bytes, text, destination))
                    .isEqualTo("[text]01");
        }
        StaticBridge.reason = null;
        StringBuilder text = new StringBuilder("text");
        assertThat(call(sink, "buffers", UTF_8.newEncoder(), characters, bytes, text, destination))
                .isEqualTo("text01");
    }

    @Test
    void bytesForABufferMayBeReplaced() throws Exception {
        Object sink = woven(new Rule.Splits(
                TYPE,
                "splits",
                "(Ljava/nio/ByteBuffer;L" + TYPE + "$Destination;)Ljava/nio/ByteBuffer;",
                TYPE + "$Destination"));
        ByteBuffer bytes = ByteBuffer.allocate(2);
        ByteBuffer buffer = ByteBuffer.allocate(1);

        assertThat(call(sink, "splits", bytes, (Sink.Destination) () -> buffer)).isSameAs(buffer);
    }

    @Test
    void anArgumentIsShown() throws Exception {
        Object sink = woven(
                new Rule.Shown(TYPE, "append", "(" + STRING, Bridge.OPENED),
                new Rule.Shown(TYPE, "send", "(", Bridge.OPENED));

        assertThat(call(sink, "append", "text")).isEqualTo("text01");
        assertThat(call(sink, "send", "static")).isEqualTo("static");
        assertThat(StaticBridge.SHOWN).containsExactly("text", "static");
    }

    @Test
    void anObjectIsShownWhenItIsMade() throws Exception {
        Object sink = woven(new Rule.Shown(TYPE, "<init>", "", Bridge.OPENED));
        Object early = sink.getClass().getConstructor(boolean.class).newInstance(true);
        Object late = sink.getClass().getConstructor(boolean.class).newInstance(false);

        assertThat(StaticBridge.SHOWN).containsExactly(sink, early, late);
    }

    @Test
    void aRangeIsMaskedAndMayGrow() throws Exception {
        Object sink = woven(
                new Rule.Range(TYPE, "range", "([BII)" + STRING),
                new Rule.Range(TYPE, "rangeOfStatic", "([BI)" + STRING),
                new Rule.Range(TYPE, "lastRange", "([B[BIII)" + STRING));

        assertThat(call(sink, "range", "a range".getBytes(UTF_8), 2, 5)).isEqualTo("range!");
        assertThat(call(sink, "rangeOfStatic", "range of".getBytes(UTF_8), 5)).isEqualTo("range!");
        assertThat(call(sink, "lastRange", "head ".getBytes(UTF_8), "a range".getBytes(UTF_8), 2, 5, 7))
                .isEqualTo("head range!7");
    }

    @Test
    void nothingIsAnInstance() throws Exception {
        Object sink = woven(new Rule.NotInstance(TYPE, "java/lang/String"));

        assertThat(call(sink, "isText", "text")).isEqualTo(false);
    }

    @Test
    void aWriteIsTakenOverIfTheDescriptorHasAStream() throws Exception {
        Object sink = woven(
                new Rule.Written(TYPE, "write", "([B"),
                new Rule.Written(TYPE, "writeAll", "("),
                new Rule.Written(TYPE, "writeTo", "(Ljava/io/FileDescriptor;"));
        byte[] bytes = {1, 2};
        FileDescriptor descriptor = new FileDescriptor();
        StaticBridge.written = 42;

        assertThat(call(sink, "write", bytes, 7, 8L)).isEqualTo(42);
        assertThat(call(sink, "writeAll", "text")).isNull();
        assertThat(call(sink, "writeTo", descriptor, 3)).isEqualTo(42L);
        Object own = sink.getClass().getField("fd").get(sink);
        assertThat(sink.getClass().getField("seen").get(sink)).isNull();
        assertThat(StaticBridge.WRITTEN)
                .containsExactly(
                        new Object[] {sink, own, bytes, 7, null},
                        new Object[] {sink, own, "text"},
                        new @Nullable Object[] {null, descriptor, 3});
    }

    @Test
    void aWriteToTheNumberOfADescriptorIsTakenOver() throws Exception {
        Object sink = woven(new Rule.Written(TYPE, "writeByNumber", "(I"));
        byte[] bytes = {1, 2};

        assertThat(call(sink, "writeByNumber", 1, bytes)).isEqualTo(3);
        StaticBridge.written = 42;
        assertThat(call(sink, "writeByNumber", 1, bytes)).isEqualTo(42);
        assertThat(StaticBridge.WRITTEN).singleElement().isEqualTo(new @Nullable Object[] {null, 1, bytes});
    }

    @Test
    void aWriteIsDoneIfTheDescriptorHasNoStreamOrItIsNotTakenOver() throws Exception {
        Object sink = woven(
                new Rule.Written(TYPE, "write", "([B"), new Rule.Written(TYPE, "writeTo", "(Ljava/io/FileDescriptor;"));
        byte[] bytes = {1, 2};

        assertThat(call(sink, "write", bytes, 7, 8L)).isEqualTo(3);
        StaticBridge.written = "a stream";
        assertThat(call(sink, "write", bytes, 7, 8L)).isEqualTo(3);
        assertThat(call(sink, "writeTo", new FileDescriptor(), 3)).isEqualTo(3L);
    }

    @Test
    void severalRulesHoldInOneMethod() throws Exception {
        Object sink = woven(
                new Rule.Argument(TYPE, "append", "(" + STRING + ")" + STRING),
                new Rule.Returned(TYPE, "append", "(" + STRING + ")" + STRING),
                new Rule.Shown(TYPE, "append", "(", Bridge.OPENED));

        assertThat(call(sink, "append", "text")).isEqualTo("[[text]01]");
    }

    private static @Nullable Object call(Object sink, String method, @Nullable Object... arguments) throws Exception {
        return Arrays.stream(sink.getClass().getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findAny()
                .orElseThrow()
                .invoke(sink, arguments);
    }

    private static Object woven(Rule... rules) throws Exception {
        byte[] woven = Objects.requireNonNull(Weaver.weave(original(), List.of(rules)));
        ClassWriter writer = new ClassWriter(0);
        Remapper toStatic = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String name) {
                return name.equals(Bridge.NAME) ? StaticBridge.class.getName().replace('.', '/') : name;
            }
        };
        new ClassReader(woven).accept(new ClassRemapper(writer, toStatic), 0);
        return new OneClass(writer.toByteArray())
                .loadClass(Sink.class.getName())
                .getConstructor()
                .newInstance();
    }

    private static byte[] original() throws IOException {
        try (InputStream in = Objects.requireNonNull(Sink.class.getResourceAsStream("Sink.class"))) {
            return in.readAllBytes();
        }
    }

    private static final class OneClass extends ClassLoader {
        private final byte[] bytes;

        OneClass(byte[] bytes) {
            super(WovenTest.class.getClassLoader());
            this.bytes = bytes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Sink.class.getName())
                    ? defineClass(name, bytes, 0, bytes.length)
                    : super.loadClass(name, resolve);
        }
    }
}
