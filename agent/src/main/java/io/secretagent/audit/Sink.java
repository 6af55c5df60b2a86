package io.secretagent.audit;

import java.io.IOException;

/** A place that lines are written to. Its {@code toString} is what people are told it is called. */
public interface Sink extends AutoCloseable {

    /**
     * Writes a line as a whole.
     *
     * @param event what it is about, for a place that sorts by that
     * @param line without its end
     * @throws IOException if it is not there now, as a whole; its message is why, in words for a person
     */
    void write(AuditEvent event, byte[] line) throws IOException;

    @Override
    default void close() {}
}
