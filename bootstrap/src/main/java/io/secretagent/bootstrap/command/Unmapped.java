package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.fetch.Inventory;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the backends of a mapping have and the mapping does not name.
 *
 * @param failures of backends that could not be listed, by their names
 * @param cut the backends that have more than was listed
 */
record Unmapped(List<AgeRow> rows, Map<String, Failure> failures, List<String> cut) {
    private static final Pattern ARN_SUFFIX = Pattern.compile("-[A-Za-z0-9]{6}$");

    /** Lists them. */
    static Unmapped of(Mapping mapping, String prefix, Map<String, String> environment, AgeRow.Ages ages) {
        Unmapped unmapped = new Unmapped(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        Inventory.of(
                        mapping.backends().values(),
                        prefix,
                        environment,
                        Deadline.after(mapping.options().timeout()))
                .forEach((name, listing) ->
                        unmapped.add(Objects.requireNonNull(mapping.backends().get(name)), listing, mapping, ages));
        return unmapped;
    }

    private void add(BackendSettings backend, Listing listing, Mapping mapping, AgeRow.Ages ages) {
        if (listing instanceof Listing.Failed failed) {
            failures.put(backend.name(), failed.failure());
            return;
        }
        Listing.Found found = (Listing.Found) listing;
        if (!found.complete()) {
            cut.add(backend.name());
        }
        Set<String> mapped = new HashSet<>();
        mapping.entries().stream()
                .filter(entry -> entry.name().backend().equals(backend.name()))
                .forEach(entry -> mapped.addAll(names(entry.name().path())));
        found.names().forEach((name, known) -> {
            if (!mapped.contains(name)) {
                rows.add(AgeRow.unmapped(backend, name, known, ages));
            }
        });
    }

    /** What a store may call a path of the mapping: without the slashes around it, or without what makes it an ARN. */
    private static Set<String> names(String path) {
        String name = path.replaceFirst("^arn:.*:secret:", "").replaceAll("^/+|/+$", "");
        return path.startsWith("arn:")
                ? new HashSet<>(List.of(name, ARN_SUFFIX.matcher(name).replaceFirst("")))
                : new HashSet<>(List.of(name, path));
    }
}
