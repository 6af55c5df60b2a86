package io.secretagent.bootstrap.command;

import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Backend;
import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.fetch.Backends;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.SecretName;
import io.secretagent.bootstrap.mapping.Shown;
import io.secretagent.bootstrap.mapping.Suggestions;
import io.secretagent.bootstrap.rotate.Rotation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code rotate} and {@code rollback} share: the secret that is meant, and what is said of its change. */
final class Change {
    private static final int INVALID_MAPPING = 78;
    private static final int NOT_FOUND = 66;

    private final Kind kind;
    private final String did;
    private final boolean json;
    private final boolean quiet;
    private final PrintStream out = Terminal.takeStdout();
    private volatile boolean settled;

    /** What is done with a secret. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        Done on(Rotation rotation, Entry entry) throws BackendException, Declined;
    }

    /**
     * What was done.
     *
     * @param version that was made, or null
     * @param old what has become of the value before, if that was asked for
     */
    record Done(@Nullable String version, Aftermath.@Nullable OldValue old) {}

    /** It was not begun, for a reason that is not the backend's. */
    static final class Declined extends Exception {
        private static final long serialVersionUID = 1L;
        private final int exit;

        Declined(int exit, String why) {
            super(why);
            this.exit = exit;
        }
    }

    /**
     * For one command.
     *
     * @param kind what it is in the audit
     * @param did what is said when it is done, such as {@code rotated}
     */
    Change(Kind kind, String did, boolean json, boolean quiet) {
        this.kind = kind;
        this.did = did;
        this.json = json;
        this.quiet = quiet;
    }

