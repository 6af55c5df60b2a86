package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Deadline;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import io.secretagent.bootstrap.mapping.BackendSettings;
import io.secretagent.bootstrap.mapping.Place;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One fetch in a process of its own, since Azure's credentials come from the environment. Prints a line a location, and
 * how long it took; ends by returning from main, as only daemon threads may be left.
 */
final class FetchFromAzure {

    /** {@code URL VERIFY AUTHORITY CLIENT TENANT MILLISECONDS NAME[@VERSION]...}, with {@code -} for none. */
    public static void main(String[] args) throws GeneralSecurityException {
        Set<Location> wanted = new LinkedHashSet<>();
        for (int i = 6; i < args.length; i++) {
            String[] name = args[i].split("@", 2);
            wanted.add(new Location(name[0], name.length > 1 ? name[1] : null, null));
        }
        String authority = orNull(args[2]);
        BackendSettings.AzureKeyVault settings = new BackendSettings.AzureKeyVault(
                "azure",
                new Place("secrets.yaml", 1, 1),
                URI.create(args[0]),
                orNull(args[3]),
                orNull(args[4]),
                authority == null ? null : URI.create(authority),
                Boolean.parseBoolean(args[1]),
                null);
        long start = System.nanoTime();
        Map<Location, Outcome> outcomes;
        try (AzureKeyVaultBackend backend = AzureKeyVaultBackend.open(settings)) {
            outcomes = backend.fetch(wanted, Deadline.after(Duration.ofMillis(Long.parseLong(args[5]))));
        }
        long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
        for (Map.Entry<Location, Outcome> outcome : outcomes.entrySet()) {
            System.out.println(outcome.getKey() + ": " + line(outcome.getValue()));
        }
        System.out.println("took " + took);
    }

    static String line(Outcome outcome) throws GeneralSecurityException {
        if (outcome instanceof Outcome.Found found && found.content() instanceof Content.Bytes bytes) {
            return found(new String(bytes.value(), UTF_8), found.version()) + " " + found.changed();
        }
        return outcome instanceof Outcome.Failed failed
                ? failed.failure().kind() + " " + failed.failure().why() + "; "
                        + failed.failure().mend()
                : outcome.toString();
    }

    static String found(String value, @Nullable String version) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
        return "found " + HexFormat.of().formatHex(digest) + " " + version;
    }

    private static @Nullable String orNull(String arg) {
        return arg.equals("-") ? null : arg;
    }

    private FetchFromAzure() {}
}
