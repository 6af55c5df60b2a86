package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Trace;
import io.secretagent.channel.Build;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code secret-agent}: what an operator calls. Results go to stdout, everything else to stderr. */
@Command(
        name = "secret-agent",
        description = "Secrets from their stores into a JVM's memory before main, and out of its logs.",
        footer = {"", "As an agent: java -javaagent:secret-agent.jar=secrets.yaml -jar app.jar"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class,
        subcommands = {
            RunCommand.class,
            VerifyCommand.class,
            AgeCommand.class,
            RotateCommand.class,
            RollbackCommand.class,
            RefreshCommand.class,
            AuditCommand.class,
            MaskCommand.class,
            InitCommand.class,
            WarmCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class CommandLineTool implements Callable<Integer> {
    private static final int USAGE = 64;
    private static final int INTERNAL = 70;

    /** Runs one command and returns the exit code. */
    public static int run(String... arguments) {
        int exit = new CommandLine(new CommandLineTool())
                .setExecutionExceptionHandler((defect, line, parsed) -> {
                    Trace.print(defect);
                    System.err.println("secret-agent: internal error ("
                            + defect.getClass().getName() + "); set SECRET_AGENT_DEBUG=1 to see where, and report it");
                    return INTERNAL;
                })
                .setExitCodeExceptionMapper(defect -> INTERNAL)
                .setParameterExceptionHandler((wrong, given) -> {
                    return Terminal.tell(USAGE, WrongUse.line(wrong));
                })
                .execute(arguments);
        return Results.exit(exit);
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.err);
        return USAGE;
    }

    /** The release, as the jar's manifest says it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"secret-agent " + Build.id()};
        }
    }
}
