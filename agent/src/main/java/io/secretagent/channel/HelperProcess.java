package io.secretagent.channel;

import io.secretagent.thread.GuestThread;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The helper process seen from the application: {@code bootstrap.jar fetch}, whose stdout is the channel and whose stdin
 * is its lifeline. It ends when the fetch is done, unless it refreshes, or when this JVM does: then its stdin ends.
 */
public final class HelperProcess implements AutoCloseable {
    private static final long EXIT_CODE_MILLIS = 2_000;

    /** Most end in a tenth of it, those that have a token to revoke as well. */
    private static final long LAST_MILLIS = 200;

    private final Process process;
    private final OutputStream lifeline;
    private @Nullable RecordWriter writer;
    private final InputStream channel;
    private @Nullable RecordReader reader;

    /** The helper could not do its work; carries one line for a person. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        public FailedException(int exitCode, String line) {
            super(line);
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }

        public String line() {
            return String.valueOf(getMessage());
        }
    }

    /** What an application that starts asks of its helper. */
    public static ChannelRecord.Request request(String mapping, Set<String> givenProperties) {
        return new ChannelRecord.Request(mapping, NetworkProperties.of(System.getProperties()), givenProperties);
    }

    /** Starts the helper before {@code main}, with no word to the application's logging, and tells it what it asks. */
    public static HelperProcess start(ChannelRecord.Request request, Instrumentation instrumentation)
            throws FailedException {
        List<String> command = HelperCommand.line();
        try (LoggerGuard guard = LoggerGuard.install(instrumentation)) {
            return new HelperProcess(guard.start(builder(command)), request);
        } catch (IOException e) {
            throw notStarted(command.get(0));
        }
    }

    /**
     * Starts another while the application runs. There is no guard: by now it has set up its logging or has none, and to
     * rewrite the JDK's under its threads would be worse than what any other start of a process does.
     *
     * @param environment makes a child's environment what this process was started with
     */
    public static HelperProcess startAgain(ChannelRecord.Request request, Consumer<Map<String, String>> environment)
            throws FailedException {
        List<String> command = HelperCommand.line();
        ProcessBuilder builder = builder(command);
        environment.accept(builder.environment());
        try {
            return new HelperProcess(builder.start(), request);
        } catch (IOException e) {
            throw notStarted(command.get(0));
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // These would put this agent, and whatever else they hold, into the helper.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("_JAVA_OPTIONS");
        return builder;
    }

    private static FailedException notStarted(String java) {
        return new FailedException(
                70,
                "the helper process could not be started with " + java
                        + (new File(java).canExecute() ? "" : ", which is not there or not executable")
                        + "; name a java in SECRET_AGENT_JAVA");
    }

    private HelperProcess(Process process, ChannelRecord.Request request) {
        this.process = process;
        this.lifeline = process.getOutputStream();
        this.channel = process.getInputStream();
        GuestThread.of(new Asking(this, request), "secret-agent-request").start();
    }

    /**
     * Asks it. A pipe takes 64 KiB, and less where there are many, before it has to be read; a helper that hangs before it
     * does would be waited for by whoever asks, and is given up by who waits for the answer.
     */
    private record Asking(HelperProcess helper, ChannelRecord.Request request) implements Runnable {
        @Override
        public void run() {
            helper.send(request);
        }
    }

    /** The next record, for one thread. It is waited for without end, until the helper is {@linkplain #giveUp given up}. */
    public ChannelRecord next() throws FailedException {
        try {
            if (reader == null) {
                reader = new RecordReader(channel, Build.id());
            }
            ChannelRecord next = reader.read();
            if (next != null) {
                return next;
            }
        } catch (ProtocolException wrong) {
            // The pipe of one that is killed ends before it is known to have ended.
            if (wrong.isTorn() || !process.isAlive()) {
                throw died(" in the middle of a record");
            }
            process.destroyForcibly();
            throw new FailedException(
                    70,
                    "the helper process did not speak as it should: " + wrong.getMessage()
                            + "; install secret-agent.jar and bootstrap.jar of the same release");
        } catch (IOException e) {
            // The pipe broke, which is an end too.
        }
        throw died(" before it was done");
    }

    /** Ends a helper that is too late; what was to come of it. */
    public FailedException giveUp() {
        process.destroyForcibly();
        return new FailedException(
                69, "the helper process did not answer in time; raise timeout in the mapping if the host is slow");
    }

    /** Lets go of the helper: its stdin ends, and so does it once its work is done. */
    @Override
    public void close() {
        try {
            lifeline.close();
            channel.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    /**
     * Ends it in front of this JVM, and waits for that for a moment. HotSpot's end waits 0.3 s for a thread in native code
     * ({@code VM_Exit::wait_for_threads_in_native_to_block}), and the JDK has one there for as long as the helper runs.
     */
    public void end() {
        // By a thread that nobody waits for: one that writes to a helper which does not read has the pipe's lock.
        GuestThread.of(new Ending(lifeline), "secret-agent-helper-end").start();
        try {
            process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Then it ends with this JVM.
        }
    }

    private record Ending(OutputStream lifeline) implements Runnable {
        @Override
        public void run() {
            try {
                lifeline.close();
            } catch (IOException e) {
                // It is gone already.
            }
        }
    }

    /** Tells it something, for any thread. */
    public void send(ChannelRecord told) {
        try {
            write(told);
        } catch (IOException e) {
            // A helper that is dead already; the reader finds out how it died.
        }
    }

    /**
     * Tells it something that must not be lost unnoticed, for any thread.
     *
     * @throws IOException if it is gone
     */
    public synchronized void write(ChannelRecord told) throws IOException {
        if (writer == null) {
            writer = new RecordWriter(lifeline, Build.id());
        }
        writer.write(told);
    }

    private FailedException died(String when) {
        @Nullable Integer code = null;
        try {
            if (process.waitFor(EXIT_CODE_MILLIS, TimeUnit.MILLISECONDS)) {
                code = process.exitValue();
            }
        } catch (InterruptedException e) {
            // Then the code is not known; the line says so.
        }
        process.destroyForcibly();
        if (code == null) {
            return new FailedException(70, "the helper process closed the channel" + when);
        }
        if (code == 137 || code == 3) {
            return new FailedException(
                    70,
                    "the helper process was killed" + when + " (" + code
                            + "), as happens when memory runs out; give the container at least 192 MiB, or 64 MiB with the"
                            + " directory backend alone");
        }
        return new FailedException(
                70, "the helper process ended with " + code + when + "; set SECRET_AGENT_DEBUG=1 to see why");
    }
}
