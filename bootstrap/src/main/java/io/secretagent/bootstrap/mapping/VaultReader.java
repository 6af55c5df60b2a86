package io.secretagent.bootstrap.mapping;

import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth.SecretId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a backend of {@code type: vault}. */
final class VaultReader {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private final Path folder;
    private final Map<String, String> environment;
    private final Expansion expansion;
    private final Problems problems;

    VaultReader(Path folder, Map<String, String> environment, Expansion expansion, Problems problems) {
        this.folder = folder;
        this.environment = environment;
        this.expansion = expansion;
        this.problems = problems;
    }

    @Nullable BackendSettings read(String name, Place place, ObjectReader object, @Nullable Duration refresh) {
        URI address = address(object, object.flag("insecure", false));
        String namespace = object.text("namespace");
        String version = object.choice("kv-version", List.of("1", "2"));
        Path ca = object.path("ca", folder);
        Path certificate = object.path("client-certificate", folder);
        Path key = object.path("client-key", folder);
        if (object.has("client-certificate") != object.has("client-key")) {
            String given = object.has("client-key") ? "client-key" : "client-certificate";
            String missing = object.has("client-key") ? "client-certificate" : "client-key";
            problems.error(object.keyNode(given), given + " without " + missing, "give both");
        }
        Node at = object.value("auth");
        VaultAuth auth = at == null ? new VaultAuth.Token(null) : auth(at, certificate != null);
        return address == null || auth == null
                ? null
                : new BackendSettings.Vault(
                        name,
                        place,
                        address,
                        namespace,
                        version == null ? null : Integer.valueOf(version),
                        ca,
                        certificate,
                        key,
                        auth,
                        refresh);
    }

    private @Nullable URI address(ObjectReader object, boolean insecure) {
        if (object.has("address")) {
            return Addresses.read(object, "address", insecure, problems);
        }
        String variable = environment.getOrDefault("VAULT_ADDR", "");
        if (variable.isEmpty()) {
            problems.error(object.node(), "address is missing", "write address: https://HOST, or set VAULT_ADDR");
            return null;
        }
        return Addresses.read(variable, object.node(), "address (from VAULT_ADDR)", insecure, problems);
    }

    private @Nullable VaultAuth auth(Node node, boolean hasCertificate) {
        Grammar.Method method = method(node);
        if (method == null) {
            return null;
        }
        ObjectReader object = new ObjectReader(node, "auth " + method.word, method.keys, expansion, problems);
        String mount = object.has("mount") ? object.text("mount") : method.mount;
        return auth(method, object, hasCertificate, mount == null ? method.mount : mount);
    }

    private Grammar.@Nullable Method method(Node auth) {
        if (!(auth instanceof MappingNode)) {
            Member.of(auth, "auth", problems);
            return null;
        }
        Node at = Member.find(auth, "method");
        if (at == null) {
            problems.error(
                    auth, "method is missing in auth", "write one of " + String.join(", ", Grammar.Method.words()));
            return null;
        }
        String word = Scalars.text(at, "method", problems);
        Grammar.Method method = word == null ? null : Grammar.Method.of(word);
        if (word != null && method == null) {
            problems.error(at, "unknown auth method", Suggestions.mend(word, Grammar.Method.words()));
        }
        return method;
    }

    private @Nullable VaultAuth auth(Grammar.Method method, ObjectReader object, boolean hasCertificate, String mount) {
        return switch (method) {
            case TOKEN -> new VaultAuth.Token(object.path("token-file", folder));
            case KUBERNETES -> {
                String role = role(object);
                Path jwt = object.path("jwt-file", folder);
                yield role == null ? null : new VaultAuth.Kubernetes(mount, role, jwt == null ? SERVICE_ACCOUNT : jwt);
            }
            case APPROLE -> {
                String roleId = object.requiredText("role-id", "write role-id: ID");
                SecretId secretId = secretId(object);
                yield roleId == null ? null : new VaultAuth.AppRole(mount, roleId, secretId);
            }
            case JWT -> {
                String role = role(object);
                if (!object.has("jwt-file")) {
                    problems.error(object.node(), "jwt-file is missing", "write jwt-file: FILE");
                }
                Path jwt = object.path("jwt-file", folder);
                yield role == null || jwt == null ? null : new VaultAuth.Jwt(mount, role, jwt);
            }
            case CERT -> {
                if (!hasCertificate) {
                    problems.error(
                            object.node(),
                            "auth cert without a certificate",
                            "give the backend client-certificate and client-key");
                }
                yield new VaultAuth.Certificate(mount, object.text("role"));
            }
            case AWS_IAM -> {
                String role = role(object);
                String serverId = object.text("server-id");
                String region = object.text("region");
                yield role == null ? null : new VaultAuth.AwsIam(mount, role, serverId, region);
            }
        };
    }

    private static @Nullable String role(ObjectReader object) {
        return object.requiredText("role", "write role: NAME");
    }

    private SecretId secretId(ObjectReader object) {
        Path file = object.path("secret-id-file", folder);
        if (object.has("secret-id") && object.has("secret-id-file")) {
            problems.error(object.keyNode("secret-id-file"), "secret-id and secret-id-file", "keep one");
        }
        if (file != null) {
            return new SecretId.InFile(file);
        }
        String raw = object.rawText("secret-id");
        if (raw != null && !Expansion.isVariable(raw)) {
            object.wrong(
                    "secret-id",
                    "is written out, and it is a secret",
                    "revoke it, and write secret-id: ${NAME} or secret-id-file: FILE");
            return new SecretId.None();
        }
        String text = raw == null ? null : object.text("secret-id");
        return text == null ? new SecretId.None() : new SecretId.Text(text);
    }
}
