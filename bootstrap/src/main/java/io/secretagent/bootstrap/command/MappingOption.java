package io.secretagent.bootstrap.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --mapping}, as the interactive commands have it. */
final class MappingOption {
    private static final Path DEFAULT = Path.of("secrets.yaml");

    @Option(names = "--mapping", paramLabel = "FILE", description = "default: $SECRET_AGENT_MAPPING, or secrets.yaml")
    private @Nullable Path given;

    /** The option, else the variable, else what stands in the working directory. */
    Path path(Map<String, String> environment) {
        if (given != null) {
            return given;
        }
        String variable = environment.get("SECRET_AGENT_MAPPING");
        if (variable != null && !variable.isEmpty()) {
            return Path.of(variable);
        }
        if (!Files.exists(DEFAULT) && Terminal.isStderrTerminal()) {
            Terminal.tell("there is no " + DEFAULT
                    + " here: name a mapping with --mapping, or make one with secret-agent init");
        }
        return DEFAULT;
    }
}
