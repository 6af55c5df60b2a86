package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/** The masking of everything that this JVM logs. */
public final class Masking {
    private final StandardStreams streams;

    /**
     * Puts the masker in front of every sink: the standard streams at once, a logging framework when its classes are
     * loaded. No class of a framework is loaded by this, and none initialised.
     */
    public static Masking install(Instrumentation instrumentation, Masker masker) {
        StandardStreams streams = new StandardStreams(masker);
        streams.install();
        RuleTransformer transformer = new RuleTransformer(instrumentation, new AnyText(masker));
        instrumentation.addTransformer(transformer, true);
        rewriteLoaded(instrumentation, transformer);
        return new Masking(streams);
    }

    /** An agent before this one may have logged. */
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

    /** Lets out what the standard streams hold back. Only for a JVM that is about to end without its shutdown hooks. */
    public void end() {
        streams.end();
    }
}
