package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.Interruption.Event;
import io.secretagent.bootstrap.testing.Interruption.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A rotation or a rollback that is killed, ended, refused, cut off or overtaken at each of its requests, and what is
 * stored then. Either way {@link #OLD} is current before it and {@link #NEW} is to be after it.
 */
public final class InterruptedChange {
    public static final String OLD = "canary-old-71c0d2ea";
    public static final String NEW = "canary-new-19e4b7f3";
    private static final String THEIRS = "canary-theirs-5d20";
    private static final long LIMIT_SECONDS = 60;

    private final Path folder;
    private final ProcessBuilder command;
    private final String name;
    private boolean goesBack;
    private @Nullable Process running;

    /** How it ended, the first word of its output, and its errors. */
    public record Result(int exit, String out, String err) {}

    /** A JSON secret of the keys {@code KEY} and {@code OTHER} in a store, asked by a client of its own. */
    public interface Stored {
        /** Stores a value of {@code KEY}, and {@code kept} as the other. */
        void put(String key) throws Exception;

        /** Makes it anew, with a value. */
        default void begin(String key) throws Exception {
            put(key);
        }

        /** All keys, of the current version or of the one before. */
        String read(boolean previous) throws Exception;

        boolean hasPrevious();
    }

    /**
     * Of one secret.
     *
     * @param command what takes the arguments of {@code secret-agent}
     */
    public InterruptedChange(Path folder, ProcessBuilder command, String name) {
        this.folder = folder;
        this.command = command;
        this.name = name;
    }

    /** Rotates it, and interrupts that in every way. */
    public void rotated(Interruption between, Stored stored) throws Exception {
        goesBack = false;
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("killed", exchange -> ended(true));
        events.put("ended", exchange -> ended(false));
        events.put("refused", exchange -> {
            exchange.sendResponseHeaders(500, -1);
            return true;
        });
        events.put("cut off", exchange -> true);
        events.put("overtaken", exchange -> overtaken(stored));
        interrupt(between, stored, events);
    }

    /** Rolls it back, and interrupts that in the ways that could lose something. */
    public void rolledBack(Interruption between, Stored stored) throws Exception {
        goesBack = true;
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("killed", exchange -> ended(true));
        events.put("overtaken", exchange -> overtaken(stored));
        interrupt(between, stored, events);
    }

    private void interrupt(Interruption between, Stored stored, Map<String, Event> events) throws Exception {
        undisturbed(between, stored);
        int requests = between.requests();
        assertThat(requests).isGreaterThan(2);
        for (Map.Entry<String, Event> event : events.entrySet()) {
            for (int number = 1; number <= requests; number++) {
                // For who is gone, before a request is as after the one before.
                boolean gone = event.getKey().equals("killed") || event.getKey().equals("ended");
                boolean[] moments = gone ? new boolean[] {true} : new boolean[] {false, true};
                for (boolean answered : moments) {
                    begin(stored);
                    between.at(new Step(number, answered, event.getValue()));
                    Result result = run();
                    String when = event.getKey() + (answered ? " after" : " before") + " request " + number + " of "
                            + requests + ": " + result;
                    check(when, event.getKey(), result, stored);
                }
            }
        }
        undisturbed(between, stored);
    }

    private void undisturbed(Interruption between, Stored stored) throws Exception {
        between.at(new Step(0, false, exchange -> false));
        begin(stored);
        assertThat(run()).isEqualTo(new Result(0, goesBack ? "rolled" : "rotated", ""));
        assertThat(stored.read(false)).contains("\"KEY\":\"" + NEW + "\"");
    }

    private void begin(Stored stored) throws Exception {
        if (goesBack) {
            stored.begin(NEW);
            stored.put(OLD);
        } else {
            stored.begin(OLD);
        }
    }

    private void check(String when, String event, Result result, Stored stored) throws Exception {
        String current = stored.read(false);
        // Another key is never lost.
        assertThat(current).as(when).contains("\"OTHER\":\"kept\"");
        if (current.contains("\"KEY\":\"" + NEW + "\"")) {
            // What was before is beside it, and where the store has versions, the one before.
            assertThat(current).as(when).containsAnyOf("\"KEY_OLD\":\"" + OLD + "\"", "\"KEY_OLD\":\"" + THEIRS + "\"");
            if (stored.hasPrevious()) {
                assertThat(stored.read(true))
                        .as(when)
                        .containsAnyOf("\"KEY\":\"" + OLD + "\"", "\"KEY\":\"" + THEIRS + "\"");
            }
        } else {
            assertThat(current).as(when).containsAnyOf("\"KEY\":\"" + OLD + "\"", "\"KEY\":\"" + THEIRS + "\"");
            if (goesBack && !event.equals("overtaken")) {
                assertThat(stored.read(true)).as(when).contains("\"KEY\":\"" + NEW + "\"");
            }
        }
        if (event.equals("killed")) {
            assertThat(result.exit()).as(when).isEqualTo(137);
            assertThat(result.err()).as(when).isEmpty();
        } else if (event.equals("ended") && result.exit() == 143) {
            // Before the first look there is nothing to be said.
            if (result.err().contains("nothing was stored")) {
                assertThat(current).as(when).doesNotContain("\"KEY\":\"" + NEW);
            }
            assertThat(result.err().lines().count()).as(when).isLessThan(2);
        } else if (result.exit() == 0) {
            assertThat(current).as(when).contains("\"KEY\":\"" + (event.equals("overtaken") ? "canary" : NEW));
        } else {
            assertThat(result.err()).as(when).hasLineCount(1);
            if (result.err().contains("nothing was stored")) {
                assertThat(current).as(when).contains("\"KEY\":\"" + OLD + "\"");
            }
            if (event.equals("overtaken")) {
                assertThat(result.exit()).as(when).isEqualTo(75);
                assertThat(current).as(when).contains("\"KEY\":\"" + THEIRS + "\"");
            }
        }
    }

    private boolean ended(boolean forcibly) throws InterruptedException {
        Process process = running;
        if (process != null) {
            if (forcibly) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            process.waitFor();
        }
        return true;
    }

    private static boolean overtaken(Stored stored) throws Exception {
        stored.put(THEIRS);
        return false;
    }

    private Result run() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> line = new ArrayList<>(command.command());
        line.addAll(goesBack ? List.of("rollback", name) : List.of("rotate", "--stdin", name));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(command.environment());
        Process process = builder.start();
        running = process;
        try (var stdin = process.getOutputStream()) {
            stdin.write((NEW + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            // A rollback reads nothing, and may have ended.
        }
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String told = Files.readString(out) + Files.readString(err);
        assertThat(told).doesNotContain("canary");
        return new Result(process.exitValue(), Files.readString(out).split(" ", 2)[0], Files.readString(err));
    }
}
