package io.secretagent.bootstrap.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code secret-agent schema}: the JSON Schema of the mapping, for an editor to complete and check it by. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of the mapping.",
        footer = {"", "Example: secret-agent schema > secrets.schema.json"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class SchemaCommand implements Callable<Integer> {
    private static final String RESOURCE = "/io/secretagent/bootstrap/mapping/secrets.schema.json";

    @Override
    public Integer call() throws IOException {
        try (InputStream schema = SchemaCommand.class.getResourceAsStream(RESOURCE)) {
            if (schema == null) {
                throw new IOException("the jar lacks " + RESOURCE);
            }
            schema.transferTo(Terminal.takeStdout());
            return 0;
        }
    }
}
