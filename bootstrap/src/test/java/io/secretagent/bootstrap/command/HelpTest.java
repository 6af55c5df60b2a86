package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    private final CommandLine tool = tool();

    static Stream<String> commands() {
        return tool().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpThatEndsWithAnExample(String name) {
        CommandLine command = Objects.requireNonNull(tool.getSubcommands().get(name));

        assertThat(command.getCommandSpec().findOption("--help")).isNotNull();
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF).strip();
        assertThat(help.substring(help.lastIndexOf("Example")))
                .startsWith("Example")
                .contains("secret-agent " + name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theToolListsThemAll(String name) {
        assertThat(tool.getUsageMessage(CommandLine.Help.Ansi.OFF)).contains("  " + name);
    }

    private static CommandLine tool() {
        return new CommandLine(new CommandLineTool());
    }
}
