package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A child JVM that goes on while a test changes the world around it. */
public final class LivingJvm implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final OutputStream stdin;
    private final Path out;
    private final Path err;

    /** Whether what is waited for has come. */
    @FunctionalInterface
    public interface Condition {
        boolean isMet() throws Exception;
    }

    /** Starts {@link Lives}, and returns when its {@code main} runs. */
    public static LivingJvm start(ChildJvm child, Path folder) throws Exception {
        return start(child, folder, "-cp", ChildJvm.testClasses().toString(), Lives.class.getName());
    }

    /** Starts an application that prints {@code lives}, and returns when it has. */
    public static LivingJvm start(ChildJvm child, Path folder, String... arguments) throws Exception {
        Path out = Files.createTempFile(folder, "living", ".out");
        Path err = Files.createTempFile(folder, "living", ".err");
        // Under nohup a JVM takes no HUP, and neither would its helper.
        child.under(List.of("env", "--default-signal=HUP"));
        LivingJvm living = new LivingJvm(child.start(out, err, arguments), out, err);
        try {
            living.await(() -> living.out().contains("lives\n"));
        } catch (Throwable e) {
            living.close();
            throw e;
        }
        return living;
    }

    private LivingJvm(Process process, Path out, Path err) {
        this.process = process;
        this.stdin = process.getOutputStream();
        this.out = out;
        this.err = err;
    }

    /** A line of its standard input. */
    public void tell(String line) throws IOException {
        stdin.write((line + "\n").getBytes(UTF_8));
        stdin.flush();
    }

    /** Asks for a property until it has this value. */
    public void awaitProperty(String name, String value) throws Exception {
        String line = ShowSecrets.line(name, value) + "\n";
        await(() -> {
            int before = out().length();
            tell("show " + name);
            awaitMore(before);
            return out().substring(before).contains(line);
        });
    }

    /** Waits until its standard error has this text, and so many times. */
    public void awaitErr(String text, int times) throws Exception {
        await(() -> err().split(Pattern.quote(text), -1).length - 1 >= times);
    }

    public void await(Condition condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.isMet()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("it did not come to that; it " + (process.isAlive() ? "lives" : "has ended")
                        + "; it wrote:\n" + out() + err());
            }
            // Another process' doing: there is nothing to be notified by.
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    /** All that it has written, where a canary may not be. */
    public String all() throws IOException {
        return out() + err();
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    /** Its helper, waited for. */
    public ProcessHandle helper() throws Exception {
        await(() -> process.children().anyMatch(ProcessHandle::isAlive));
        return process.children().filter(ProcessHandle::isAlive).findFirst().orElseThrow();
    }

    /** Where its output goes. */
    public List<Path> files() {
        return List.of(out, err);
    }

    public long pid() {
        return process.pid();
    }

    /** Ends its input, and waits for its end and its helper's. */
    public int end() throws Exception {
        List<ProcessHandle> helpers = process.children().toList();
        stdin.close();
        int exit = awaitEnd();
        for (ProcessHandle helper : helpers) {
            helper.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        return exit;
    }

    public int awaitEnd() throws Exception {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("it ended")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> helpers = process.children().toList();
        process.destroyForcibly().onExit().join();
        helpers.forEach(helper -> helper.onExit().join());
        stdin.close();
    }

    private void awaitMore(int length) throws Exception {
        await(() -> out().length() > length);
    }
}
