package io.secretagent.audit;

import org.jspecify.annotations.Nullable;

/**
 * What the mapping wants recorded, and where. At least one of the two places is there.
 *
 * @param to {@value #STDERR} or the absolute path of a file, if it is to be either
 * @param reads whether the first read of each injected value by each class is recorded
 * @param leaks whether it is recorded when a mask was needed, once for each place
 * @param maxSize in bytes; a file is put aside before it grows beyond
 * @param keep how many files that were put aside are kept
 * @param syslog {@code udp://HOST:PORT}, {@code tcp://} or {@code tls://}, if it goes there
 */
public record AuditSettings(
        @Nullable String to,
        boolean reads,
        boolean leaks,
        long maxSize,
        int keep,
        @Nullable String syslog) {
    /** Standard error, as {@link #to}. */
    public static final String STDERR = "stderr";

    /** A file's size if the mapping does not say: some 20,000 events. */
    public static final long MAX_SIZE = 10 << 20;

    /** How many are kept if the mapping does not say. */
    public static final int KEEP = 5;

    /** With everything else as it is if nothing is said; null, which is no audit, for no place. */
    public static @Nullable AuditSettings to(@Nullable String place) {
        return place == null ? null : new AuditSettings(place, false, true, MAX_SIZE, KEEP, null);
    }
}
