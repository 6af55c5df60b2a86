package io.secretagent.bootstrap.mapping;

import io.secretagent.bootstrap.mapping.BackendsReader.Defined;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a mapping file. */
public final class MappingParser {
    private final Map<String, String> environment;

    /**
     * A parser for this process.
     *
     * @param environment what {@code ${NAME}} is expanded from
     */
    public MappingParser(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Parses, expands and checks.
     *
     * @param file relative to the working directory
     * @throws InvalidMappingException with every problem at its place, if there is an error among them
     */
    public Mapping parse(Path file) throws InvalidMappingException {
        Problems problems = new Problems(file.toString());
        String text = new YamlSource(problems).read(file);
        return parse(file, text, problems);
    }

    /**
     * Parses what is to become a mapping.
     *
     * @param file where it is going to be
     * @throws InvalidMappingException as for one that is there
     */
    public Mapping parse(Path file, String text) throws InvalidMappingException {
        return parse(file, text, new Problems(file.toString()));
    }

    /**
     * Expands the variables of a part of a secret name.
     *
     * @param what the text is called in a problem
     * @throws InvalidMappingException if a variable is not set
     */
    public String expand(String text, String what) throws InvalidMappingException {
        Problems problems = new Problems(what);
        Node node = YamlDocument.compose("'" + text.replace("'", "''") + "'", problems);
        String expanded = node == null ? null : new Expansion(environment, problems).expand(text, node, what);
        if (expanded == null) {
            throw new InvalidMappingException(problems.sorted());
        }
        return expanded;
    }

    private Mapping parse(Path file, @Nullable String text, Problems problems) throws InvalidMappingException {
        Node root = text == null ? null : YamlDocument.compose(text, problems);
        if (root == null || !new NodeCheck(problems).check(root)) {
            throw new InvalidMappingException(problems.sorted());
        }
        Mapping mapping = read(file, root, problems);
        if (problems.anyError()) {
            throw new InvalidMappingException(problems.sorted());
        }
        return mapping;
    }

    private Mapping read(Path file, Node root, Problems problems) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path folder = parent == null ? file : parent;
        ObjectReader top = new ObjectReader(root, "the mapping", Grammar.TOP, null, problems);
        Expansion expansion = new Expansion(environment, problems);
        Map<String, Defined> defined = Map.of();
        Node backends = top.value("backends");
        if (backends != null) {
            defined = new BackendsReader(folder, environment, expansion, problems).read(backends);
        }
        List<Entry> entries = List.of();
        Node secrets = top.value("secrets");
        if (secrets != null) {
            entries = new SecretsReader(defined, expansion, problems).read(secrets);
        } else if (root instanceof MappingNode) {
            problems.error(root, "secrets is missing", "map secret names to properties, grouped by backend");
        }
        Mapping.Options options =
                new OptionsReader(top, folder, new AuditReader(folder, expansion, problems), problems).read();
        problems.levels(options.guards());
        Mapping mapping = new Mapping(file, settings(defined), entries, options, List.of());
        if (!options.onChange().isEmpty() && entries.stream().allMatch(entry -> mapping.refresh(entry) == null)) {
            problems.warning(
                    top.keyNode("on-change"), "on-change is never run, for nothing is refreshed", "set refresh: 5m");
        }
        return new Mapping(file, mapping.backends(), entries, options, problems.sorted());
    }

    private static Map<String, BackendSettings> settings(Map<String, Defined> defined) {
        Map<String, BackendSettings> settings = new LinkedHashMap<>();
        defined.forEach((name, backend) -> {
            if (backend.settings() != null) {
                settings.put(name, backend.settings());
            }
        });
        return settings;
    }
}
