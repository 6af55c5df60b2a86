package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.command.draft.Draft;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The store that {@code init} lists, as its options say. What they mean is for the mapping's parser to judge. */
final class InitBackend {
    private static final String VAULT_ADDRESS = "VAULT_ADDR";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    private CommandSpec spec;

    @Option(
            names = "--backend",
            paramLabel = "TYPE",
            description = "azure, aws, vault or directory",
            completionCandidates = Types.class)
    private String backend = "";

    @Option(names = "--url", paramLabel = "URL", description = "azure: https://NAME.vault.azure.net")
    private @Nullable String url;

    @Option(names = "--client-id", paramLabel = "ID", description = "azure: of the managed identity")
    private @Nullable String clientId;

    @Option(names = "--tenant-id", paramLabel = "ID", description = "azure: of the vault's tenant")
    private @Nullable String tenantId;

    @Option(names = "--region", paramLabel = "REGION", description = "aws: default from the environment")
    private @Nullable String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "aws: of ~/.aws/config")
    private @Nullable String profile;

    @Option(names = "--endpoint", paramLabel = "URL", description = "aws: a VPC endpoint, or a local server")
    private @Nullable String endpoint;

    @Option(names = "--address", paramLabel = "URL", description = "vault: default $VAULT_ADDR")
    private @Nullable String address;

    @Option(names = "--namespace", paramLabel = "NAME", description = "vault: of the engines")
    private @Nullable String namespace;

    @Option(names = "--kv-version", paramLabel = "N", description = "vault: 1 or 2; asked of the server by default")
    private @Nullable String kvVersion;

    @Option(names = "--ca", paramLabel = "FILE", description = "vault: the authority's certificate")
    private @Nullable Path ca;

    @Option(
            names = "--auth",
            paramLabel = "SETTINGS",
            description = "vault: the login as the mapping has it, such as 'method: kubernetes, role: shop'")
    private @Nullable String auth;

    @Option(names = "--path", paramLabel = "FOLDER", description = "directory: the folder of the secrets")
    private @Nullable Path path;

    @Option(names = "--insecure", description = "take an http address of another host, which others can listen to")
    private boolean insecure;

    /**
     * The store, as a mapping has it.
     *
     * @param file the mapping
     */
    Draft.Backend named(Path file, Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("type", type());
        set(settings, "url", url);
        set(settings, "client-id", clientId);
        set(settings, "tenant-id", tenantId);
        set(settings, "region", region);
        set(settings, "profile", profile);
        set(settings, "endpoint", endpoint);
        set(settings, "address", address);
        set(settings, "namespace", namespace);
        set(settings, "kv-version", kvVersion);
        set(settings, "ca", relative(ca, file));
        set(settings, "path", relative(path, file));
        if (type().equals("vault")) {
            set(settings, "address", environment.get(VAULT_ADDRESS));
        }
        set(settings, "insecure", insecure ? "true" : null);
        require(settings);
        return new Draft.Backend(name(), settings, auth == null ? null : braced(auth), remarks());
    }

    private String type() {
        return switch (backend) {
            case "azure", "azure-key-vault" -> "azure-key-vault";
            case "aws", "aws-secrets-manager" -> "aws-secrets-manager";
            case "vault", "directory" -> backend;
            default ->
                throw new ParameterException(
                        spec.commandLine(),
                        backend.isEmpty()
                                ? "init needs --backend azure, aws, vault or directory"
                                : "--backend is azure, aws, vault or directory");
        };
    }

    private String name() {
        return switch (type()) {
            case "azure-key-vault" -> "azure";
            case "aws-secrets-manager" -> "aws";
            case "vault" -> "vault";
            default -> "mounted";
        };
    }

    private void require(Map<String, String> settings) {
        switch (type()) {
            case "azure-key-vault" -> require(settings, "url", "--url https://NAME.vault.azure.net");
            case "vault" -> require(settings, "address", "--address https://HOST:8200, or " + VAULT_ADDRESS);
            case "directory" -> require(settings, "path", "--path FOLDER");
            default -> {
                // A region can come from the environment or the profile.
            }
        }
    }

    private void require(Map<String, String> settings, String key, String option) {
        if (!settings.containsKey(key)) {
            throw new ParameterException(spec.commandLine(), "--backend " + backend + " needs " + option);
        }
    }

    /** One line of YAML; what is wrong in it the mapping's parser tells. */
    private String braced(String given) {
        String line = given.strip();
        if (line.lines().count() > 1) {
            throw new ParameterException(spec.commandLine(), "--auth is one line, such as 'method: cert'");
        }
        return line.startsWith("{") ? line : "{" + line + "}";
    }

    private List<String> remarks() {
        return type().equals("vault") && auth == null
                ? List.of(
                        "In a pod: auth: {method: kubernetes, role: NAME}. Without auth, VAULT_TOKEN or ~/.vault-token.")
                : List.of();
    }

    /** A mapping's paths are relative to its folder, those of options to the working directory. */
    private static @Nullable String relative(@Nullable Path given, Path file) {
        boolean same = Path.of("")
                .toAbsolutePath()
                .equals(file.toAbsolutePath().normalize().getParent());
        return given == null
                ? null
                : same ? given.toString() : given.toAbsolutePath().normalize().toString();
    }

    private static void set(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            settings.putIfAbsent(key, value);
        }
    }

    /** For a shell to complete. */
    static final class Types implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("azure", "aws", "vault", "directory").iterator();
        }
    }
}
