package io.secretagent.bootstrap.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secret-agent schema}: the JSON Schema of the mapping, for an editor to complete and check it by, or the audit's. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of the mapping, or of a line of the audit.",
        footer = {"", "Example: secret-agent schema > secrets.schema.json"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class SchemaCommand implements Callable<Integer> {
    private static final String MAPPING = "/io/secretagent/bootstrap/mapping/secrets.schema.json";
    private static final String AUDIT = "/io/secretagent/bootstrap/audit/audit.schema.json";

    @Option(names = "--audit", description = "the one of a line of the audit")
    private boolean audit;

    @Override
    public Integer call() throws IOException {
        String resource = audit ? AUDIT : MAPPING;
        try (InputStream schema = SchemaCommand.class.getResourceAsStream(resource)) {
            if (schema == null) {
                throw new IOException("the jar lacks " + resource);
            }
            schema.transferTo(Terminal.takeStdout());
            return 0;
        }
    }
}
