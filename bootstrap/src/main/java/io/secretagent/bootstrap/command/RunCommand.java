package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Trace;
import io.secretagent.bootstrap.guard.Guards;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.run.Command;
import io.secretagent.bootstrap.run.Environ;
import io.secretagent.bootstrap.run.Supervisor;
import io.secretagent.mask.Masker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code secret-agent run} for a command that is no JVM. The launcher reads the command line, and itself becomes a
 * command that is one; what is described to picocli here is for {@code --help} alone.
 */
@CommandLine.Command(
        name = "run",
        description = {
            "Run a command with the secrets of the mapping.",
            "java gets them as system properties, through the agent, and takes this process' place. Any other command"
                    + " gets them in its environment under the mapping's env names, and its output is masked."
        },
        footer = {
            "",
            "Example: secret-agent run --mapping secrets.yaml -- java -jar app.jar",
            "         secret-agent run --mapping secrets.yaml -- python3 app.py"
        },
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
public final class RunCommand implements Callable<Integer> {
    private static final int USAGE = 64;
    private static final int INVALID = 78;
    private static final int INTERNAL = 70;
    private static final int INPUT_OR_OUTPUT_ERROR = 74;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private final Map<String, String> environment = System.getenv();
    private final Masker masker = new Masker();

    @Option(names = "--mapping", paramLabel = "FILE", description = "default: $SECRET_AGENT_MAPPING")
    private @Nullable Path mapping;

    @SuppressWarnings("UnusedVariable") // the launcher's: it does not come here
    @Option(names = "--jvm", description = "the command is a script that starts java: set JDK_JAVA_OPTIONS")
    private boolean jvm;

    @SuppressWarnings("UnusedVariable") // the launcher's: it does not come here
    @Option(names = "--inherit", description = "as --jvm, for a JVM that is not started by java: JAVA_TOOL_OPTIONS")
    private boolean inherit;

    @Option(names = "--init", description = "reap the command's orphans; process 1 does so anyway")
    private boolean init;

    @Option(names = "--no-mask", description = "leave the command's output as it is")
    private boolean noMask;

    @Parameters(paramLabel = "COMMAND", description = "behind --, with its arguments", arity = "1..*")
    private List<String> command = List.of();

    /**
     * Runs a command and returns its exit code.
     *
     * @param arguments {@code --mapping FILE [--init] [--no-mask] -- COMMAND ARGUMENT...}, as the launcher passes them
     */
    public static int run(List<String> arguments) {
        RunCommand run = new RunCommand();
        int end = arguments.indexOf("--");
        if (end < 2 || end == arguments.size() - 1 || !arguments.get(0).equals("--mapping")) {
            return new RunCommand().call();
        }
        run.mapping = Path.of(arguments.get(1));
        run.init = arguments.subList(2, end).contains("--init");
        run.noMask = arguments.subList(2, end).contains("--no-mask");
        run.command = arguments.subList(end + 1, arguments.size());
        try {
            return run.fetchAndStart(run.mapping);
        } catch (RuntimeException | LinkageError e) {
            Trace.print(e);
            return Terminal.tell(
                    INTERNAL,
                    "internal error (" + e.getClass().getName()
                            + "); set SECRET_AGENT_DEBUG=1 to see where, and report it");
        }
    }

    /** Is not reached through the launcher. */
    @Override
    public Integer call() {
        return Terminal.tell(USAGE, "run is for bin/secret-agent to call; see secret-agent run --help");
    }

    private int fetchAndStart(Path file) {
        // Before anything takes time: a signal is not to find nobody.
        try (Supervisor supervisor = new Supervisor(masker)) {
            return fetchAndStart(file, supervisor);
        }
    }

    private int fetchAndStart(Path file, Supervisor supervisor) {
        Mapping parsed;
        try {
            parsed = new MappingParser(environment).parse(file);
        } catch (InvalidMappingException e) {
            Terminal.tell(e.problems());
            return INVALID;
        }
        Terminal.tell(parsed.warnings());
        List<Problem> guarded = Guards.ofMapping(parsed, environment);
        Terminal.tell(guarded);
        if (Guards.anyError(guarded)) {
            return INVALID;
        }
        List<Entry> entries = parsed.entries().stream()
                .filter(entry -> entry.injection().env() != null)
                .toList();
        if (entries.isEmpty()) {
            return Terminal.tell(
                    INVALID,
                    file + " names no environment variable, and " + command.get(0)
                            + " is no java; write env: NAME at the secrets that it needs, or --jvm if it starts a java");
        }
        ChildEnvironment childs = new ChildEnvironment(parsed, environment);
        try (Recording recording = Recording.ofCommand(parsed.options().audit(), "run " + command.get(0))) {
            recording.listenTo(masker);
            int failed = new ChildSecrets(environment, masker, childs, recording).fetch(parsed, entries);
            return failed != 0 ? failed : start(supervisor, parsed, childs);
        }
    }

    private int start(Supervisor supervisor, Mapping mapping, ChildEnvironment childs) {
        try {
            Environ environ = Environ.ofThisProcess();
            childs.applyTo(environ);
            return supervisor.run(new Command(Environ.lastArguments(command.size()), environ), output(mapping), init);
        } catch (Command.NotStartedException e) {
            return Terminal.tell(e.isAbsent() ? NOT_FOUND : NOT_EXECUTABLE, command.get(0) + ": " + e.getMessage());
        } catch (IOException e) {
            Trace.print(e);
            return Terminal.tell(INPUT_OR_OUTPUT_ERROR, "what the command wrote cannot be written: " + e.getMessage());
        }
    }

    private Supervisor.Output output(Mapping mapping) {
        if (noMask) {
            Terminal.tell("what " + command.get(0) + " writes is not masked (--no-mask)");
            return Supervisor.Output.INHERITED;
        }
        return mapping.options().mask().stdout() ? Supervisor.Output.MASKED : Supervisor.Output.STDERR_MASKED;
    }
}
