package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.testing.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * JSON Schemas for kubeconform, of what Kubernetes and the projects publish: the OpenAPI document and the custom
 * resource definitions. As kubectl has it, a field that is not named is a mistake.
 */
final class KubernetesSchemas {
    private static final String KUBERNETES = "k8s.io/kubernetes@v1.37.2";

    private static final Map<String, String> DEFINITIONS = Map.of(
            // The newest that the module proxy has; its class is the one of today.
            "sigs.k8s.io/secrets-store-csi-driver@v1.4.0",
                    "config/crd/bases/secrets-store.csi.x-k8s.io_secretproviderclasses.yaml",
            "github.com/external-secrets/external-secrets@v1.3.2", "config/crds/bases",
            "github.com/kyverno/kyverno@v1.19.1",
                    "config/crds/policies.kyverno.io/policies.kyverno.io_mutatingpolicies.yaml");

    /** What kubeconform takes as the place of the schemas below a folder. */
    static final String NAMES = "/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json";

    static void write(Path folder) throws IOException, InterruptedException {
        Path document = Provision.goModule(KUBERNETES).resolve("api/openapi-spec/swagger.json");
        Map<String, Object> kubernetes = Objects.requireNonNull(Json.object(Files.readAllBytes(document)));
        Map<?, ?> definitions = (Map<?, ?>) strict(Objects.requireNonNull(kubernetes.get("definitions")));
        Path all = folder.resolve("all.json");
        Files.writeString(all, Json.text(Map.of("definitions", definitions)), UTF_8);
        for (Map.Entry<?, ?> definition : definitions.entrySet()) {
            if (((Map<?, ?>) definition.getValue()).get("x-kubernetes-group-version-kind") instanceof List<?> kinds) {
                Map<String, Object> reference = Map.of("$ref", all.toUri() + "#/definitions/" + definition.getKey());
                for (Object kind : kinds) {
                    Map<?, ?> names = (Map<?, ?>) kind;
                    write(folder, names.get("group"), names.get("kind"), names.get("version"), reference);
                }
            }
        }
        for (Map.Entry<String, String> source : DEFINITIONS.entrySet()) {
            try (var files = Files.walk(Provision.goModule(source.getKey()).resolve(source.getValue()))) {
                for (Path file :
                        files.filter(file -> file.toString().contains("_")).toList()) {
                    writeDefinition(folder, file);
                }
            }
        }
    }

    private static void writeDefinition(Path folder, Path file) throws IOException {
        Map<?, ?> spec = (Map<?, ?>) Objects.requireNonNull(
                yaml(Files.readString(file, UTF_8)).get(0).get("spec"));
        Map<?, ?> names = (Map<?, ?>) Objects.requireNonNull(spec.get("names"));
        for (Object version : (List<?>) Objects.requireNonNull(spec.get("versions"))) {
            Map<?, ?> served = (Map<?, ?>) version;
            if (Boolean.TRUE.equals(served.get("served"))) {
                Map<?, ?> schema = (Map<?, ?>) Objects.requireNonNull(served.get("schema"));
                write(
                        folder,
                        spec.get("group"),
                        names.get("kind"),
                        served.get("name"),
                        strict(Objects.requireNonNull(schema.get("openAPIV3Schema"))));
            }
        }
    }

    private static void write(
            Path folder, @Nullable Object group, @Nullable Object kind, @Nullable Object version, Object schema)
            throws IOException {
        // kubeconform takes the version of the core group, which has no name, for its name.
        Path file = folder.resolve("".equals(group) ? "v1" : String.valueOf(group))
                .resolve(String.valueOf(kind).toLowerCase(Locale.ROOT) + "_" + version + ".json");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, Json.text(schema), UTF_8);
    }

    /** As JSON Schema: references as they are, numbers or texts where Kubernetes takes both, and no unknown fields. */
    private static Object strict(Object value) {
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(strict(element)));
            return copy;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value instanceof Number number ? new Json.Numeral(number.toString()) : value;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, part) -> copy.put((String) key, strict(part)));
        if ("int-or-string".equals(map.get("format")) || Boolean.TRUE.equals(map.get("x-kubernetes-int-or-string"))) {
            copy.keySet().removeAll(List.of("format", "anyOf"));
            copy.put("type", List.of("string", "integer"));
        }
        if (map.get("properties") instanceof Map<?, ?>
                && map.get("type") instanceof String
                && !map.containsKey("additionalProperties")
                && !Boolean.TRUE.equals(map.get("x-kubernetes-preserve-unknown-fields"))) {
            copy.put("additionalProperties", false);
        }
        return copy;
    }

    /** The documents of a file. */
    @SuppressWarnings("unchecked") // Manifests are objects.
    static List<Map<String, Object>> yaml(String text) {
        List<Map<String, Object>> documents = new ArrayList<>();
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(64 << 20);
        new Yaml(new SafeConstructor(options))
                .loadAll(text)
                .forEach(document -> documents.add((Map<String, Object>) document));
        return documents;
    }

    private KubernetesSchemas() {}
}
