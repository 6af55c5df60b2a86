package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The secrets that the server has made for this process and will end, such as a database's users. */
final class Leases {
    private final Map<Location, Lease> current = new ConcurrentHashMap<>();
    /** They last for as long as they did, since there are connections that were opened with them. */
    private final Set<Lease> replaced = ConcurrentHashMap.newKeySet();

    /**
     * One of them.
     *
     * @param id as the server names it
     * @param holder the token that it was given to, and with which it ends
     */
    record Lease(String id, String holder, Loan loan) {
        /** What tells it from the one before: the last part of the id. */
        String version() {
            return id.substring(id.lastIndexOf('/') + 1);
        }

        /** Never the token. */
        @Override
        public String toString() {
            return id;
        }
    }

    /** Takes what was read just now, in the place of what was lent before. */
    void take(Location location, Lease lease) {
        replace(current.put(location, lease));
    }

    /** The lease of a location, unless there is none that goes on. */
    @Nullable Lease of(Location location) {
        Lease lease = current.get(location);
        return lease == null || lease.loan().hasEnded() ? null : lease;
    }

    /** A lease was renewed. */
    void renew(Location location, Lease lease, Loan loan) {
        current.replace(location, lease, new Lease(lease.id(), lease.holder(), loan));
    }

    /** Those that are to be renewed now. */
    Map<Location, Lease> due() {
        Map<Location, Lease> due = new ConcurrentHashMap<>(current);
        due.values().removeIf(lease -> !lease.loan().isDue());
        return due;
    }

    /** A lease will not be renewed: it is to be read anew. */
    void drop(Location location, Lease lease) {
        if (current.remove(location, lease)) {
            replace(lease);
        }
    }

    /** Those that end with this token, which are to be read anew. */
    Set<Location> dropHeldBy(String token) {
        Set<Location> dropped = new HashSet<>();
        current.forEach((location, lease) -> {
            if (lease.holder().equals(token)) {
                drop(location, lease);
                dropped.add(location);
            }
        });
        return dropped;
    }

    boolean anyHeldBy(String token) {
        return all().stream().anyMatch(lease -> lease.holder().equals(token));
    }

    /** Those that have not ended by themselves. */
    List<Lease> all() {
        replaced.removeIf(lease -> lease.loan().hasEnded());
        List<Lease> all = new ArrayList<>(replaced);
        all.addAll(current.values());
        return all;
    }

    /** When the first of them is to be renewed, or null if there is none. */
    @Nullable Duration next() {
        return current.values().stream()
                .map(lease -> lease.loan().untilDue())
                .min(Duration::compareTo)
                .orElse(null);
    }

    private void replace(@Nullable Lease lease) {
        if (lease != null && !lease.loan().hasEnded()) {
            replaced.add(lease);
        }
    }
}