    /** Finds the secret, does the work, says what came of it, and returns the exit code. */
    int run(
            String command,
            Path file,
            String name,
            @Nullable String backendName,
            Map<String, String> environment,
            Work work) {
        Mapping mapping;
        try {
            mapping = new MappingParser(environment).parse(file);
        } catch (InvalidMappingException e) {
            Terminal.tell(e.problems());
            return INVALID_MAPPING;
        }
        List<Entry> entries = find(mapping, name, backendName);
        if (entries.isEmpty()) {
            return NOT_FOUND;
        }
        Entry entry = entries.get(0);
        SecretName wanted = wanted(entry.name(), name);
        BackendSettings settings =
                Objects.requireNonNull(mapping.backends().get(wanted.backend()), "the parser checked it");
        String secret = "secret " + name + " (backend " + wanted.backend() + ")";
        try (Recording recording = Recording.ofCommand(mapping.options().audit(), command);
                Backend backend = Backends.open(settings, environment)) {
            if (entry.reading().version() != null || entry.reading().stage() != null) {
                Terminal.tell(entry.place() + ": warning: " + secret
                        + " is pinned by version: or stage:, so a new value is not read until that is changed");
            }
            AuditEvent event = AuditEvent.of(kind).secret(name, wanted.backend(), null);
            Rotation begun = null;
            try {
                Rotation rotation =
                        Rotation.of(backend, wanted, mapping.options().timeout());
                begun = rotation;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> tellEnding(secret, rotation)));
                Done done = work.on(rotation, entry);
                String version = done.version();
                event.secret(name, wanted.backend(), version == null ? rotation.version() : version);
                if (done.old() == null) {
                    return tell(new Changed(name, wanted.backend(), rotation.version(), version, null));
                }
                recording.record(event, backend);
                event = Aftermath.event(name, wanted.backend(), rotation.version(), done.old());
                Aftermath aftermath = new Aftermath(mapping, entries, rotation.version(), done.old());
                int exit = tell(new Changed(name, wanted.backend(), rotation.version(), version, aftermath));
                Failure left = aftermath.failure();
                return left == null ? exit : tell(not(entry, secret, left, ""));
            } catch (Declined e) {
                event.outcome("declined");
                return tell(new NotChanged(e.exit, secret + ": " + e.getMessage()));
            } catch (BackendException e) {
                event.outcome(Recording.outcome(e.failure()));
                return tell(not(entry, secret, e.failure(), state(begun)));
            } finally {
                recording.record(event, backend);
            }
        }
    }

    /** What else is to be said of a failure: of a change that was under way its words say what is stored. */
    private static String state(@Nullable Rotation begun) {
        return begun == null || begun.state() == Rotation.State.NOTHING_STORED
                ? "; " + Rotation.State.NOTHING_STORED.words()
                : "";
    }

    private static NotChanged not(Entry entry, String secret, Failure failure, String state) {
        return new NotChanged(
                failure.kind().exitCode(),
                entry.place() + ": " + secret + ": " + failure.why() + state + "; " + failure.mend());
    }

    /** The entries of one secret, each a use of it; none if it is not clear which is meant, which is told. */
    private static List<Entry> find(Mapping mapping, String name, @Nullable String backendName) {
        List<Entry> found = mapping.entries().stream()
                .filter(entry -> isMeant(entry.name(), name)
                        && (backendName == null || entry.name().backend().equals(backendName)))
                .toList();
        if (backendName != null && !mapping.backends().containsKey(backendName)) {
            Terminal.tell("there is no backend " + Shown.name(backendName) + " in " + mapping.file() + "; "
                    + Suggestions.mend(backendName, mapping.backends().keySet()));
            return List.of();
        }
        List<String> backends =
                found.stream().map(entry -> entry.name().backend()).distinct().toList();
        if (found.isEmpty()) {
            List<String> known =
                    mapping.entries().stream().map(entry -> entry.name().text()).toList();
            Terminal.tell("there is no secret " + Shown.name(name) + " in " + mapping.file() + "; "
                    + Suggestions.mend(name, known));
            return List.of();
        }
        if (backends.size() > 1) {
            Terminal.tell("secret " + name + " is in the backends " + String.join(" and ", backends)
                    + "; name one with --backend");
            return List.of();
        }
        return found;
    }

    /** Of {@code path#*}, any key of it may be named. */
    private static boolean isMeant(SecretName name, String asked) {
        return name.text().equals(asked)
                || (name.selection() instanceof SecretName.Selection.AllFields
                        && asked.startsWith(name.text().substring(0, name.text().length() - 1))
                        && !asked.endsWith("#*"));
    }

    private static SecretName wanted(SecretName name, String asked) {
        if (!(name.selection() instanceof SecretName.Selection.AllFields)
                || name.text().equals(asked)) {
            return name;
        }
        String key = asked.substring(name.text().length() - 1);
        return new SecretName(name.backend(), name.path(), new SecretName.Selection.Field(key), asked);
    }

    /** What came of it: each outcome passes {@link #tell}, and no other place tells one. */
    private sealed interface Outcome {}

    private record Changed(
            String name,
            String backend,
            @Nullable String before,
            @Nullable String version,
            @Nullable Aftermath aftermath)
            implements Outcome {}

    private record NotChanged(int exit, String line) implements Outcome {}

    /** Tells it, and returns the exit code. */
    private int tell(Outcome outcome) {
        settled = true;
        if (outcome instanceof NotChanged not) {
            return Terminal.tell(not.exit(), not.line());
        }
        Changed changed = (Changed) outcome;
        Aftermath aftermath = changed.aftermath();
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("result", did);
            document.put("name", changed.name());
            document.put("backend", changed.backend());
            document.put("versionBefore", RowJson.orNull(changed.before()));
            document.put("version", RowJson.orNull(changed.version()));
            if (aftermath != null) {
                document.putAll(aftermath.json());
            }
            out.println(Json.text(document));
        } else if (!quiet) {
            out.println(did + " " + Columns.printable(changed.name()) + " in " + changed.backend()
                    + (changed.version() == null ? "" : ", version " + Columns.printable(changed.version()))
                    + (changed.before() == null || changed.version() == null
                            ? ""
                            : " after " + Columns.printable(changed.before())));
            if (aftermath != null) {
                aftermath.lines().forEach(line -> out.println(Columns.printable(line)));
            }
        }
        return 0;
    }

    /** A signal ends it. */
    private void tellEnding(String secret, Rotation rotation) {
        if (!settled) {
            Terminal.tell(secret + ": ended by a signal; " + rotation.state().words());
        }
    }
}
