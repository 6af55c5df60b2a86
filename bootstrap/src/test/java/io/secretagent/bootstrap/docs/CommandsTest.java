package io.secretagent.bootstrap.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.command.CommandLineTool;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.MappingParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every block of code in the documentation: a shell takes it, our commands take their options, files that are named are
 * there, mappings are right. Commands of others are known by name and are not run.
 */
class CommandsTest {
    private static final Set<String> OTHERS = Set.of(
            "ENTRYPOINT",
            "ENV",
            "CMD",
            "autoload",
            "aws",
            "az",
            "cd",
            "compinit",
            "curl",
            "docker",
            "doppler",
            "export",
            "java",
            "jq",
            "kubectl",
            "sha256sum",
            "sort",
            "source",
            "uniq",
            "vault");

    @TempDir
    private Path folder;

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void areOurs(Page page) throws Exception {
        for (Page.Block block : page.blocks()) {
            String place = page + ":" + block.line();
            switch (block.language()) {
                case "", "sh" -> checkCommands(place, block);
                case "yaml" -> checkYaml(place, block.text());
                case "json" ->
                    assertThat(new JsonMapper().readTree(block.text()).isObject())
                            .as(place)
                            .isTrue();
                case "text", "kusto" -> {
                    // For people, and for another program.
                }
                default -> throw new AssertionError(place + ": nobody checks " + block.language());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void withinSentencesTooTheyTakeTheirOptions(Page page) {
        for (String span : page.spans()) {
            if (span.startsWith("secret-agent ") && !span.contains("COMMAND")) {
                checkOurs(page + ": " + span, words(span));
            }
        }
    }

    private void checkCommands(String place, Page.Block block) throws IOException, InterruptedException {
        if (block.lines().stream().allMatch(line -> line.startsWith("secret-agent: "))) {
            // What is printed; TroubleshootingIT provokes it.
            return;
        }
        Path script = Files.writeString(folder.resolve("block"), block.text());
        Process shell = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        String complaint = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as("%s: %s", place, complaint).isZero();
        for (String line : block.text().replace("\\\n", " ").lines().toList()) {
            for (List<String> command : commands(line)) {
                check(place + ": " + line, command);
            }
        }
    }

    private static void check(String place, List<String> command) {
        String name = command.get(0);
        if (name.equals("secret-agent")) {
            checkOurs(place, command);
        } else if (name.contains("/") && !name.equals("./deploy.sh")) {
            assertThat(Page.ROOT.resolve(name)).as(place).isExecutable();
        } else if (!name.equals("./deploy.sh")) {
            assertThat(OTHERS).as(place).contains(name);
        }
        for (String word : command) {
            if (word.startsWith("examples/")) {
                assertThat(Page.ROOT.resolve(word)).as(place).exists();
            }
        }
    }

    /** As the command line parses it; positional arguments that lack are no matter within sentences. */
    private static void checkOurs(String place, List<String> words) {
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
            return;
        }
        CommandLine command = new CommandLine(new CommandLineTool());
        assertThat(command.getSubcommands()).as(place).containsKey(arguments.get(0));
        for (String argument : arguments) {
            if (argument.equals("--")) {
                break;
            }
            command = command.getSubcommands().getOrDefault(argument, command);
            if (argument.startsWith("--")) {
                assertThat(command.getCommandSpec().findOption(argument.replaceFirst("=.*", "")))
                        .as("%s: %s", place, argument)
                        .isNotNull();
            }
        }
    }

    private void checkYaml(String place, String yaml) throws IOException {
        if (yaml.contains("guards:") && !yaml.contains("secrets:")) {
            return;
        }
        String whole = (yaml.contains("backends:") ? "" : "backends: {mounted: {type: directory, path: x}}\n")
                + (yaml.contains("secrets:") ? "" : "secrets: {mounted: {a: a}}\n")
                + yaml;
        Path file = Files.writeString(folder.resolve("secrets.yaml"), whole);
        try {
            new MappingParser(Map.of()).parse(file);
        } catch (InvalidMappingException e) {
            throw new AssertionError(place + ": " + e.problems(), e);
        }
    }

    /** The commands of a line: pipes, lists and process substitutions taken apart, redirections left out. */
    private static List<List<String>> commands(String line) {
        List<List<String>> commands = new ArrayList<>(List.of(new ArrayList<>()));
        for (String word : words(line.replace("<(", "; ").replace(")", ""))) {
            List<String> last = commands.get(commands.size() - 1);
            if (last.isEmpty() && word.matches("[A-Z_]+=.*")) {
                continue;
            }
            if (List.of("|", "&&", ";").contains(word)) {
                commands.add(new ArrayList<>());
            } else if (word.endsWith(";")) {
                last.add(word.substring(0, word.length() - 1));
                commands.add(new ArrayList<>());
            } else if (word.startsWith("#")) {
                break;
            } else {
                last.add(word);
            }
        }
        commands.removeIf(List::isEmpty);
        return commands;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char c : (line + " ").toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c != ' ') {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}
