package io.secretagent.bootstrap.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code secret-agent completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print the completion script of a shell.",
        footer = {"", "Example: source <(secret-agent completion bash)"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class CompletionCommand implements Callable<Integer> {
    private static final String NAME = "secret-agent";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish", completionCandidates = Shells.class)
    private String shell = "";

    @Override
    public Integer call() {
        PrintStream out = Terminal.takeStdout();
        CommandLine root = spec.root().commandLine();
        switch (shell) {
            case "fish" -> out.print(fish(root));
            // One script is for both: in zsh it turns on zsh's completion for bash by itself.
            case "bash", "zsh" -> out.print(AutoComplete.bash(NAME, root));
            default -> throw new ParameterException(spec.commandLine(), "completion is for bash, zsh and fish");
        }
        return 0;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c " + NAME + " -f\n");
        options(root.getCommandSpec(), "__fish_use_subcommand", script);
        root.getSubcommands().forEach((name, command) -> {
            CommandSpec subcommand = command.getCommandSpec();
            script.append("complete -c " + NAME + " -n __fish_use_subcommand -a ")
                    .append(name)
                    .append(description(subcommand.usageMessage().description()));
            String condition = "'__fish_seen_subcommand_from " + name + "'";
            options(subcommand, condition, script);
            command.getSubcommands().forEach((inner, line) -> {
                script.append("complete -c " + NAME + " -n " + condition + " -a ")
                        .append(inner)
                        .append(description(line.getCommandSpec().usageMessage().description()));
                options(line.getCommandSpec(), condition, script);
            });
            for (PositionalParamSpec parameter : subcommand.positionalParameters()) {
                if (parameter.completionCandidates() != null) {
                    script.append("complete -c " + NAME + " -n " + condition + candidates(parameter) + "\n");
                }
            }
        });
        return script.toString();
    }

    private static void options(CommandSpec command, String condition, StringBuilder script) {
        for (OptionSpec option : command.options()) {
            script.append("complete -c " + NAME + " -n ").append(condition);
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
            }
            if (option.arity().max() > 0) {
                script.append(option.type() == Path.class ? " -r -F" : " -x").append(candidates(option));
            }
            script.append(description(option.description()));
        }
    }

    private static String candidates(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? ""
                : " -a '" + String.join(" ", argument.completionCandidates()) + "'";
    }

    private static String description(String[] lines) {
        String first = lines.length == 0 ? "" : lines[0];
        return " -d '" + first.replace("\\", "\\\\").replace("'", "\\'") + "'\n";
    }

    /** For a shell to complete. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("bash", "zsh", "fish").iterator();
        }
    }
}
