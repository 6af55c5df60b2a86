package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process and all that it started gave to the system, by strace: a file for each thread. Memory that is mapped to a
 * file and shared is not seen to be written; which files those are is.
 */
final class Trace {
    private static final Pattern THREAD = Pattern.compile(".*\\.(\\d+)");
    private static final Pattern STARTED = Pattern.compile("^(?:clone|clone3|fork|vfork)\\((.*)\\) += (\\d+)$");
    private static final Pattern EXECUTED = Pattern.compile("^execve\\((.*)\\) += 0$");
    private static final Pattern GIVEN = Pattern.compile("^(\\w+)\\((\\d+)<([^\"]*?)>, .*");
    private static final Pattern MAPPED = Pattern.compile("^mmap\\([^<]*PROT_WRITE[^<]*MAP_SHARED[^<]*<([^>]*)>.*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{1,3}|.)");

    private final Map<Integer, Traced> byThread;

    /** One of the processes. */
    static final class Traced {
        final List<String> commands = new ArrayList<>();
        final List<Given> given = new ArrayList<>();
        /** Files whose shared pages it may write. */
        final List<String> mapped = new ArrayList<>();
    }

    /**
     * One call that gave bytes to the system.
     *
     * @param to what the descriptor is: a path, {@code pipe:[1]}, {@code TCP:[127.0.0.1:1->127.0.0.1:2]}
     * @param bytes a character each
     */
    record Given(String call, String to, String bytes) {}

    /** The command that traces another into files of this folder. */
    static List<String> into(Path folder) {
        return List.of(
                strace(),
                "-ff",
                "-qq",
                "-yy",
                "-s",
                "1048576",
                "-e",
                "trace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,vmsplice,process_vm_writev,"
                        + "mmap,execve,clone,clone3,fork,vfork",
                "-e",
                "signal=none",
                "-o",
                folder.resolve("trace").toString());
    }

    private static String strace() {
        Path installed = Path.of("/usr/bin/strace");
        return Files.isExecutable(installed)
                ? installed.toString()
                : Provision.orSkip("strace", () -> Provision.debian("strace", "strace"))
                        .resolve("usr/bin/strace")
                        .toString();
    }

    /** Reads what was traced when all has ended. */
    static Trace of(Path folder) throws IOException {
        Map<Integer, List<String>> lines = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher thread = THREAD.matcher(file.getFileName().toString());
                if (thread.matches()) {
                    lines.put(Integer.parseInt(thread.group(1)), Files.readAllLines(file, ISO_8859_1));
                }
            }
        }
        return new Trace(lines);
    }

    private Trace(Map<Integer, List<String>> lines) {
        byThread = new HashMap<>();
        Map<Integer, Integer> threads = new HashMap<>();
        lines.values()
                .forEach(all -> all.forEach(line -> {
                    Matcher started = STARTED.matcher(line);
                    if (started.matches() && started.group(1).contains("CLONE_THREAD")) {
                        threads.put(Integer.parseInt(started.group(2)), 0);
                    }
                }));
        lines.forEach((starter, all) -> all.forEach(line -> {
            Matcher started = STARTED.matcher(line);
            if (started.matches() && threads.containsKey(Integer.parseInt(started.group(2)))) {
                threads.put(Integer.parseInt(started.group(2)), starter);
            }
        }));
        lines.forEach((thread, all) -> {
            int leader = thread;
            for (Integer starter = threads.get(leader); starter != null; starter = threads.get(leader)) {
                leader = starter;
            }
            Traced process = byThread.computeIfAbsent(leader, key -> new Traced());
            all.forEach(line -> take(process, line));
        });
    }

    private static void take(Traced process, String line) {
        Matcher executed = EXECUTED.matcher(line);
        if (executed.matches()) {
            process.commands.add(executed.group(1));
            return;
        }
        Matcher mapped = MAPPED.matcher(line);
        if (mapped.matches()) {
            process.mapped.add(mapped.group(1));
            return;
        }
        Matcher given = GIVEN.matcher(line);
        if (given.matches()) {
            process.given.add(new Given(given.group(1), given.group(3), unescaped(line)));
        }
    }

    /** The one whose last command has this word. */
    Traced process(String word) {
        return byThread.values().stream()
                .filter(process -> !process.commands.isEmpty()
                        && process.commands.get(process.commands.size() - 1).contains(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing with " + word + " was started"));
    }

    List<Traced> all() {
        return List.copyOf(byThread.values());
    }

    private static String unescaped(String line) {
        StringBuilder bytes = new StringBuilder();
        Matcher escape = ESCAPE.matcher(line);
        while (escape.find()) {
            escape.appendReplacement(bytes, Matcher.quoteReplacement(Character.toString(of(escape.group(1)))));
        }
        return escape.appendTail(bytes).toString();
    }

    private static char of(String escape) {
        char first = escape.charAt(0);
        return Character.isDigit(first)
                ? (char) Integer.parseInt(escape, 8)
                : switch (first) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'v' -> '\013';
                    case 'f' -> '\f';
                    default -> first;
                };
    }
}
