package io.secretagent.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnmaskedTest {
    private static final String OBJECT = "java/lang/Object";

    private final RuleTransformer transformer = transformer();
    private final Unmasked unmasked = new Unmasked(transformer);
    private final OwnClasses classes = new OwnClasses();

    @Test
    void theFrameworksOwnHasMasked() throws Exception {
        Object own = make(LogbackRules.MASKED_ENCODER, OBJECT, "encode");
        Object inheriting = make("app/Inheriting", LogbackRules.MASKED_ENCODER, null);

        assertThat(unmasked.apply(own)).isNull();
        assertThat(unmasked.apply(inheriting)).isNull();
    }

    @Test
    void soHasItsLayoutOfPatterns() throws Exception {
        Object own = make(LogbackRules.MASKED_LAYOUT, OBJECT, "doLayout");
        Object inheriting = make("app/Inheriting", LogbackRules.MASKED_LAYOUT, null);
        Object overriding = make("app/Overriding", LogbackRules.MASKED_LAYOUT, "doLayout");

        assertThat(unmasked.apply(own)).isNull();
        assertThat(unmasked.apply(inheriting)).isNull();
        assertThat(unmasked.apply(overriding)).isSameAs(overriding);
    }

    @Test
    void oneThatEncodesItselfHasNot() throws Exception {
        make(LogbackRules.MASKED_ENCODER, OBJECT, "encode");
        Object overriding = make("app/Overriding", LogbackRules.MASKED_ENCODER, "encode");
        Object other = make("app/Other", OBJECT, "encode");

        assertThat(unmasked.apply(overriding)).isSameAs(overriding);
        assertThat(unmasked.apply(other)).isSameAs(other);
    }

    @Test
    void theFrameworksOwnHasNotIfItCouldNotBeRewritten() throws Exception {
        Object own = make(LogbackRules.MASKED_ENCODER, OBJECT, "encode");
        transformer.transform(getClass().getClassLoader(), LogbackRules.MASKED_ENCODER, null, null, new byte[8]);

        assertThat(unmasked.apply(own)).isSameAs(own);
    }

    @Test
    void whatWasRewrittenForWhatItExtendsHasMasked() throws Exception {
        classes.define(LogbackRules.OF_A_CONTEXT, OBJECT, null);
        Class<?> encoder = classes.defineInterface(LogbackRules.ENCODER);
        Class<?> layout = classes.defineInterface(LogbackRules.LAYOUT);
        classes.define("app/Encoding", LogbackRules.OF_A_CONTEXT, "encode", encoder);
        Object encoding = make("app/Inheriting", "app/Encoding", null);
        Object laying = make("app/Laying", LogbackRules.OF_A_CONTEXT, "doLayout", layout);
        Object both = make("app/Both", "app/Encoding", "doLayout");

        assertThat(unmasked.apply(encoding)).isNull();
        assertThat(unmasked.apply(laying)).isNull();
        assertThat(unmasked.apply(both)).isSameAs(both);
    }

    @Test
    void whatCouldNotBeRewrittenHasNot() throws Exception {
        classes.define(LogbackRules.OF_A_CONTEXT, OBJECT, null);
        Class<?> encoder = classes.defineInterface(LogbackRules.ENCODER);
        Object encoding = make("app/Encoding", LogbackRules.OF_A_CONTEXT, "encode", encoder);
        transformer.transform(classes, "app/Encoding", encoding.getClass(), null, new byte[8]);

        assertThat(unmasked.apply(encoding)).isSameAs(encoding);
    }

    private Object make(String name, String extended, @Nullable String method, Class<?>... implemented)
            throws ReflectiveOperationException {
        return classes.define(name, extended, method, implemented)
                .getConstructor()
                .newInstance();
    }

    /** Rewrites what is loaded, and nothing that is loaded already. */
    static RuleTransformer transformer() {
        return new RuleTransformer(noInstrumentation(), new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
    }

    private static Instrumentation noInstrumentation() {
        return (Instrumentation) Proxy.newProxyInstance(
                UnmaskedTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError(method.getName());
                });
    }
}
