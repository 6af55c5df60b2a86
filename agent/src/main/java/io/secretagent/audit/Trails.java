package io.secretagent.audit;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records at once, in the thread that calls: for the helper and the command line. */
public final class Trails implements Audit {
    private final List<Trail> trails = new ArrayList<>();

    /**
     * Opens the places that the mapping names; nothing is written yet.
     *
     * @param syslog what takes the lines for syslog, if the mapping wants that
     * @param err where it is told what cannot be recorded
     */
    public static Trails open(AuditSettings settings, Origin origin, @Nullable Sink syslog, PrintStream err) {
        Trails trails = new Trails();
        String to = settings.to();
        if (AuditSettings.STDERR.equals(to)) {
            trails.add(new Stderr(err), origin, err);
        } else if (to != null) {
            trails.add(new AuditFile(Path.of(to), settings.maxSize(), settings.keep()), origin, err);
        }
        if (syslog != null) {
            trails.add(syslog, origin, err);
        }
        return trails;
    }

    private Trails() {}

    private void add(Sink sink, Origin origin, PrintStream err) {
        trails.add(new Trail(sink, origin, err));
    }

    @Override
    public synchronized void record(AuditEvent event) {
        for (Trail trail : trails) {
            trail.record(event);
        }
    }

    /** Events that could not be taken. */
    synchronized void lose(long count) {
        for (Trail trail : trails) {
            trail.lose(count);
        }
    }

    @Override
    public synchronized void close() {
        for (Trail trail : trails) {
            trail.close();
        }
    }
}
