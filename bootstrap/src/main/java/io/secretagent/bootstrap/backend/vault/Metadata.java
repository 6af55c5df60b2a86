package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a KV version 2 tells of a secret's versions. */
final class Metadata {

    /**
     * One version of the secret.
     *
     * @param asked a version, or null for the current one
     * @return null if the answer is not the metadata of a secret that has this version
     */
    static @Nullable Described describe(Answer answer, @Nullable String asked) {
        String version = asked == null ? Answer.version(answer.object("data"), "current_version") : asked;
        Map<String, Object> of = answer.object("data", "versions", version);
        if (answer.status() != 200 || of == null) {
            return null;
        }
        // A time to come is that of the mount's delete-version-after.
        Instant deleted = instant(Answer.text(of, "deletion_time"));
        if (Boolean.TRUE.equals(of.get("destroyed")) || (deleted != null && deleted.isBefore(Instant.now()))) {
            return new Described.Failed(new Failure(
                    Failure.Kind.DISABLED, "version " + version + " is deleted or destroyed", "write a new version"));
        }
        return new Described.Known(version, instant(Answer.text(of, "created_time")), null);
    }

    /**
     * What tells this version's content from another: its number, and what is known of its deletion. The text of that,
     * since when it is over is for the server's clock to say.
     *
     * @param asked a version, or null for the current one
     * @return null if the answer is not the metadata of a secret that has this version
     */
    static @Nullable String mark(Answer answer, @Nullable String asked) {
        String version = asked == null ? Answer.version(answer.object("data"), "current_version") : asked;
        Map<String, Object> of = answer.object("data", "versions", version);
        if (answer.status() != 200 || of == null) {
            return null;
        }
        String deletion = Answer.text(of, "deletion_time");
        boolean destroyed = Boolean.TRUE.equals(of.get("destroyed"));
        return version + (deletion.isEmpty() ? "" : " until " + deletion) + (destroyed ? " destroyed" : "");
    }

    static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Metadata() {}
}
