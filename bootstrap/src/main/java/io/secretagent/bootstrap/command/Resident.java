package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.refresh.Refresh;
import io.secretagent.channel.ChannelRecord;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The helper after the end mark, if it refreshes: it stays for as long as the application does. */
final class Resident {
    /** What the main thread is called, which {@code /proc} shows: how many times it was hung up on, and the last outcome. */
    static final String THREAD = "hup-";

    /** With a number of seven digits still within the fifteen characters that the system keeps. */
    static final String FAILED = "-bad";

    /** The number of what is asked for by a signal; the application counts from 1. */
    private static final int BY_SIGNAL = 0;

    private final Refresh refresh;
    private final Lifeline lifeline;
    private final @Nullable Hook hook;
    private int hangups;
    private volatile boolean allRead;

    /**
     * @param hook is told what the application has taken over, if the mapping has one
     */
    Resident(Refresh refresh, Lifeline lifeline, @Nullable Hook hook) {
        this.refresh = refresh;
        this.lifeline = lifeline;
        this.hook = hook;
    }

    /** Returns when the application is gone. */
    void stay() {
        // Ctrl-C reaches the whole group, and some send TERM to all that there is: the application may still need what
        // ends with this process.
        JavaSignal.handle("INT", signal -> {});
        JavaSignal.handle("TERM", signal -> {});
        JavaSignal.handle("HUP", signal -> lifeline.say(new ChannelRecord.Ask(BY_SIGNAL, Set.of())));
        Thread.currentThread().setName(THREAD + hangups);
        try {
            for (ChannelRecord said = lifeline.next(); said != null; said = lifeline.next()) {
                hear(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refresh.stop();
    }

    private void hear(ChannelRecord said) {
        if (said instanceof ChannelRecord.Ask ask && ask.number() == BY_SIGNAL) {
            refresh.ask(Set.of(), this::answeredToSignal);
        } else if (said instanceof ChannelRecord.Ask ask) {
            refresh.ask(ask.number(), ask.names());
        } else if (said instanceof ChannelRecord.Applied applied) {
            if (hook != null && !applied.names().isEmpty()) {
                hook.changed(applied.names());
            }
        } else if (said instanceof ChannelRecord.Answered) {
            // Here, since a thread can give a name that the system shows to itself alone.
            Thread.currentThread().setName(THREAD + ++hangups + (allRead ? "" : FAILED));
        }
    }

    private void answeredToSignal(boolean all) {
        allRead = all;
        lifeline.say(new ChannelRecord.Answered(BY_SIGNAL));
    }
}
