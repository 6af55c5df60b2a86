package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The masking of everything that this JVM logs. */
public final class Masking {
    private final Instrumentation instrumentation;
    private final Descriptors descriptors;
    private final StandardStreams streams;
    private final Drivers drivers;

    /** Something of the JDK's own cannot be masked: nothing may be logged at all. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String line) {
            super(line);
        }

        /** What failed and how to mend it. */
        public String line() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Puts the masker in front of every sink: the standard streams at once, a logging framework when its classes are
     * loaded. No class of a framework is loaded by this, and none initialised.
     *
     * @param environment what is shown from {@link #showEnvironment} on
     * @param connects what drivers call from {@link #exchangeLogins} on
     * @throws FailedException if a class of the JDK, loaded already, cannot be rewritten
     */
    public static Masking install(
            Instrumentation instrumentation,
            Masker masker,
            EnvironmentView environment,
            UnaryOperator<@Nullable Object> connects)
            throws IOException, ReflectiveOperationException, FailedException {
        Descriptors descriptors = new Descriptors(masker);
        StandardStreams streams = new StandardStreams(descriptors);
        streams.install();
        RuleTransformer transformer = new RuleTransformer(instrumentation, streams.err());
        Subclasses subclasses = new Subclasses(transformer);
        Drivers drivers = new Drivers(instrumentation, streams.err());
        Map<String, UnaryOperator<@Nullable Object>> functions =
                functions(masker, descriptors, subclasses, transformer, environment);
        functions.put(Bridge.CONNECT, connects);
        functions.put(Bridge.DRIVER, drivers);
        descriptors.identify(
                Bridge.define(instrumentation, functions, functionsOfTwo(masker, transformer, environment)));
        instrumentation.addTransformer(transformer, true);
        rewriteLoaded(instrumentation, transformer, subclasses);
        String failed = transformer.started();
        if (failed != null) {
            throw new FailedException(failed
                    + ", so that logs would not be masked; name this agent before any other on the command line, and run"
                    + " a JDK that it supports");
        }
        return new Masking(instrumentation, descriptors, streams, drivers);
    }

    private static Map<String, UnaryOperator<@Nullable Object>> functions(
            Masker masker,
            Descriptors descriptors,
            Subclasses subclasses,
            RuleTransformer transformer,
            EnvironmentView environment) {
        Map<String, UnaryOperator<@Nullable Object>> functions = new HashMap<>();
        functions.put(Bridge.MASK, new AnyText(masker));
        functions.put(Bridge.STREAM, new DescriptorCall.Stream(descriptors));
        functions.put(Bridge.WRITE, new DescriptorCall.Write(descriptors));
        functions.put(Bridge.OPENED, new DescriptorCall.Opened(descriptors));
        functions.put(Bridge.SUBCLASS, subclasses);
        functions.put(Bridge.STARTING, new ProcessStart(descriptors, AgentOption.ofThisJvm()));
        functions.put(Bridge.OBJECTS, new MaskedObjects.Made(masker));
        functions.put(Bridge.HEADLESS_OBJECTS, new MaskedObjects.MadeHeadless(masker));
        functions.put(Bridge.UNMASKED, new Unmasked(transformer));
        functions.put(Bridge.ENVIRONMENT, environment.all());
        functions.put(Bridge.CHILDS_ENVIRONMENT, environment.childs());
        functions.put(Bridge.CHILDS_WITHOUT, environment.childsWithout());
        return functions;
    }

    private static Map<String, BinaryOperator<@Nullable Object>> functionsOfTwo(
            Masker masker, RuleTransformer transformer, EnvironmentView environment) {
        return Map.of(
                Bridge.VARIABLE,
                environment.variable(),
                Bridge.TIGHT,
                new Buffered.Tight(),
                Bridge.UNSCANNED,
                new Buffered.Unscanned(transformer),
                Bridge.WHOLE,
                new Buffered.Whole(new AnyText(masker)));
    }

    /** The JDK's own classes are; and an agent before this one may have logged. */
    private static void rewriteLoaded(
            Instrumentation instrumentation, RuleTransformer transformer, Subclasses subclasses) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (transformer.names(type)) {
                transformer.rewrite(type);
            }
            subclasses.rewrite(type);
        }
    }

    private Masking(
            Instrumentation instrumentation, Descriptors descriptors, StandardStreams streams, Drivers drivers) {
        this.instrumentation = instrumentation;
        this.descriptors = descriptors;
        this.streams = streams;
        this.drivers = drivers;
    }

    /**
     * Has {@code System.getenv} show its view of the environment from now on.
     *
     * @param toChildren whether children are given one, too
     */
    public void showEnvironment(boolean toChildren) throws FailedException {
        EnvironmentTransformer.install(instrumentation, toChildren);
    }

    /** Has the drivers of databases ask before they connect, from now on. */
    public void exchangeLogins() {
        drivers.install();
    }

    /** Leaves {@code System.out} as the application writes it, for a program whose standard output is data. */
    public void passStdout() {
        streams.passOut();
    }

    /** Standard error, for a thread that others may be waiting for. */
    public PrintStream err() {
        return streams.ownErr();
    }

    /** Lets out what is held back of what was written, unless nobody reads it. */
    public void release() {
        descriptors.release();
    }
}
