package io.secretagent.bootstrap.command;

import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.bootstrap.backend.Content;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secret-agent rollback}: the value before becomes the current one again. */
@Command(
        name = "rollback",
        description = {
            "Store again the value that a secret had before its current one.",
            "It becomes a new version, so that a second rollback undoes the first. Of path#KEY only that key changes."
        },
        footer = {"", "Example: secret-agent rollback shop/db#PASSWORD"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class RollbackCommand implements Callable<Integer> {
    private final Map<String, String> environment = System.getenv();

    @Mixin
    private final MappingOption mapping = new MappingOption();

    @Parameters(paramLabel = "NAME", description = "the secret, as the mapping names it")
    private String name = "";

    @Option(names = "--backend", paramLabel = "BACKEND", description = "which one, if two have this name")
    private @Nullable String backend;

    @Option(names = "--dry-run", description = "do everything but store it")
    private boolean dryRun;

    @Option(names = "--json", description = "write JSON instead of a line")
    private boolean json;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    @Override
    public Integer call() {
        Change change = new Change(
                dryRun ? Kind.FETCH : Kind.ROLLBACK, dryRun ? "could roll back" : "rolled back", json, quiet);
        return change.run("rollback", mapping.path(environment), name, backend, environment, (rotation, entry) -> {
            Content before = rotation.before();
            return new Change.Done(dryRun ? null : rotation.store(before), null);
        });
    }
}
