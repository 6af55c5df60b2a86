package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/** The rows of {@code faults.txt}: a backend, what is wrong with it, the exit code, and what is said of it. */
final class FaultTable {
    /** What {@code SECRET_AGENT_DEBUG=1} adds. */
    private static final Pattern TRACE = Pattern.compile(
            "secret-agent: (?: {4}at |[\\w.$]+(?:Exception|Error)$|[Cc]aused by|\\s*\\.\\.\\. |\\s*Suppressed)");

    private static final int AT_ONCE = 12;

    /** Those of one backend, without its name. There may be more than one for a fault. */
    static List<String> of(String backend) throws IOException {
        try (InputStream table = FaultTable.class.getResourceAsStream("faults.txt")) {
            return new String(requireNonNull(table).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(backend + " "))
                    .map(line -> line.substring(backend.length() + 1))
                    .toList();
        }
    }

    /** The lines of an output that a person is to read, without the stack traces. */
    static List<String> told(String err) {
        return err.lines().filter(line -> !TRACE.matcher(line).lookingAt()).toList();
    }

    /** Works out the rest of each row, some at once since most of them wait; each is to be in the table. */
    static <T> void assertRows(List<String> table, Map<T, Callable<String>> rows) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<T, Future<String>> begun = new LinkedHashMap<>();
            rows.forEach((fault, row) -> begun.put(fault, threads.submit(row)));
            List<String> worked = new ArrayList<>();
            for (Map.Entry<T, Future<String>> row : begun.entrySet()) {
                worked.add(row.getKey() + " " + row.getValue().get());
            }
            assertThat(worked).allMatch(table::contains, "is in the table");
        } finally {
            threads.shutdownNow();
        }
    }

    private FaultTable() {}
}
