package io.secretagent.sink;

import io.secretagent.mask.Masker;
import io.secretagent.mask.Pauses;
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
    private final ReplacedStream replacedOut;
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
     * @param injected what rewritten classes of the JDK come to, some of them from {@link #showEnvironment} on
     * @param connects what drivers call from {@link #exchangeLogins} on
     * @throws FailedException if a class of the JDK, loaded already, cannot be rewritten
     */
    public static Masking install(
            Instrumentation instrumentation, Masker masker, Injected injected, UnaryOperator<@Nullable Object> connects)
            throws IOException, ReflectiveOperationException, FailedException {
        Pauses pauses = new Pauses();
        Descriptors descriptors = new Descriptors(masker, pauses);
        LogStreams logStreams = new LogStreams(masker, pauses);
        ReplacedStream replacedOut = new ReplacedStream(instrumentation, descriptors, logStreams);
        ReplacedStream replacedErr = new ReplacedStream(instrumentation, descriptors, logStreams);
        StandardStreams streams = new StandardStreams(descriptors, logStreams);
        streams.install();
        RuleTransformer transformer = new RuleTransformer(instrumentation, streams.err());
        Subclasses subclasses = new Subclasses(transformer);
        Drivers drivers = new Drivers(instrumentation, streams.err());
        AnyText mask = new AnyText(masker, logStreams);

        Map<String, UnaryOperator<@Nullable Object>> functions = new HashMap<>();
        functions.put(Bridge.MASK, mask);
        functions.put(Bridge.STREAM, new DescriptorCall.Stream(descriptors));
        functions.put(Bridge.WRITE, new DescriptorCall.Write(descriptors));
        functions.put(Bridge.OPENED, new DescriptorCall.Opened(descriptors));
        functions.put(Bridge.REPLACED_OUT, replacedOut);
        functions.put(Bridge.REPLACED_ERR, replacedErr);
        functions.put(Bridge.SUBCLASS, subclasses);
        functions.put(Bridge.STARTING, new ProcessStart(descriptors, AgentOption.ofThisJvm(), injected.isRead()));
        functions.put(Bridge.OBJECTS, new MaskedObjects.Made(masker));
        functions.put(Bridge.HEADLESS_OBJECTS, new MaskedObjects.MadeHeadless(masker));
        functions.put(Bridge.UNMASKED, new Unmasked(transformer));
        functions.put(Bridge.ENVIRONMENT, injected.environment());
        functions.put(Bridge.CHILDS_ENVIRONMENT, injected.childsEnvironment());
        functions.put(Bridge.READ, injected.read());
        functions.put(Bridge.CHILDS_WITHOUT, injected.childsWithout());
        functions.put(Bridge.CONNECT, connects);
        functions.put(Bridge.DRIVER, drivers);
        Map<String, BinaryOperator<@Nullable Object>> functionsOfTwo = Map.of(
                Bridge.VARIABLE,
                injected.variable(),
                Bridge.TIGHT,
                new Buffered.Tight(),
                Bridge.UNSCANNED,
                new Buffered.Unscanned(transformer),
                Bridge.WHOLE,
                new Buffered.Whole(mask),
                Bridge.HANDED,
                new EventView(masker, streams.err()));

        descriptors.identify(Bridge.define(instrumentation, functions, functionsOfTwo));
        instrumentation.addTransformer(transformer, true);
        rewriteLoaded(instrumentation, transformer, subclasses);
        if (AgentOption.ofThisJvm().isInherited()) {
            AddedRules.install(instrumentation, ReadRules.ALL);
        }
        String failed = transformer.started();
        if (failed != null) {
            throw new FailedException(failed
                    + ", so that logs would not be masked; name this agent before any other on the command line, and run"
                    + " a JDK that it supports");
        }
        return new Masking(instrumentation, descriptors, streams, replacedOut, drivers);
    }

    /** The JDK's own classes are; and an agent before this one may have logged. */
    private static void rewriteLoaded(
            Instrumentation instrumentation, RuleTransformer transformer, Subclasses subclasses) {
        Class<?>[] loaded = instrumentation.getAllLoadedClasses();
        transformer.rewriteNamed(loaded);
        ClassLoader own = Masking.class.getClassLoader();
        for (Class<?> type : loaded) {
            // Our own are two hundred, and are nobody's formatters or layouts.
            if (type.getClassLoader() != own) {
                subclasses.rewrite(type);
            }
        }
    }

    private Masking(
            Instrumentation instrumentation,
            Descriptors descriptors,
            StandardStreams streams,
            ReplacedStream replacedOut,
            Drivers drivers) {
        this.instrumentation = instrumentation;
        this.descriptors = descriptors;
        this.streams = streams;
        this.replacedOut = replacedOut;
        this.drivers = drivers;
    }

    /**
     * Has {@code System.getenv} show its view of the environment from now on.
     *
     * @param toChildren whether children are given one, too
     */
    public void showEnvironment(boolean toChildren) throws FailedException {
        if (!AddedRules.install(instrumentation, EnvironmentRules.of(toChildren))) {
            throw new FailedException(
                    "System.getenv cannot be rewritten in this JVM, so that it would not show what env:"
                            + " asks for; name this agent before any other on the command line, or write property: instead");
        }
    }

    /** Has the drivers of databases ask before they connect, from now on. */
    public void exchangeLogins() {
        drivers.install();
    }

    /** Leaves {@code System.out} as the application writes it, for a program whose standard output is data. */
    public void passStdout() {
        streams.passOut();
        replacedOut.pass();
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
