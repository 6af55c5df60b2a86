package io.secretagent.bootstrap.refresh;

import io.secretagent.bootstrap.audit.Recording;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Trace;
import io.secretagent.bootstrap.fetch.Fetch;
import io.secretagent.bootstrap.mapping.Entry.OnRevoked;
import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.ChannelRecord.Revoked.Then;
import io.secretagent.channel.ProtocolException;
import io.secretagent.channel.RecordWriter;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import io.secretagent.mask.Masker;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes to the application. */
final class Outlet {
    static final Failure NO_SUCH_KEY =
            new Failure(Failure.Kind.NOT_FOUND, "the key is no more in it", "store it again, or drop its use");

    private final RecordWriter channel;
    private final Recording recording;
    private final Fetch fetch;
    private final @Nullable Masker masker;
    private int number;

    /**
     * @param fetch whose backends tell who we are to them, for the audit
     * @param masker is told of every value that goes by, if anything is to be masked here
     */
    Outlet(RecordWriter channel, Recording recording, Fetch fetch, @Nullable Masker masker) {
        this.channel = channel;
        this.recording = recording;
        this.fetch = fetch;
        this.masker = masker;
    }

    /** One record for all of them, so that the application has all or none of what belongs together. */
    synchronized void change(List<ChannelRecord.Masked> masked, List<Secret> secrets) {
        know(masked, secrets);
        try {
            channel.write(new ChannelRecord.Changed(++number, masked, secrets));
        } catch (ProtocolException tooLarge) {
            // More than a record can carry cannot come together.
            masked.forEach(leaf -> write(new ChannelRecord.Changed(++number, List.of(leaf), List.of())));
            secrets.forEach(secret -> write(new ChannelRecord.Changed(++number, List.of(), List.of(secret))));
        } catch (IOException e) {
            Trace.print(e);
        }
    }

    /** Tells the masker of values that the application has already. */
    void know(List<ChannelRecord.Masked> masked, List<Secret> secrets) {
        if (masker != null) {
            masked.forEach(leaf -> masker.add(leaf.name(), leaf.value()));
            secrets.stream().filter(Secret::masked).forEach(secret -> masker.add(secret.name(), secret.value()));
        }
    }

    void revoke(Watched watched, String name, List<Target> targets, Failure failure) {
        OnRevoked asked = watched.entry.onRevoked();
        Then then = asked == null ? Then.KEEP : Then.valueOf(asked.name());
        String line = watched.entry.place() + ": secret " + name + " (backend "
                + watched.entry.name().backend() + ") can be read no more: " + failure.why() + "; " + failure.mend()
                + "; "
                + switch (then) {
                    case KEEP -> "the application keeps the value that it has (on-revoked: keep)";
                    case CLEAR -> "the application has its value no more (on-revoked: clear)";
                    case EXIT -> "the application ends (on-revoked: exit)";
                };
        write(new ChannelRecord.Revoked(
                name,
                watched.entry.name().backend(),
                targets,
                then,
                failure.kind().exitCode(),
                line));
        recording.refused(name, watched.entry.name().backend(), failure, fetch);
    }

    /** What was read of one backend and sent, for the audit. */
    void record(List<Secret> secrets) {
        recording.fetched(secrets, fetch);
    }

    /** What cannot be looked at, for the audit; people are told of the backend as a whole. */
    void record(Place place, Failure failure) {
        for (Watched watched : place.watched) {
            recording.failed(watched.entry.name().text(), watched.entry.name().backend(), failure);
        }
    }

    void tell(String line) {
        write(new ChannelRecord.Notice(line));
    }

    void answer(int ask) {
        write(new ChannelRecord.Answered(ask));
    }

    private void write(ChannelRecord written) {
        try {
            channel.write(written);
        } catch (IOException e) {
            // The application is gone, and the end of stdin ends this process too.
            Trace.print(e);
        }
    }
}
