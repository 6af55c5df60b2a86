package io.secretagent.bootstrap.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one table of the keys that a mapping may hold; the JSON Schema is checked against it. */
final class Grammar {
    static final List<String> TOP = List.of(
            "backends", "secrets", "refresh", "startup", "timeout", "mask", "audit", "pools", "on-change", "guards");

    static final List<String> MASK = List.of("min-length", "replacement", "stdout");

    static final List<String> AUDIT = List.of("to", "reads", "leaks", "max-size", "keep", "syslog");

    static final List<String> ENTRY = List.of(
            "property",
            "env",
            "template",
            "version",
            "stage",
            "encoding",
            "trim",
            "allow-empty",
            "required",
            "default",
            "override",
            "inherit",
            "mask",
            "refresh",
            "on-revoked",
            "rotate",
            "priority",
            "purpose",
            "provider",
            "guards");

    /** What a backend can be. */
    enum Type {
        AZURE_KEY_VAULT(
                "azure-key-vault",
                "url",
                "client-id",
                "tenant-id",
                "authority",
                "challenge-resource-verification",
                "insecure"),
        AWS_SECRETS_MANAGER("aws-secrets-manager", "region", "endpoint", "profile", "insecure"),
        VAULT(
                "vault",
                "address",
                "namespace",
                "kv-version",
                "ca",
                "client-certificate",
                "client-key",
                "insecure",
                "auth"),
        DIRECTORY("directory", "path");

        final String word;

        @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
        final List<String> keys;

        Type(String word, String... own) {
            this.word = word;
            List<String> all = new ArrayList<>(List.of("type", "refresh"));
            all.addAll(List.of(own));
            this.keys = List.copyOf(all);
        }

        static @Nullable Type of(String word) {
            for (Type type : values()) {
                if (type.word.equals(word)) {
                    return type;
                }
            }
            return null;
        }

        static List<String> words() {
            List<String> words = new ArrayList<>();
            for (Type type : values()) {
                words.add(type.word);
            }
            return words;
        }
    }

    /** How a Vault token is come by. */
    enum Method {
        TOKEN("token", "", "token-file"),
        KUBERNETES("kubernetes", "kubernetes", "mount", "role", "jwt-file"),
        APPROLE("approle", "approle", "mount", "role-id", "secret-id", "secret-id-file"),
        JWT("jwt", "jwt", "mount", "role", "jwt-file"),
        CERT("cert", "cert", "mount", "role"),
        AWS_IAM("aws-iam", "aws", "mount", "role", "server-id", "region");

        final String word;
        /** Where Vault mounts the method unless told otherwise. */
        final String mount;

        @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
        final List<String> keys;

        Method(String word, String mount, String... own) {
            this.word = word;
            this.mount = mount;
            List<String> all = new ArrayList<>(List.of("method"));
            all.addAll(List.of(own));
            this.keys = List.copyOf(all);
        }

        static @Nullable Method of(String word) {
            for (Method method : values()) {
                if (method.word.equals(word)) {
                    return method;
                }
            }
            return null;
        }

        static List<String> words() {
            List<String> words = new ArrayList<>();
            for (Method method : values()) {
                words.add(method.word);
            }
            return words;
        }
    }

    private Grammar() {}
}
