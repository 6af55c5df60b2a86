package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Upkeep;
import io.secretagent.bootstrap.backend.vault.Leases.Lease;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One round of renewing what the server has lent: the token, then what it is lent for. */
final class Renewal {
    private final Session session;
    private final Leases leases;
    private final Attempts attempts;

    Renewal(Session session, Attempts attempts) {
        this.session = session;
        this.leases = session.leases();
        this.attempts = attempts;
    }

    Upkeep run() {
        Set<Location> ending = new HashSet<>(session.renew(attempts));
        leases.due().forEach((location, lease) -> {
            if (!renew(location, lease)) {
                leases.drop(location, lease);
                ending.add(location);
            }
        });
        return new Upkeep(earlier(session.untilRenewal(), leases.next()), ending);
    }

    /** False if the lease will end. */
    private boolean renew(Location location, Lease lease) {
        if (!lease.loan().renewable()) {
            return false;
        }
        try {
            Answer answer = session.server()
                    .post("sys/leases/renew", request(lease), session.token(attempts), attempts.deadline());
            if (Fault.of(answer, session.server().address()) != null) {
                return !lease.loan().hasEnded();
            }
            Loan renewed = Loan.of(Answer.seconds(answer.body(), "lease_duration"), true);
            if (answer.status() != 200 || lease.loan().isCapped(renewed.length())) {
                return false;
            }
            leases.renew(location, lease, renewed);
            return true;
        } catch (BackendException e) {
            // Not answered: it lasts for a third of its time yet, and there will be other attempts.
            return !lease.loan().hasEnded();
        }
    }

    private static Map<String, Object> request(Lease lease) {
        String seconds = Long.toString(lease.loan().length().toSeconds());
        return Map.of("lease_id", lease.id(), "increment", new Json.Numeral(seconds));
    }

    private static @Nullable Duration earlier(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
