package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.PickUps;
import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.channel.ChannelRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code secret-agent age}: how old each secret is beside its {@code rotate:} policy. */
@Command(
        name = "age",
        description = {
            "Show how old each secret of the mapping is, and when its rotate: policy wants a new version.",
            "Ends with 1 if one is overdue. No value is read where the backend can tell without."
        },
        footer = {
            "",
            "Every week, as a job: secret-agent age --all shop/ --policy 90d --quiet",
            "After a leak: secret-agent age --emergency",
            "Example: secret-agent age --mapping secrets.yaml --warn 14d"
        },
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class AgeCommand implements Callable<Integer> {
    private static final int OVERDUE = 1;
    private static final int NOT_READ = 74;
    private static final int INVALID_MAPPING = 78;

    private final Map<String, String> environment = System.getenv();
    private final List<AgeRow> rows = new ArrayList<>();
    private final Map<String, Failure> unlisted = new LinkedHashMap<>();
    private @Nullable String unread;
    private final Instant now = Instant.now();

    @Mixin
    private final MappingOption mapping = new MappingOption();

    @Option(
            names = "--warn",
            paramLabel = "DAYS",
            description = "mark what is due within so many days, such as 14d",
            converter = Days.class)
    private Duration warn = Duration.ZERO;

    @Option(
            names = "--all",
            paramLabel = "PREFIX",
            description = "show too what the backends have below this prefix and the mapping does not name")
    private @Nullable String all;

    @Option(
            names = "--policy",
            paramLabel = "DAYS",
            description = "how old a secret may be that has no rotate:, such as 90d",
            converter = Days.class)
    private @Nullable Duration policy;

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "show too when a process last picked each secret up, as this audit has it")
    private @Nullable Path audit;

    @Option(
            names = "--emergency",
            description = "show what a leak asks for: provider and rotate command of each secret; no backend is asked")
    private boolean emergency;

    @Option(names = "--json", description = "write JSON instead of a table")
    private boolean json;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintStream out = Terminal.takeStdout();
        Path file = mapping.path(environment);
        Mapping parsed;
        try {
            parsed = new MappingParser(environment).parse(file);
        } catch (InvalidMappingException e) {
            report(out, file, INVALID_MAPPING, e.problems());
            return INVALID_MAPPING;
        }
        if (emergency) {
            Emergency list = new Emergency(parsed);
            (json ? List.of(list.json(parsed.warnings())) : list.lines(Terminal.hasColours(environment)))
                    .forEach(out::println);
            return 0;
        }
        measure(parsed);
        int exit = exit();
        report(out, file, exit, parsed.warnings());
        return exit;
    }

    private void measure(Mapping parsed) {
        AgeRow.Ages ages = new AgeRow.Ages(policy, warn, now);
        Progress progress = Progress.of("asking about the secrets of " + parsed.file(), !quiet);
        try {
            describe(parsed, ages);
            if (all != null) {
                Unmapped unmapped = Unmapped.of(parsed, all, environment, ages);
                rows.addAll(unmapped.rows());
                unlisted.putAll(unmapped.failures());
                unmapped.cut()
                        .forEach(backend -> say(
                                false,
                                "backend " + backend + " has more names than are shown; narrow them with --all"));
            }
            if (audit != null) {
                PickUps pickUps = PickUps.read(audit);
                rows.replaceAll(row -> row.pickedUp(pickUps.last(row.entry().name())));
            }
            rows.sort(AgeRow.MOST_URGENT_FIRST);
        } catch (IOException e) {
            unread = audit + " cannot be read (" + e.getClass().getSimpleName()
                    + "); name the file of audit: in --audit";
        } finally {
            progress.end();
        }
    }

    private void describe(Mapping parsed, AgeRow.Ages ages) {
        try (Recording recording = Recording.ofCommand(parsed.options().audit(), "age");
                Fetch fetch = new Fetch(environment)) {
            Map<Entry, Described> described = fetch.describe(
                    parsed, parsed.entries(), Deadline.after(parsed.options().timeout()));
            recording.described(described, fetch);
            // A list of targets makes an entry a target, and is one secret still.
            Map<String, AgeRow> byName = new LinkedHashMap<>();
            described.forEach((entry, answer) -> byName.merge(
                    entry.name().backend() + " " + entry.name().text() + " " + entry.reading(),
                    AgeRow.of(entry, answer, ages),
                    AgeCommand::stricter));
            rows.addAll(byName.values());
        }
    }

    private static AgeRow stricter(AgeRow one, AgeRow other) {
        return AgeRow.MOST_URGENT_FIRST.compare(one, other) <= 0 ? one : other;
    }

    private int exit() {
        List<ChannelRecord.Problem> failures = new ArrayList<>();
        boolean overdue = false;
        for (AgeRow row : rows) {
            overdue |= row.status() == AgeRow.Status.OVERDUE;
            Failure failure = row.failure();
            if (failure != null && row.entry().required()) {
                failures.add(new ChannelRecord.Problem(failure.kind().exitCode(), failure.why()));
            }
        }
        unlisted.values()
                .forEach(failure ->
                        failures.add(new ChannelRecord.Problem(failure.kind().exitCode(), failure.why())));
        int failed = ChannelRecord.Problem.gravest(failures);
        if (failed == 0 && unread != null) {
            return NOT_READ;
        }
        return failed == 0 && overdue ? OVERDUE : failed;
    }

    private void report(PrintStream out, Path file, int exit, List<Problem> problems) {
        if (json) {
            out.println(AgeJson.of(file.toString(), exit, rows, unlisted, problems, now));
        } else if (!quiet && !rows.isEmpty()) {
            AgeTable.of(rows, Terminal.hasColours(environment), now).forEach(out::println);
        }
        problems.forEach(problem -> say(problem.severity() == Problem.Severity.ERROR, problem.line()));
        if (unread != null) {
            say(true, unread);
        }
        rows.stream().filter(AgeRow::mapped).forEach(this::tell);
        unlisted.forEach(
                (backend, failure) -> say(true, "backend " + backend + ": " + failure.why() + "; " + failure.mend()));
    }

    private void tell(AgeRow row) {
        String secret = row.entry().place() + ": secret " + row.entry().name() + " (backend "
                + row.entry().name().backend() + "): ";
        Failure failure = row.failure();
        if (failure != null) {
            say(row.entry().required(), secret + failure.why() + "; " + failure.mend());
        } else if (row.status() == AgeRow.Status.UNKNOWN) {
            say(false, secret + "the backend does not tell its age; rotate: is not checked");
        }
        if (row.lacks() != null) {
            say(false, secret + "its value had to be read to learn its age; grant " + row.lacks());
        }
    }

    private void say(boolean error, String line) {
        if (error || !quiet) {
            Terminal.tell(line);
        }
    }
}
