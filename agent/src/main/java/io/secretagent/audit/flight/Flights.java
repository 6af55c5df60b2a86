package io.secretagent.audit.flight;

import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.QueuedAudit;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the flight recorder, from when its classes are loaded: by a command line that starts it, by jcmd, or by
 * the application. Until then none of them is, since whoever looks whether it is in use loads it.
 */
public final class Flights implements QueuedAudit.Observer, ClassFileTransformer {
    private static final String RECORDER = "jdk/jfr/FlightRecorder";
    private static final String RECORDER_CLASS = "jdk.jfr.FlightRecorder";

    private volatile boolean inUse;

    /** Looks out for the recorder. */
    public static Flights watch(Instrumentation instrumentation) {
        Flights flights = new Flights();
        instrumentation.addTransformer(flights);
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            flights.inUse |= type.getName().equals(RECORDER_CLASS);
        }
        return flights;
    }

    private Flights() {}

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] original) {
        if (loader == null && RECORDER.equals(name)) {
            inUse = true;
        }
        return null;
    }

    @Override
    public void recording(AuditEvent event) {
        if (inUse) {
            try {
                Flight.record(event);
            } catch (LinkageError e) {
                // A recorder that cannot be used, whatever is wrong with it, is no reason to stop recording elsewhere.
                inUse = false;
            }
        }
    }
}
