package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Listing;
import io.secretagent.bootstrap.fetch.Inventory;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the backends of a mapping have and the mapping does not name.
 *
 * @param failures of backends that could not be listed, by their names
 * @param cut the backends that have more than was listed
 */
record Unmapped(List<AgeRow> rows, Map<String, Failure> failures, List<String> cut) {

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
        found.names().forEach((name, known) -> {
            if (mapping.entries().stream().noneMatch(entry -> names(entry, backend, name))) {
                rows.add(AgeRow.unmapped(backend, name, known, ages));
            }
        });
    }

    /** Whether it is this entry's: by its name, by its ARN, or in Vault with slashes around it. */
    private static boolean names(Entry entry, BackendSettings backend, String name) {
        String path = entry.name().path();
        if (!entry.name().backend().equals(backend.name())) {
            return false;
        }
        return path.equals(name)
                || path.replaceAll("^/+|/+$", "").equals(name)
                || (path.startsWith("arn:") && path.matches(".*:secret:" + Pattern.quote(name) + "(-[A-Za-z0-9]{6})?"));
    }
}
