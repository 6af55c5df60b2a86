package io.secretagent.bootstrap.command;

import io.secretagent.audit.AuditSettings;
import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.command.draft.Draft;
import io.secretagent.bootstrap.command.draft.Keys;
import io.secretagent.bootstrap.command.draft.Prefix;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.fetch.Inventory;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.mapping.Shown;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code secret-agent init}: a mapping to start from, made of the names that a store has. */
@Command(
        name = "init",
        description = {
            "List the names in a store, and write a commented mapping of them.",
            "No value is read, unless --keys asks for the names of the keys in them."
        },
        footer = {
            "",
            "Examples:",
            "  secret-agent init --backend azure --url https://shop.vault.azure.net",
            "  secret-agent init --backend aws --prefix 'shop/$${ENVIRONMENT}/' --keys",
            "  secret-agent init --backend vault --prefix secret/shop/",
            "  secret-agent init --backend vault --auth 'method: kubernetes, role: shop'",
            "  secret-agent init --backend directory --path /mnt/secrets --output -"
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class InitCommand implements Callable<Integer> {
    private static final int USAGE = 64;
    private static final int NOTHING_THERE = 66;
    private static final int NOT_WRITTEN = 74;
    private static final int INVALID_MAPPING = 78;
    private static final Path STDOUT = Path.of("-");

    private final Map<String, String> environment = System.getenv();
    private final MappingParser parser = new MappingParser(environment);

    @Mixin
    private final InitBackend backend = new InitBackend();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "only names that begin so; a variable in it, such as $${ENVIRONMENT}, stays one")
    private String prefix = "";

    @Option(names = "--keys", description = "read the values too, and map each key of a JSON secret")
    private boolean keys;

    @Option(names = "--audit", paramLabel = "FILE", description = "record there, or to stderr, what --keys reads")
    private @Nullable String audit;

    @Option(names = "--env", description = "name environment variables too, for programs that are no JVM")
    private boolean variables;

    @Option(names = "--output", paramLabel = "FILE", description = "default: secrets.yaml; - is standard output")
    private Path output = Path.of("secrets.yaml");

    @Option(names = "--force", description = "replace the file if it is there")
    private boolean force;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long to wait for the store (default: ${DEFAULT-VALUE})")
    private int timeout = 60;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintStream out = Terminal.takeStdout();
        Path file = output.equals(STDOUT) ? Path.of("secrets.yaml") : output;
        Draft.Backend store = backend.named(file, environment);
        if (!output.equals(STDOUT) && Files.exists(output) && !Files.isRegularFile(output)) {
            // It would be renamed over, were it /dev/null.
            return fail(USAGE, output + " is no file; name another --output, or - for standard output");
        }
        if (!output.equals(STDOUT) && !force && Files.exists(output)) {
            return fail(USAGE, output + " is there already; name another --output, or replace it with --force");
        }
        Progress progress = Progress.of("listing " + store.name(), !quiet);
        try {
            Prefix names = new Prefix(prefix, prefix.isEmpty() ? "" : parser.expand(prefix, "--prefix"));
            Mapping empty = parser.parse(file, store.text() + "secrets: {}\n");
            Deadline deadline = Deadline.after(Duration.ofSeconds(timeout));
            Listing listing = Objects.requireNonNull(
                    Inventory.of(empty.backends().values(), names.expanded(), environment, deadline)
                            .get(store.name()));
            if (listing instanceof Listing.Failed failed) {
                return fail(failed.failure());
            }
            Draft draft = draft(store, names, (Listing.Found) listing, file, deadline);
            progress.end();
            return write(draft, (Listing.Found) listing, out);
        } catch (InvalidMappingException e) {
            e.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .limit(1)
                    .forEach(problem -> fail(INVALID_MAPPING, problem.what() + "; " + problem.mend()));
            return INVALID_MAPPING;
        } finally {
            progress.end();
        }
    }

    private Draft draft(Draft.Backend store, Prefix names, Listing.Found found, Path file, Deadline deadline)
            throws InvalidMappingException {
        Draft.Form form = new Draft.Form(file, head(file, found.complete()), variables);
        Draft draft = Draft.of(store, names, found.names(), Map.of(), found.leftOut(), form);
        Mapping checked = draft.check(parser);
        if (!keys) {
            return draft;
        }
        Map<String, Keys> told = new HashMap<>();
        try (Recording recording = Recording.ofCommand(AuditSettings.to(audit), "init");
                Fetch fetch = new Fetch(environment)) {
            Map<Entry, Outcome> outcomes = fetch.run(checked, checked.entries(), deadline);
            outcomes.forEach((entry, outcome) -> told.put(entry.name().path(), Keys.of(outcome)));
            recording.fetched(outcomes, fetch);
        }
        Draft withKeys = Draft.of(store, names, found.names(), told, found.leftOut(), form);
        withKeys.check(parser);
        return withKeys;
    }

    private List<String> head(Path file, boolean complete) {
        List<String> head = new ArrayList<>(List.of(
                "A draft by secret-agent init: the names that it found, and targets made of them. No value is in it.",
                "",
                "1. Take out what the application does not read.",
                "2. Give the rest the system properties that it reads. env: is for secret-agent run, and programs that are"
                        + " no JVM.",
                "3. Say how often each is to be renewed (rotate), which matters most when it leaks (priority, P0 to P3),",
                "   and where a new one is had (provider): secret-agent age and age --emergency go by them.",
                "4. Try it: secret-agent verify --mapping " + file));
        if (!complete) {
            head.add("");
            head.add("It has the first names only. For the others, narrow the list with --prefix.");
        }
        return head;
    }

    private int write(Draft draft, Listing.Found found, PrintStream out) {
        if (draft.size() == 0) {
            draft.leftOut().forEach((name, why) -> say(Shown.name(name) + " is left out: " + why));
            return fail(
                    NOTHING_THERE,
                    "there is no secret to map" + (prefix.isEmpty() ? "" : " below " + prefix)
                            + "; check the backend's settings" + (prefix.isEmpty() ? "" : " and --prefix"));
        }
        if (output.equals(STDOUT)) {
            out.print(draft.text());
            out.flush();
        } else {
            try {
                NewFile.write(output, draft.text());
            } catch (IOException e) {
                return fail(
                        NOT_WRITTEN,
                        output + " cannot be written (" + e.getClass().getSimpleName() + "); name another --output");
            }
        }
        say((output.equals(STDOUT) ? "" : "wrote " + output + ": ")
                + counted(draft.size(), "entry", "entries")
                + (draft.leftOut().isEmpty()
                        ? ""
                        : ", and " + counted(draft.leftOut().size(), "name", "names") + " left out, told at its end")
                + (found.complete() ? "" : "; there are more names, narrow them with --prefix"));
        return 0;
    }

    private static String counted(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private int fail(Failure failure) {
        return fail(failure.kind().exitCode(), failure.why() + "; " + failure.mend());
    }

    private static int fail(int exit, String line) {
        return Terminal.tell(exit, line);
    }

    private void say(String line) {
        if (!quiet) {
            Terminal.tell(line);
        }
    }
}
