package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.guard.Fingerprints;
import io.secretagent.bootstrap.guard.Guards;
import io.secretagent.bootstrap.guard.SharedValues;
import io.secretagent.bootstrap.guard.ValueGuards;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.mapping.Problem.Severity;
import io.secretagent.channel.ChannelRecord;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code secret-agent verify}: whether an application with this mapping would start, and with what. */
@Command(
        name = "verify",
        description = {
            "Fetch every secret of the mapping and show what came of each; never a value.",
            "Ends with 0 only if every required secret is there."
        },
        footer = {"", "Example: secret-agent verify --mapping secrets.yaml --strict"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class VerifyCommand implements Callable<Integer> {
    private static final int INVALID_MAPPING = 78;

    private final Map<String, String> environment = System.getenv();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Set<ChannelRecord.Problem> failures = new LinkedHashSet<>();

    @Mixin
    private final MappingOption mapping = new MappingOption();

    @Option(names = "--offline", description = "check the mapping alone, and ask no backend")
    private boolean offline;

    @Option(
            names = "--against",
            paramLabel = "OTHER.yaml",
            description = "fetch another environment's mapping too, and tell which values the two share")
    private @Nullable Path against;

    @Option(
            names = "--fingerprint",
            description = "show an HMAC of each value under a key of this run alone: equal values look equal")
    private boolean fingerprint;

    @Option(names = "--strict", description = "warnings and missing optional secrets are errors")
    private boolean strict;

    @Option(names = "--json", description = "write JSON instead of a table")
    private boolean json;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintStream out = Terminal.takeStdout();
        Path file = mapping.path(environment);
        Mapping parsed = parse(file);
        Mapping other = against == null ? null : parse(against);
        if (parsed != null && (against == null || other != null)) {
            if (offline) {
                rows.addAll(Row.offline(parsed));
            } else {
                fetch(parsed, other);
            }
        }
        int exit = exit();
        report(out, file, exit);
        return exit;
    }

    private @Nullable Mapping parse(Path file) {
        try {
            Mapping parsed = new MappingParser(environment).parse(file);
            parsed.warnings().forEach(this::add);
            Guards.ofMapping(parsed, environment).forEach(this::add);
            return parsed;
        } catch (InvalidMappingException e) {
            e.problems().forEach(this::add);
            return null;
        }
    }

    private void fetch(Mapping parsed, @Nullable Mapping other) {
        Fingerprints fingerprints = new Fingerprints();
        Checked checked = fetch(parsed);
        rows.addAll(Row.fetched(checked.resolution().resolved(), checked.took(), fingerprint ? fingerprints : null));
        new ValueGuards(fingerprints).check(parsed, checked.resolution()).forEach(this::add);
        if (other != null) {
            SharedValues.between(parsed, checked.resolution(), fetch(other).resolution(), fingerprints)
                    .forEach(this::add);
        }
    }

    private Checked fetch(Mapping wanted) {
        String what = "fetching " + wanted.entries().size() + " secrets of " + wanted.file();
        Progress progress = Progress.of(what, !quiet);
        try {
            Checked checked = Checked.fetch(wanted, environment);
            failures.addAll(checked.resolution().problems());
            return checked;
        } finally {
            progress.end();
        }
    }

    private void add(Problem problem) {
        problems.add(
                strict
                        ? new Problem(Severity.ERROR, problem.place(), problem.code(), problem.what(), problem.mend())
                        : problem);
    }

    private int exit() {
        List<ChannelRecord.Problem> all = new ArrayList<>(failures);
        for (Row row : rows) {
            Failure failure = row.failure();
            if (strict && row.status() == Row.Status.FAILED && failure != null) {
                all.add(new ChannelRecord.Problem(failure.kind().exitCode(), failure.why()));
            }
        }
        for (Problem problem : problems) {
            if (problem.severity() == Severity.ERROR) {
                all.add(new ChannelRecord.Problem(INVALID_MAPPING, problem.line()));
            }
        }
        return ChannelRecord.Problem.gravest(all);
    }

    private void report(PrintStream out, Path file, int exit) {
        if (json) {
            out.println(RowJson.of(file.toString(), exit, rows, problems));
        } else if (!quiet && !rows.isEmpty()) {
            RowTable.of(rows, fingerprint, Terminal.hasColours(environment), Instant.now())
                    .forEach(out::println);
        }
        for (Problem problem : problems) {
            say(problem.severity() == Severity.ERROR, problem.line());
        }
        for (ChannelRecord.Problem failure : failures) {
            say(strict || failure.exitCode() != 0, failure.line());
        }
    }

    private void say(boolean error, String line) {
        if (error || !quiet) {
            Terminal.tell(line);
        }
    }
}
