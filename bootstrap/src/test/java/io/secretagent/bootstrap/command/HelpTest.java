package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    private final CommandLine tool = new CommandLine(new CommandLineTool());

    @ParameterizedTest
    @ValueSource(strings = {"run", "verify", "age", "audit", "mask", "init", "warm", "schema", "completion"})
    void everyCommandHasHelpThatEndsWithAnExample(String name) {
        CommandLine command = Objects.requireNonNull(tool.getSubcommands().get(name));

        assertThat(command.getCommandSpec().findOption("--help")).isNotNull();
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF).strip();
        assertThat(help.substring(help.lastIndexOf("Example")))
                .startsWith("Example")
                .contains("secret-agent " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "verify", "age", "audit", "mask", "init", "warm", "schema", "completion"})
    void theToolListsThemAll(String name) {
        assertThat(tool.getUsageMessage(CommandLine.Help.Ansi.OFF)).contains("  " + name);
        assertThat(tool.getSubcommands()).hasSize(13);
    }
}
