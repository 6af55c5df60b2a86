package io.secretagent.bootstrap.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the lines of each writer are all there and as they were written. By their sequence and not by where they stand:
 * a clock that was set back puts files into another order.
 */
public final class ChainCheck {
    private final Map<String, List<AuditedLine>> byWriter = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private long lines;

    /** What is not as it was written. */
    public enum Kind {
        /** It is no whole line: who wrote it was killed, the disk was full, or it was cut. */
        CUT,
        /** Its hash is not the one that the next line has. */
        EDITED,
        /** Lines in front of it are missing. */
        GAP,
        /** It is there twice. */
        REPEATED,
        /** A line that was there is not, or is another one. */
        GONE
    }

    /** One of them, at a line. */
    public record Finding(Kind kind, String place, String what) {}

    /**
     * What one writer has written.
     *
     * @param first the first sequence number that is there; beyond 1 the lines before are in no file that was read
     * @param head the hash of the last line
     */
    public record Chain(
            String writer, String host, String pid, String command, long first, long last, String head, String start) {}

    /** Adds a line, in any order. */
    public void add(AuditedLine line) {
        lines++;
        if (line.fields() == null) {
            findings.add(new Finding(Kind.CUT, line.place(), "it is no whole line: it was cut, or edited"));
        } else {
            byWriter.computeIfAbsent(line.writer(), writer -> new ArrayList<>()).add(line);
        }
    }

    /** Looks at all that was added. */
    public void check() {
        byWriter.forEach((writer, written) -> {
            written.sort(Comparator.comparingLong(AuditedLine::sequence));
            AuditedLine before = null;
            for (AuditedLine line : written) {
                check(before, line);
                before = line;
            }
            AuditedLine first = written.get(0);
            AuditedLine last = written.get(written.size() - 1);
            chains.add(new Chain(
                    writer,
                    first.text("host"),
                    first.text("pid"),
                    first.text("command"),
                    first.sequence(),
                    last.sequence(),
                    last.hash(),
                    first.place()));
        });
    }

    /**
     * Looks whether what was there once is there still.
     *
     * @param head the hash of a line that the writer had, and {@code sequence} its number
     */
    public void require(String writer, long sequence, String head) {
        for (AuditedLine line : byWriter.getOrDefault(writer, List.of())) {
            if (line.sequence() == sequence && line.hash().equals(head)) {
                return;
            }
        }
        findings.add(new Finding(
                Kind.GONE,
                "writer " + writer,
                "its line " + sequence + " is not there any more as it was: put aside for good, edited, or removed"));
    }

    public List<Finding> findings() {
        return findings;
    }

    public List<Chain> chains() {
        return chains;
    }

    public long lines() {
        return lines;
    }

    private void check(@Nullable AuditedLine before, AuditedLine line) {
        if (before == null) {
            if (line.sequence() == 1 && !line.previous().isEmpty()) {
                add(Kind.EDITED, line, "it is the first of its writer, and has the hash of one before it");
            }
            return;
        }
        long missing = line.sequence() - before.sequence() - 1;
        if (missing < 0) {
            boolean same = line.hash().equals(before.hash());
            add(
                    same ? Kind.REPEATED : Kind.EDITED,
                    line,
                    (same ? "it is at " : "it has the sequence number of ")
                            + before.place()
                            + (same ? " already" : ", which is another line"));
        } else if (missing > 0) {
            add(
                    Kind.GAP,
                    line,
                    missing + (missing == 1 ? " line is" : " lines are") + " missing between " + before.place()
                            + " and it");
        } else if (!line.previous().equals(before.hash())) {
            add(Kind.EDITED, before, "it is not the line that " + line.place() + " has the hash of: one was edited");
        }
    }

    private void add(Kind kind, AuditedLine line, String what) {
        findings.add(new Finding(kind, line.place(), what + " (writer " + line.writer() + ")"));
    }
}
