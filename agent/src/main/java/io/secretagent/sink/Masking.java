package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The masking of everything that this JVM logs. */
public final class Masking {
    private final StandardStreams streams;

    /**
     * Puts the masker in front of every sink: the standard streams at once, a logging framework when its classes are
     * loaded. No class of a framework is loaded by this, and none initialised.
     */
    public static Masking install(Instrumentation instrumentation, Masker masker)
            throws IOException, ReflectiveOperationException {
        Descriptors descriptors = new Descriptors(masker);
        StandardStreams streams = new StandardStreams(descriptors);
        streams.install();
        descriptors.identify(Bridge.define(instrumentation, functions(masker, descriptors)));
        RuleTransformer transformer = new RuleTransformer();
        instrumentation.addTransformer(transformer, true);
        rewriteLoaded(instrumentation, transformer);
        return new Masking(streams);
    }

    private static Map<String, UnaryOperator<@Nullable Object>> functions(Masker masker, Descriptors descriptors) {
        return Map.of(
                Bridge.MASK,
                new AnyText(masker),
                Bridge.STREAM,
                new DescriptorCall.Stream(descriptors),
                Bridge.WRITE,
                new DescriptorCall.Write(descriptors),
                Bridge.OPENED,
                new DescriptorCall.Opened(descriptors),
                Bridge.RELEASE,
                new DescriptorCall.Release(descriptors),
                Bridge.OBJECTS,
                new MaskedObjects.Made(masker),
                Bridge.HEADLESS_OBJECTS,
                new MaskedObjects.MadeHeadless(masker));
    }

    /** The JDK's own classes are; and an agent before this one may have logged. */
    private static void rewriteLoaded(Instrumentation instrumentation, RuleTransformer transformer) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (transformer.names(type)) {
                try {
                    instrumentation.retransformClasses(type);
                } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
                    System.err.println("secret-agent: " + type.getName() + " is not masked: "
                            + e.getClass().getName());
                }
            }
        }
    }

    private Masking(StandardStreams streams) {
        this.streams = streams;
    }

    /** Leaves {@code System.out} as the application writes it, for a program whose standard output is data. */
    public void passStdout() {
        streams.passOut();
    }
}
