package io.secretagent.bootstrap.run;

import java.util.List;

/** A command in this process' group, which has what a terminal sends to the group by itself. */
final class InOurGroup implements Running {
    private final Spawned child;
    private final List<Pseudoterminal> terminals;

    /** @param terminals what it writes to, of the size of real ones */
    InOurGroup(Spawned child, List<Pseudoterminal> terminals) {
        this.child = child;
        this.terminals = terminals;
    }

    @Override
    public boolean signal(int signal, boolean ofTerminal) {
        boolean resized = false;
        if (signal == Signals.WINCH) {
            for (Pseudoterminal terminal : terminals) {
                resized |= terminal.resize();
            }
        }
        // One of a new size came to it before its own terminal had that size.
        return signal == Signals.CONT || (ofTerminal && !resized) || child.signal(signal);
    }

    @Override
    public int await(boolean orphans) {
        return child.await(orphans);
    }

    @Override
    public void leave() {
        // It has the real one itself.
    }

    @Override
    public void ended(int code) {
        // So has who is in this group.
    }
}
