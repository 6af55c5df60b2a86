package io.secretagent.bootstrap.mapping;

import io.secretagent.bootstrap.mapping.SecretName.Selection;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code path#key}. */
final class SecretNames {
    private final Expansion expansion;
    private final Problems problems;

    SecretNames(Expansion expansion, Problems problems) {
        this.expansion = expansion;
        this.problems = problems;
    }

    /** Null after a problem was reported. */
    @Nullable SecretName read(String text, Node at, String backend, Grammar.@Nullable Type type) {
        String name = expansion.expand(text, at, "the secret name");
        if (name == null) {
            return null;
        }
        // A pointer may itself hold a #, so the first #/ decides; everywhere else the last # does.
        int pointer = name.indexOf("#/");
        int hash = pointer >= 0 ? pointer : name.lastIndexOf('#');
        String path = hash < 0 ? name : name.substring(0, hash);
        String key = hash < 0 ? null : name.substring(hash + 1);
        if (path.isBlank() || !path.strip().equals(path)) {
            problems.error(at, "a secret name without a path, or with spaces around it", "write path or path#key");
            return null;
        }
        if (type == Grammar.Type.AZURE_KEY_VAULT && !isAzureName(path)) {
            problems.error(
                    at,
                    "a secret name that Azure Key Vault cannot hold",
                    "use up to 127 letters, digits and '-' (OPENAI-API-KEY)");
            return null;
        }
        Selection selection = selection(key, at);
        return selection == null ? null : new SecretName(backend, path, selection, text);
    }

    private @Nullable Selection selection(@Nullable String key, Node at) {
        if (key == null) {
            return new Selection.Whole();
        }
        if (key.isEmpty()) {
            problems.error(at, "nothing after the # of a secret name", "write path#key, path#/pointer or path#*");
            return null;
        }
        if (key.equals("*")) {
            return new Selection.AllFields();
        }
        if (!key.startsWith("/")) {
            return new Selection.Field(key);
        }
        if (!isPointer(key)) {
            problems.error(at, "a JSON pointer with a ~ that is not ~0 or ~1", "write ~0 for ~ and ~1 for /");
            return null;
        }
        return new Selection.Pointer(key);
    }

    private static boolean isPointer(String pointer) {
        for (int at = pointer.indexOf('~'); at >= 0; at = pointer.indexOf('~', at + 1)) {
            char next = at + 1 < pointer.length() ? pointer.charAt(at + 1) : ' ';
            if (next != '0' && next != '1') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAzureName(String path) {
        return path.length() <= 127 && TargetNames.isKey(path) && path.indexOf('_') < 0 && path.indexOf('.') < 0;
    }
}
