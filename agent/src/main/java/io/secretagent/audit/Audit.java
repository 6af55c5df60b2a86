package io.secretagent.audit;

/** Takes events. Nothing that goes wrong with the record reaches who records: it is told on stderr. */
public interface Audit extends AutoCloseable {
    /** Records nothing. */
    Audit NONE = new None();

    /** Records what happened. */
    void record(AuditEvent event);

    /** Writes what is not written yet, as far as that can be done in a moment. */
    @Override
    void close();

    /** What is used when no audit is wanted. */
    final class None implements Audit {
        private None() {}

        @Override
        public void record(AuditEvent event) {}

        @Override
        public void close() {}
    }
}
