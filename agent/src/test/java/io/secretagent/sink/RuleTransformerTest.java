package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleTransformerTest {
    private static final String ENCODER = "ch/qos/logback/core/encoder/LayoutWrappingEncoder";
    private static final byte[] NO_CLASS_FILE = new byte[8];

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final RuleTransformer transformer =
            new RuleTransformer(noInstrumentation(), new PrintStream(err, true, UTF_8));

    @Test
    void everyRuleOfTheJdksHoldsInThisJdk() throws IOException {
        for (Rule rule : JdkRules.ALL) {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(rule.type() + ".class")) {
                if (!rule.type().startsWith("org/springframework/")) {
                    byte[] original = Objects.requireNonNull(in, rule.type()).readAllBytes();
                    assertThat(Weaver.weave(original, List.of(rule)))
                            .as(rule.toString())
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void aClassOfTheJdkThatCannotBeRewrittenIsAFailureOnlyAtTheStart() {
        assertThat(transform(null, "java/io/FileOutputStream", NO_CLASS_FILE)).isNull();

        assertThat(transformer.started())
                .isEqualTo("java.io.FileOutputStream cannot be rewritten (java.lang.ArrayIndexOutOfBoundsException)");
        assertThat(err.toString(UTF_8)).isEmpty();

        assertThat(transform(null, "java/io/RandomAccessFile", NO_CLASS_FILE)).isNull();
        assertThat(err.toString(UTF_8))
                .isEqualTo("secret-agent: java.io.RandomAccessFile cannot be rewritten"
                        + " (java.lang.ArrayIndexOutOfBoundsException): it may log unmasked\n");
    }

    @Test
    void aClassOfAFrameworkThatCannotBeRewrittenIsToldOnceByItsJar() throws Exception {
        assertThat(transform(inJar(), ENCODER, NO_CLASS_FILE)).isNull();
        assertThat(transform(inJar(), ENCODER, NO_CLASS_FILE)).isNull();

        assertThat(transformer.started()).isNull();
        assertThat(err.toString(UTF_8))
                .isEqualTo("secret-agent: ch.qos.logback.core.encoder.LayoutWrappingEncoder of logback-core-9.9.jar"
                        + " cannot be rewritten (java.lang.ArrayIndexOutOfBoundsException): it may log unmasked\n");
    }

    @Test
    void aClassInWhichNoRuleHoldsIsToldOnceByItsJar() throws Exception {
        assertThat(transform(inJar(), ENCODER, ownClassFile())).isNull();
        assertThat(transform(inJar(), ENCODER, ownClassFile())).isNull();

        assertThat(err.toString(UTF_8))
                .isEqualTo("secret-agent: ch.qos.logback.core.encoder.LayoutWrappingEncoder of logback-core-9.9.jar"
                        + " is of a version that is not known: it may log unmasked\n");
    }

    @Test
    void aRuleOfSomeVersionsIsNotMissedInOthers() throws Exception {
        assertThat(transform(inJar(), "ch/qos/logback/core/FileAppender", ownClassFile()))
                .isNull();
        assertThat(transform(inJar(), "app/Main", NO_CLASS_FILE)).isNull();
        assertThat(transform(inJar(), null, NO_CLASS_FILE)).isNull();

        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void aClassHasRulesForWhatItExtendsWhenItIsAskedForAndAnotherOfItsNameHasNot() throws Exception {
        OwnClasses classes = new OwnClasses();
        classes.define(LogbackRules.OF_A_CONTEXT, "java/lang/Object", null);
        Class<?> encoder = classes.defineInterface(LogbackRules.ENCODER);
        Class<?> own = classes.define("app/Own", LogbackRules.OF_A_CONTEXT, null, encoder);

        assertThat(transformer.transform(classes, "app/Own", own, null, NO_CLASS_FILE))
                .isNull();
        assertThat(err.toString(UTF_8)).contains("app.Own cannot be rewritten");
        err.reset();

        Class<?> other = new OwnClasses().define("app/Own", "java/lang/Object", null);
        assertThat(transformer.transform(other.getClassLoader(), "app/Own", other, null, NO_CLASS_FILE))
                .isNull();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void classesThatAreLoadedAreRewrittenTogetherAndOneByOneIfOneOfThemCannotBe() {
        List<List<Class<?>>> asked = new ArrayList<>();
        RuleTransformer rewriting = new RuleTransformer(
                instrumentation(classes -> {
                    asked.add(List.of(classes));
                    if (List.of(classes).contains(System.class)) {
                        throw new UnmodifiableClassException();
                    }
                }),
                new PrintStream(err, true, UTF_8));

        rewriting.rewriteNamed(new Class<?>[] {String.class, FileOutputStream.class, System.class, byte[].class});

        assertThat(asked)
                .containsExactly(
                        List.of(FileOutputStream.class, System.class),
                        List.of(FileOutputStream.class),
                        List.of(System.class));
        assertThat(rewriting.started())
                .isEqualTo(
                        "java.lang.System cannot be rewritten" + " (java.lang.instrument.UnmodifiableClassException)");
    }

    private byte @Nullable [] transform(@Nullable ProtectionDomain domain, @Nullable String name, byte[] original) {
        ClassLoader loader = domain == null ? null : getClass().getClassLoader();
        return transformer.transform(loader, name, null, domain, original);
    }

    private static ProtectionDomain inJar() throws Exception {
        Certificate[] none = {};
        return new ProtectionDomain(
                new CodeSource(URI.create("file:/app/lib/logback-core-9.9.jar").toURL(), none), null);
    }

    private static byte[] ownClassFile() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RuleTransformerTest.class.getResourceAsStream("RuleTransformerTest.class"))) {
            return in.readAllBytes();
        }
    }

    /** Nothing that is loaded is rewritten here. */
    private static Instrumentation noInstrumentation() {
        return instrumentation(classes -> {
            throw new AssertionError(List.of(classes).toString());
        });
    }

    private interface Rewriting {
        void rewrite(Class<?>[] classes) throws UnmodifiableClassException;
    }

    private static Instrumentation instrumentation(Rewriting rewriting) {
        return (Instrumentation) Proxy.newProxyInstance(
                RuleTransformerTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("retransformClasses");
                    rewriting.rewrite((Class<?>[]) arguments[0]);
                    return null;
                });
    }
}
