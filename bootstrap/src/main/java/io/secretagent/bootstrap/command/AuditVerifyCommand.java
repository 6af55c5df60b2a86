package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.AuditFiles;
import io.secretagent.bootstrap.audit.ChainCheck;
import io.secretagent.bootstrap.backend.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secret-agent audit verify}: whether the lines of an audit are all there and as they were written. */
@Command(
        name = "verify",
        description = {
            "Check the chain of every writer in these files, and in those that were put aside from them.",
            "Ends with 1 if a line was edited or cut, or is missing."
        },
        footer = {
            "",
            "Keep what it saw: secret-agent audit verify --json audit.jsonl > heads.json",
            "Example: secret-agent audit verify --since heads.json audit.jsonl"
        },
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class AuditVerifyCommand implements Callable<Integer> {
    private static final int NOT_INTACT = 1;
    private static final int NOT_FOUND = 66;
    private static final int NOT_READ = 74;
    private static final int USAGE = 64;
    private static final int LARGEST_HEADS = 16 << 20;

    @Parameters(paramLabel = "FILE", description = "as audit: names it", arity = "1..*")
    private List<Path> named = List.of();

    @Option(
            names = "--since",
            paramLabel = "HEADS",
            description = "the JSON of an earlier run: what it saw must still be there")
    private @Nullable Path since;

    @Option(names = "--json", description = "write JSON instead of lines")
    private boolean json;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintStream out = Terminal.takeStdout();
        ChainCheck check = new ChainCheck();
        AuditFiles files;
        try {
            files = AuditFiles.of(named);
            files.read(check::add);
            check.check();
            if (since != null && !compare(check, heads(since))) {
                return Terminal.tell(USAGE, since + " is no JSON of secret-agent audit verify --json");
            }
        } catch (NoSuchFileException e) {
            return Terminal.tell(NOT_FOUND, "there is no file " + e.getFile());
        } catch (IOException e) {
            return Terminal.tell(
                    NOT_READ, "it cannot be read (" + e.getClass().getSimpleName() + "): " + e.getMessage());
        }
        int exit = check.findings().isEmpty() ? 0 : NOT_INTACT;
        if (json) {
            out.println(document(files, check, exit));
        } else {
            tell(out, files, check);
        }
        return exit;
    }

    /** No more than so many writers leave; a device has no end. */
    private static byte[] heads(Path since) throws IOException {
        try (InputStream in = Files.newInputStream(since)) {
            return in.readNBytes(LARGEST_HEADS);
        }
    }

    private static boolean compare(ChainCheck check, byte[] heads) {
        Map<String, Object> earlier = Json.object(heads);
        if (earlier == null || !(earlier.get("writers") instanceof List<?> writers)) {
            return false;
        }
        for (Object each : writers) {
            if (!(each instanceof Map<?, ?> writer)
                    || !(writer.get("writer") instanceof String name)
                    || !(writer.get("last") instanceof Json.Numeral last)
                    || !last.text().matches("\\d{1,18}")
                    || !(writer.get("head") instanceof String head)) {
                return false;
            }
            check.require(name, Long.parseLong(last.text()), head);
        }
        return true;
    }

    private void tell(PrintStream out, AuditFiles files, ChainCheck check) {
        for (ChainCheck.Finding finding : check.findings()) {
            out.println(finding.place() + ": " + word(finding.kind()) + ": " + Columns.printable(finding.what()));
        }
        if (quiet) {
            return;
        }
        for (ChainCheck.Chain chain : check.chains()) {
            if (chain.first() > 1) {
                out.println(chain.start() + ": note: writer " + Columns.printable(chain.writer()) + " begins with line "
                        + chain.first() + "; those before are in none of the files, which is so after they were full");
            }
        }
        out.println(
                counted(check.lines(), "line") + " of " + counted(check.chains().size(), "writer") + " in "
                        + counted(files.paths().size(), "file") + ": "
                        + (check.findings().isEmpty()
                                ? "intact"
                                : counted(check.findings().size(), "problem")));
    }

    private static String document(AuditFiles files, ChainCheck check, int exit) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("exit", RowJson.number(exit));
        document.put("files", files.paths().stream().map(Path::toString).toList());
        document.put("lines", RowJson.number(check.lines()));
        document.put(
                "writers",
                check.chains().stream().map(AuditVerifyCommand::writer).toList());
        document.put(
                "problems",
                check.findings().stream().map(AuditVerifyCommand::problem).toList());
        return Json.text(document);
    }

    private static Map<String, Object> writer(ChainCheck.Chain chain) {
        Map<String, Object> writer = new LinkedHashMap<>();
        writer.put("writer", chain.writer());
        writer.put("host", chain.host());
        writer.put("pid", chain.pid());
        writer.put("command", chain.command());
        writer.put("first", RowJson.number(chain.first()));
        writer.put("last", RowJson.number(chain.last()));
        writer.put("head", chain.head());
        return writer;
    }

    private static Map<String, Object> problem(ChainCheck.Finding finding) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("kind", word(finding.kind()));
        problem.put("place", finding.place());
        problem.put("what", finding.what());
        return problem;
    }

    private static String word(ChainCheck.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String counted(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
