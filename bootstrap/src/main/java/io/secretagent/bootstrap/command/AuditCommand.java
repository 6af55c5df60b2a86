package io.secretagent.bootstrap.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code secret-agent audit}: what is done with the files that {@code audit:} writes. */
@Command(
        name = "audit",
        description = "Check the files that audit: writes.",
        footer = {"", "Example: secret-agent audit verify /var/log/secret-agent/audit.jsonl"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class,
        subcommands = AuditVerifyCommand.class)
final class AuditCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(
                line,
                "say what is to be done: "
                        + line.getSubcommands().keySet().iterator().next());
    }
}
