package io.secretagent.bootstrap.mapping;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code backends:}. */
final class BackendsReader {
    private final Path folder;
    private final Map<String, String> environment;
    private final Expansion expansion;
    private final Problems problems;

    /**
     * A backend that the mapping names.
     *
     * @param type null if it is wrong
     * @param settings null if anything is wrong
     */
    record Defined(
            Node at, Grammar.@Nullable Type type, @Nullable BackendSettings settings) {}

    BackendsReader(Path folder, Map<String, String> environment, Expansion expansion, Problems problems) {
        this.folder = folder;
        this.environment = environment;
        this.expansion = expansion;
        this.problems = problems;
    }

    Map<String, Defined> read(Node backends) {
        Map<String, Defined> defined = new LinkedHashMap<>();
        for (Member member : Member.of(backends, "backends", problems)) {
            if (!TargetNames.isKey(member.key())) {
                problems.error(
                        member.keyNode(),
                        "a backend's name with other characters than letters, digits, '.', '_' and '-'",
                        "rename it");
            }
            defined.put(member.key(), read(member));
        }
        return defined;
    }

    private Defined read(Member member) {
        Grammar.Type type = type(member);
        if (type == null) {
            return new Defined(member.keyNode(), null, null);
        }
        ObjectReader object = new ObjectReader(member.value(), type.word, type.keys, expansion, problems);
        Duration refresh = object.duration("refresh");
        String name = member.key();
        Place place = problems.place(member.keyNode());
        BackendSettings settings = switch (type) {
            case AZURE_KEY_VAULT -> azure(name, place, object, refresh);
            case AWS_SECRETS_MANAGER -> aws(name, place, object, refresh);
            case VAULT -> new VaultReader(folder, environment, expansion, problems).read(name, place, object, refresh);
            case DIRECTORY -> directory(name, place, object, refresh);
        };
        return new Defined(member.keyNode(), type, settings);
    }

    /** Read first, because it decides which other keys are known; no variable can choose it. */
    private Grammar.@Nullable Type type(Member member) {
        if (!(member.value() instanceof MappingNode)) {
            Member.of(member.value(), "backend " + Shown.name(member.key()), problems);
            return null;
        }
        Node at = Member.find(member.value(), "type");
        if (at == null) {
            problems.error(
                    member.keyNode(),
                    "type is missing in backend " + Shown.name(member.key()),
                    "write one of " + String.join(", ", Grammar.Type.words()));
            return null;
        }
        String word = Scalars.text(at, "type", problems);
        Grammar.Type type = word == null ? null : Grammar.Type.of(word);
        if (word != null && type == null) {
            problems.error(at, "unknown backend type", Suggestions.mend(word, Grammar.Type.words()));
        }
        return type;
    }

    private @Nullable BackendSettings azure(String name, Place place, ObjectReader object, @Nullable Duration refresh) {
        boolean insecure = object.flag("insecure", false);
        if (!object.has("url")) {
            problems.error(object.node(), "url is missing", "write url: https://NAME.vault.azure.net");
        }
        URI url = Addresses.read(object, "url", insecure, problems);
        String clientId = object.text("client-id");
        String tenantId = object.text("tenant-id");
        URI authority = Addresses.read(object, "authority", insecure, problems);
        boolean verification = object.flag("challenge-resource-verification", true);
        return url == null
                ? null
                : new BackendSettings.AzureKeyVault(
                        name, place, url, clientId, tenantId, authority, verification, refresh);
    }

    private BackendSettings aws(String name, Place place, ObjectReader object, @Nullable Duration refresh) {
        boolean insecure = object.flag("insecure", false);
        String region = object.text("region");
        if (region != null && !isRegion(region)) {
            object.wrong("region", "is not the name of a region", "write one such as us-east-1");
        }
        URI endpoint = Addresses.read(object, "endpoint", insecure, problems);
        return new BackendSettings.AwsSecretsManager(name, place, region, endpoint, object.text("profile"), refresh);
    }

    private static boolean isRegion(String region) {
        for (int i = 0; i < region.length(); i++) {
            char c = region.charAt(i);
            if (c != '-' && !Ascii.isLower(c) && !Ascii.isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable BackendSettings directory(
            String name, Place place, ObjectReader object, @Nullable Duration refresh) {
        if (!object.has("path")) {
            problems.error(object.node(), "path is missing", "write path: FOLDER");
        }
        Path path = object.path("path", folder);
        return path == null ? null : new BackendSettings.Directory(name, place, path, refresh);
    }
}
