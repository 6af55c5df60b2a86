package io.secretagent.bootstrap.mapping;

import io.secretagent.bootstrap.mapping.BackendsReader.Defined;
import io.secretagent.bootstrap.mapping.Entry.Injection;
import io.secretagent.bootstrap.mapping.Entry.Policy;
import io.secretagent.bootstrap.mapping.Entry.Reading;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads what becomes of one secret: a property's name, or a map. */
final class EntryReader {
    private final Expansion expansion;
    private final Targets targets;
    private final Problems problems;

    EntryReader(Expansion expansion, Problems problems) {
        this.expansion = expansion;
        this.targets = new Targets(problems);
        this.problems = problems;
    }

    /** Null after a problem was reported; a null name was, and the rest is still checked. */
    @Nullable Entry read(Node at, @Nullable SecretName name, Node value, @Nullable Defined backend) {
        Grammar.Type type = backend == null ? null : backend.type();
        if (value instanceof MappingNode) {
            return read(at, name, new ObjectReader(value, "secret", Grammar.ENTRY, null, problems), backend, type);
        }
        if (!(value instanceof ScalarNode)) {
            problems.error(value, "a target that is not a property's name or a map", "write property: NAME");
            return null;
        }
        String property = Scalars.text(value, "the target", problems);
        if (property == null || !takeProperty(property, name, value) || name == null) {
            return null;
        }
        return new Entry(
                problems.place(at),
                name,
                new Reading(null, null, false, type == Grammar.Type.DIRECTORY, false),
                new Injection(property, null, null, false, false),
                true,
                null,
                null,
                null,
                null,
                new Policy(null, null, null, null));
    }

    private @Nullable Entry read(
            Node at,
            @Nullable SecretName name,
            ObjectReader object,
            @Nullable Defined backend,
            Grammar.@Nullable Type type) {
        Reading reading = reading(object, backend, type);
        Injection injection = injection(object, name);
        String defaultValue = defaultValue(object, name);
        boolean required = object.flag("required", true);
        Boolean mask = object.flag("mask");
        var refresh = object.duration("refresh");
        String onRevoked = object.choice("on-revoked", List.of("keep", "clear", "exit"));
        Policy policy = new Policy(
                object.duration("rotate"),
                object.choice("priority", List.of("P0", "P1", "P2", "P3")),
                object.text("purpose"),
                object.text("provider"));
        GuardLevels guards = GuardsReader.read(object.value("guards"), true, problems);
        if (name == null) {
            return null;
        }
        return new Entry(
                problems.place(at),
                name,
                reading,
                injection,
                required,
                defaultValue,
                mask,
                refresh,
                onRevoked == null ? null : Entry.OnRevoked.valueOf(onRevoked.toUpperCase(Locale.ROOT)),
                policy,
                guards);
    }

    private Reading reading(ObjectReader object, @Nullable Defined backend, Grammar.@Nullable Type type) {
        String version = expanded(object, "version");
        String stage = expanded(object, "stage");
        if (version != null && type == Grammar.Type.DIRECTORY) {
            object.wrong("version", "is not for a directory, which keeps no versions", "remove it");
        }
        if (version != null && type == Grammar.Type.VAULT) {
            checkVaultVersion(version, object, backend);
        }
        if (stage != null && type != null && type != Grammar.Type.AWS_SECRETS_MANAGER) {
            object.wrong("stage", "is for aws-secrets-manager only", "remove it");
        }
        if (object.has("trim") && type != null && type != Grammar.Type.DIRECTORY) {
            object.wrong("trim", "is for directory only; other values are taken as they are", "remove it");
        }
        boolean base64 = object.choice("encoding", List.of("base64")) != null;
        boolean trim = object.flag("trim", true) && type == Grammar.Type.DIRECTORY;
        return new Reading(version, stage, base64, trim, object.flag("allow-empty", false));
    }

    /** Which version is part of where a secret lives, so it may differ between environments as its name may. */
    private @Nullable String expanded(ObjectReader object, String key) {
        String raw = object.rawText(key);
        Node at = object.value(key);
        return raw == null || at == null ? null : expansion.expand(raw, at, key);
    }

    private static void checkVaultVersion(String version, ObjectReader object, @Nullable Defined backend) {
        boolean kv1 = backend != null
                && backend.settings() instanceof BackendSettings.Vault vault
                && Integer.valueOf(1).equals(vault.kvVersion());
        if (kv1) {
            object.wrong("version", "is not for kv-version 1, which keeps no versions", "remove it");
        } else if (Scalars.number(version) < 1) {
            object.wrong("version", "is not a version of Vault's", "write a number from 1");
        }
    }

    private Injection injection(ObjectReader object, @Nullable SecretName name) {
        String property = object.text("property");
        String env = object.text("env");
        if (!object.has("property") && !object.has("env")) {
            problems.error(object.node(), "neither property nor env", "write property: NAME, env: NAME or both");
        }
        Node propertyAt = object.value("property");
        if (property != null && propertyAt != null) {
            takeProperty(property, name, propertyAt);
        }
        Node envAt = object.value("env");
        if (env != null && envAt != null) {
            boolean fits = TargetNames.checkVariable(env, isStar(name), envAt, problems);
            if (fits && name != null) {
                targets.take("env", env, name, envAt);
            }
        }
        if (object.has("inherit") && !object.has("env")) {
            problems.error(object.keyNode("inherit"), "inherit without env", "remove it; it is for env only");
        }
        boolean override = object.flag("override", false);
        return new Injection(property, env, template(object, name), override, object.flag("inherit", false));
    }

    private boolean takeProperty(String property, @Nullable SecretName name, Node at) {
        boolean fits = TargetNames.checkProperty(property, isStar(name), at, problems);
        if (fits && name != null) {
            targets.take("property", property, name, at);
        }
        return fits;
    }

    private @Nullable Template template(ObjectReader object, @Nullable SecretName name) {
        String text = object.text("template");
        Node at = object.value("template");
        if (text == null || at == null) {
            return null;
        }
        if (name != null && !(name.selection() instanceof SecretName.Selection.Whole)) {
            object.wrong(
                    "template",
                    "composes the fields of a whole JSON secret",
                    "remove # and what follows it in the name");
        }
        return new TemplateParser(text, at, problems).parse();
    }

    private @Nullable String defaultValue(ObjectReader object, @Nullable SecretName name) {
        Node at = object.value("default");
        if (at == null) {
            return null;
        }
        if (at instanceof ScalarNode scalar && scalar.getValue().isEmpty() && !scalar.isPlain()) {
            return "";
        }
        String text = object.text("default");
        if (text == null || Expansion.refuse(text, at, "default", problems)) {
            return null;
        }
        if (isStar(name)) {
            object.wrong("default", "cannot go with #*", "name the key that has the default, path#key");
        }
        return text.replace("$${", "${");
    }

    private static boolean isStar(@Nullable SecretName name) {
        return name != null && name.selection() instanceof SecretName.Selection.AllFields;
    }
}
