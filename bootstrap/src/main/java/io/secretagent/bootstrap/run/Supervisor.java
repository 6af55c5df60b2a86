package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a child as if it ran in this process' place: its standard input is ours, what it writes goes on masked, signals
 * reach it, its exit code comes back. It stays in our process group, so that a terminal's Ctrl-C reaches it.
 */
public final class Supervisor {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /** HUP, INT, QUIT and TERM, which end a process that does not handle them. */
    private static final Set<Integer> ENDING = Set.of(1, 2, CLibrary.SIGQUIT, 15);

    private final Masker masker;
    private final Pauses pauses = new Pauses();
    private final List<MaskedOutput> outputs = new ArrayList<>();

    /** What becomes of a child's output. */
    public enum Output {
        MASKED,
        /** Standard error is; standard output is data, and as the child writes it. */
        STDERR_MASKED,
        /** The child writes to what this process would. */
        INHERITED
    }

    public Supervisor(Masker masker) {
        this.masker = masker;
    }

    /**
     * Runs it to its end.
     *
     * @param builder the command and its environment
     * @param reapOrphans whether processes that the child leaves behind become ours when they end; they do anyway for
     *     process 1
     * @return its exit code, or 128 and the number of the signal that ended it
     * @throws IOException if it cannot be started
     */
    public int run(ProcessBuilder builder, Output output, boolean reapOrphans) throws IOException {
        int[] stop = new int[2];
        CLibrary.pipe2(stop, CLibrary.O_CLOEXEC);
        connect(builder.inheritIO(), output, stop[0]);
        CompletableFuture<Process> child = new CompletableFuture<>();
        // Before there is a child: a signal that comes while it starts waits for it.
        Signals.receive(signal -> handOn(signal, child.join()));
        Signals.unblockQuitForChild();
        Process process = builder.start();
        child.complete(process);
        for (MaskedOutput masked : outputs) {
            masked.start();
        }
        if (reapOrphans || ProcessHandle.current().pid() == 1) {
            Orphans.reap(process.pid());
        }
        int code = await(process);
        CLibrary.close(stop[1]);
        for (MaskedOutput masked : outputs) {
            masked.await();
        }
        return code;
    }

    private void connect(ProcessBuilder builder, Output output, int stop) {
        boolean asOne = output == Output.MASKED && StandardStream.ERR.isSameAs(StandardStream.OUT);
        if (output == Output.MASKED) {
            MaskedOutput out = masked("stdout", FileDescriptor.out, STDOUT, stop);
            builder.redirectOutput(out.childsEnd());
        }
        if (asOne) {
            // What the child writes to the two in turn arrives in turn.
            builder.redirectErrorStream(true);
        } else if (output != Output.INHERITED) {
            MaskedOutput err = masked("stderr", FileDescriptor.err, STDERR, stop);
            builder.redirectError(err.childsEnd());
        }
    }

    private MaskedOutput masked(String name, FileDescriptor descriptor, int number, int stop) {
        MaskingStream masking = new MaskingStream(new FileOutputStream(descriptor), masker, pauses, name);
        MaskedOutput masked = new MaskedOutput(name, masking, number, stop);
        outputs.add(masked);
        return masked;
    }

    private static void handOn(int signal, Process process) {
        if (process.isAlive()) {
            try {
                CLibrary.kill((int) process.pid(), signal);
            } catch (LastErrorException e) {
                // It has just ended, or is another user's now, as after su: then nobody but root could signal it.
            }
        } else if (ENDING.contains(signal)) {
            // Only its last output is left, and who should read that does not.
            Runtime.getRuntime().halt(128 + signal);
        }
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
