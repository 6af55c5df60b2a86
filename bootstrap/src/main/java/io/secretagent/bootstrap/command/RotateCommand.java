package io.secretagent.bootstrap.command;

import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.rotate.Rotation;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secret-agent rotate}: a new value for one secret. */
@Command(
        name = "rotate",
        description = {
            "Store a new value of one secret in its backend, read it back, and keep the value before.",
            "Of a key, path#KEY, the other keys stay, and its value before becomes KEY_OLD beside it.",
            "With --emergency the value before is not kept: its version is disabled or deleted."
        },
        footer = {
            "",
            "After a leak: secret-agent rotate --emergency shop/db#PASSWORD",
            "A value from elsewhere: pass show shop/db | secret-agent rotate --stdin shop/db#PASSWORD",
            "Example: secret-agent rotate --generate 32 --test './try-login' shop/db#PASSWORD"
        },
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class RotateCommand implements Callable<Integer> {
    private final Map<String, String> environment = System.getenv();

    @Mixin
    private final MappingOption mapping = new MappingOption();

    @Parameters(paramLabel = "NAME", description = "the secret, as the mapping names it")
    private String name = "";

    @ArgGroup
    private @Nullable Source source;

    @Option(
            names = "--alphabet",
            paramLabel = "NAME",
            description = "of what --generate draws: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Alphabet alphabet = Alphabet.alnum;

    @Option(names = "--backend", paramLabel = "BACKEND", description = "which one, if two have this name")
    private @Nullable String backend;

    @Option(
            names = "--test",
            paramLabel = "COMMAND",
            description =
                    "a shell command that finds the candidate in $SECRET_AGENT_CANDIDATE and under the mapping's env:"
                            + " name; if it fails, nothing is stored")
    private @Nullable String test;

    @Option(
            names = "--emergency",
            description =
                    "the old value got out: take it out of use as well, and say what is to be revoked and restarted")
    private boolean emergency;

    @Option(names = "--dry-run", description = "do everything but store it")
    private boolean dryRun;

    @Option(names = "--json", description = "write JSON instead of a line")
    private boolean json;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    /** At most one of them; with neither, a terminal is asked. */
    static final class Source {
        @Option(names = "--generate", paramLabel = "LENGTH", description = "draw a value of so many characters")
        private @Nullable Integer generate;

        @Option(names = "--stdin", description = "read the value from standard input, less a last newline")
        private boolean stdin;
    }

    /** By the names that the option takes. */
    enum Alphabet {
        alnum("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
        hex("0123456789abcdef"),
        base64url("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        printable("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#%&()*+,-./:;<=>?@[]^_{|}~");

        private final String characters;

        Alphabet(String characters) {
            this.characters = characters;
        }
    }

    @Override
    public Integer call() {
        Change change = new Change(dryRun ? Kind.FETCH : Kind.ROTATE, dryRun ? "could rotate" : "rotated", json, quiet);
        return change.run("rotate", mapping.path(environment), name, backend, environment, this::rotate);
    }

    private Change.Done rotate(Rotation rotation, Entry entry) throws BackendException, Change.Declined {
        String candidate = candidate();
        Content content = rotation.with(candidate, !emergency);
        if (test != null) {
            Trial.run(test, candidate, entry);
        }
        if (dryRun) {
            return new Change.Done(null, null);
        }
        String version = rotation.store(content);
        return new Change.Done(version, emergency ? retire(rotation) : null);
    }

    private static Aftermath.OldValue retire(Rotation rotation) {
        try {
            return new Aftermath.Retired(rotation.retire());
        } catch (BackendException e) {
            return new Aftermath.Left(e.failure());
        }
    }

    private String candidate() throws Change.Declined {
        if (source != null && source.generate != null) {
            return Candidate.generated(source.generate, alphabet.characters);
        }
        return source != null && source.stdin ? Candidate.ofStdin() : Candidate.typed(name);
    }
}
