package io.secretagent.audit.flight;

import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.Who;

/** The one class that names the recorder's. */
final class Flight {

    static void record(AuditEvent event) {
        switch (event.kind()) {
            case READ -> read(event);
            case LEAK -> masked(event);
            case REFRESH, REVOKED -> changed(event);
            default -> {
                // What happens once in a process' life is in the audit.
            }
        }
    }

    private static void read(AuditEvent event) {
        SecretRead flight = new SecretRead();
        if (flight.isEnabled()) {
            flight.secret = event.secret();
            flight.backend = event.backend();
            flight.version = event.version();
            flight.target = event.target();
            if (event.who() instanceof Who.Code code) {
                flight.type = code.type();
                flight.method = code.method();
                flight.line = code.line();
            }
            flight.commit();
        }
    }

    private static void masked(AuditEvent event) {
        SecretMasked flight = new SecretMasked();
        if (flight.isEnabled()) {
            flight.secret = event.secret();
            flight.backend = event.backend();
            flight.target = event.target();
            Who who = event.who();
            if (who instanceof Who.Code code) {
                flight.type = code.type();
                flight.method = code.method();
                flight.line = code.line();
            } else if (who instanceof Who.Worker worker) {
                flight.worker = worker.thread();
            }
            flight.commit();
        }
    }

    private static void changed(AuditEvent event) {
        SecretChanged flight = new SecretChanged();
        if (flight.isEnabled()) {
            flight.secret = event.secret();
            flight.backend = event.backend();
            flight.version = event.version();
            flight.target = event.target();
            flight.change = event.kind().word();
            flight.outcome = event.outcome();
            flight.commit();
        }
    }

    private Flight() {}
}
