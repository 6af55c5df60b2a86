package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command as if it ran in this process' place: its standard input is ours, what it writes goes on masked, signals
 * reach it, its exit code comes back. A stream that is a terminal here is one there.
 */
public final class Supervisor implements AutoCloseable {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /** What ends a process that does not handle it. */
    private static final Set<Integer> ENDING =
            Set.of(Signals.HUP, Signals.INT, Signals.QUIT, Signals.USR1, Signals.USR2, Signals.TERM);

    private final Masker masker;
    private final Pauses pauses = new Pauses();
    private final List<MaskedOutput> outputs = new ArrayList<>();
    private final List<Pseudoterminal> terminals = new ArrayList<>();
    private @Nullable Running running;

    /** What becomes of a command's output. */
    public enum Output {
        MASKED,
        /** Standard error is; standard output is data, and as the command writes it. */
        STDERR_MASKED,
        /** The command writes to what this process would. */
        INHERITED
    }

    /** From now on a signal ends this process as long as there is no command, and is the command's after that. */
    public Supervisor(Masker masker) {
        this.masker = masker;
        Signals.receive(this::received);
    }

    /**
     * Runs it to its end.
     *
     * @param reapOrphans whether processes that the command leaves behind become ours when they end; they do anyway for
     *     process 1
     * @return its exit code, or 128 and the number of the signal that ended it
     * @throws Command.NotStartedException if it cannot be started
     * @throws IOException if what it wrote could not be written
     */
    public int run(Command command, Output output, boolean reapOrphans) throws IOException {
        boolean orphans = reapOrphans ? adopt() : ProcessHandle.current().pid() == 1;
        int[] stop = CLibrary.pipe();
        Running started = start(command, output, stop[0]);
        try {
            for (MaskedOutput masked : outputs) {
                masked.start();
            }
            int code = started.await(orphans);
            CLibrary.close(stop[1]);
            for (MaskedOutput masked : outputs) {
                masked.await();
            }
            started.ended(code);
            return code;
        } finally {
            started.leave();
        }
    }

    /** There is no command any more, and this process is about to end. */
    @Override
    public void close() {
        Signals.stop();
    }

    /** A signal that comes meanwhile waits for it. */
    private synchronized Running start(Command command, Output output, int stop) throws Command.NotStartedException {
        boolean mayMaskOut = output == Output.MASKED;
        Outlet out = mayMaskOut ? outlet("stdout", STDOUT, stop) : null;
        Outlet err = output == Output.INHERITED
                ? null
                // What the command writes to the two in turn arrives in turn.
                : out != null && StandardStream.ERR.isSameAs(StandardStream.OUT) ? out : outlet("stderr", STDERR, stop);
        int childsOut = out == null ? STDOUT : out.childs();
        int childsErr = err == null ? STDERR : err.childs();
        Running started;
        if (out instanceof Pseudoterminal terminal) {
            started = Session.start(command, terminal, childsOut, childsErr, stop);
        } else {
            // Its keys are the real terminal's, and so are those of others beside it in a pipeline.
            terminals.forEach(Pseudoterminal::passAll);
            started = new InOurGroup(
                    command.start(
                            new Command.Descriptors().give(childsOut, STDOUT).give(childsErr, STDERR), false),
                    terminals);
        }
        running = started;
        return started;
    }

    private Outlet outlet(String name, int descriptor, int stop) {
        Outlet outlet;
        if (CLibrary.isatty(descriptor) == 1) {
            Pseudoterminal terminal = new Pseudoterminal(descriptor);
            terminals.add(terminal);
            outlet = terminal;
        } else {
            outlet = Outlet.pipe();
        }
        MaskingStream masking =
                new MaskingStream(new DescriptorOutput(descriptor, Outlet.CAPACITY), masker, pauses, name);
        outputs.add(new MaskedOutput(name, outlet, masking, descriptor, stop));
        return outlet;
    }

    private void received(int signal, boolean ofTerminal) {
        Running now;
        synchronized (this) {
            now = running;
        }
        boolean handedOn = now != null && now.signal(signal, ofTerminal);
        if (!handedOn && ENDING.contains(signal)) {
            // There is nothing yet, or only its last output is left, and who should read that does not.
            if (now != null) {
                now.leave();
            }
            Runtime.getRuntime().halt(128 + signal);
        }
    }

    private static boolean adopt() {
        try {
            CLibrary.prctl(CLibrary.PR_SET_CHILD_SUBREAPER, 1);
            return true;
        } catch (LastErrorException e) {
            System.err.println("secret-agent: orphans are not reaped: the system does not let this process adopt them");
            return false;
        }
    }
}
