package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.mapping.Shown;
import io.secretagent.bootstrap.mapping.Suggestions;
import java.nio.file.InvalidPathException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What to say of wrong use. Never the argument itself, unless it can be a name: it may be a secret in a wrong place. */
final class WrongUse {

    static String line(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        if (wrong instanceof MutuallyExclusiveArgsException) {
            // The parser's words have the names of the options alone.
            return String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", "") + "; " + seeHelp(command);
        }
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        }
        String what = wrong instanceof MissingParameterException missing
                ? missing(missing.getMissing().get(0), command)
                : wrongValue(wrong);
        return what + "; " + seeHelp(command);
    }

    /** The parser speaks of Java's types. */
    private static String wrongValue(ParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec();
        if (wrong.getValue() == null || argument == null) {
            return withoutValue(wrong);
        }
        Class<?> type = argument.type();
        if (String.valueOf(wrong.getMessage()).contains(InvalidPathException.class.getName())) {
            return named(argument) + " is no path that this locale (LC_ALL) can write";
        }
        if (type == int.class || type == long.class || type == Integer.class) {
            return named(argument) + " takes a whole number";
        }
        return type.isEnum()
                ? named(argument) + " takes one of " + String.join(", ", argument.completionCandidates())
                : withoutValue(wrong);
    }

    private static String unmatched(String argument, CommandLine command) {
        String name = command.getCommandName();
        Set<String> commands = command.getSubcommands().keySet();
        if (argument.startsWith("-")) {
            String option = argument.replaceFirst("=.*", "");
            return name + " has no option " + Shown.name(option) + "; " + optionMend(option, command);
        }
        return commands.isEmpty()
                ? name + " takes no such argument; " + seeHelp(command)
                : "there is no command " + Shown.name(argument) + "; " + Suggestions.mend(argument, commands);
    }

    private static String optionMend(String option, CommandLine command) {
        boolean ofCommands = command.getSubcommands().values().stream()
                .anyMatch(sub -> sub.getCommandSpec().findOption(option) != null);
        return ofCommands
                ? "write it after the command"
                : Suggestions.mend(option, command.getCommandSpec().optionsMap().keySet());
    }

    private static String missing(ArgSpec argument, CommandLine command) {
        String who = argument instanceof OptionSpec ? named(argument) : command.getCommandName();
        return who + " needs " + argument.paramLabel();
    }

    private static String named(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** The parser's own words quote what was given. */
    private static String withoutValue(ParameterException wrong) {
        String words = String.valueOf(wrong.getMessage());
        return wrong.getValue() == null ? words : words.replace("'" + wrong.getValue() + "'", "what is given");
    }

    private static String seeHelp(CommandLine command) {
        return "see " + command.getCommandSpec().qualifiedName() + " --help";
    }

    private WrongUse() {}
}
