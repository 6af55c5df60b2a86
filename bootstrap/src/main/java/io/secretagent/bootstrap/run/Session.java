package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * A command in a session of its own, on a terminal of its own, with its keys from the real one.
 *
 * <p>A shell leads that session and has the command as its job: the system stops no process at Ctrl-Z whose parent is in
 * another session, since nobody there could bring it back. When the job stops, so do we, and the person's shell has the
 * real terminal; when that shell lets us go on, the job does.
 */
final class Session implements Running {
    private static final String SHELL = "/bin/sh";
    private static final String NULL = "/dev/null";

    /** What the shell is given, beside its terminal as standard input: the command's three streams, and two pipes. */
    private static final int IN = 7;

    private static final int OUT = 3;

    private static final int ERR = 4;
    private static final int REPORT = 5;
    private static final int ANSWER = 6;

    /**
     * Says the command's process, then each time that it has stopped or ended; an answer has it go on. Interactive, since
     * bash has jobs only then; nothing that such a shell says is of use. It would read the file that ENV names.
     */
    private static final String JOB = """
            set -m
            trap : INT
            %s -c '
              [ -z "${SECRET_AGENT_KEPT_ENV+set}" ] || export ENV="$SECRET_AGENT_KEPT_ENV"
              unset SECRET_AGENT_KEPT_ENV
              echo $$ >&5
              exec "$@" <&7 >&3 2>&4 3>&- 4>&- 5>&- 6<&- 7<&-' "$0" "$@"
            code=$?
            while echo "$code" >&5 && read -r go_on <&6; do
              fg
              code=$?
            done
            exit "$code"
            """.formatted(SHELL);

    private final Pseudoterminal terminal;
    private final RealTerminal real;
    private final Spawned shell;
    private final int over;
    private final Memory answer = new Memory(1);
    private final CompletableFuture<Integer> job = new CompletableFuture<>();
    private volatile CountDownLatch goesOn = new CountDownLatch(1);

    /** Starts it; the two descriptors are what it writes to, and the third becomes readable when it has ended. */
    static Session start(Command command, Pseudoterminal terminal, int out, int err, int over)
            throws Command.NotStartedException {
        int[] report = CLibrary.pipe();
        int[] answers = CLibrary.pipe();
        terminal.behaveAs(RealTerminal.modes());
        RealTerminal real = RealTerminal.ofStdout();
        if (CLibrary.isatty(0) == 1) {
            // Before there is output, which the terminal of the command has made fit for a terminal already.
            real.pass();
        }
        Spawned shell;
        try {
            shell = command.behind("ENV", "SECRET_AGENT_KEPT_ENV", SHELL, "-i", "-c", JOB, "secret-agent")
                    .start(
                            new Command.Descriptors()
                                    .give(0, IN)
                                    .open(terminal.name(), CLibrary.O_RDWR, 0)
                                    .give(CLibrary.isatty(0) == 1 ? 0 : IN, IN)
                                    .open(NULL, CLibrary.O_WRONLY, 1)
                                    .open(NULL, CLibrary.O_WRONLY, 2)
                                    .give(out, OUT)
                                    .give(err, ERR)
                                    .give(report[1], REPORT)
                                    .give(answers[0], ANSWER),
                            true);
        } catch (Command.NotStartedException e) {
            real.leave();
            throw e;
        }
        CLibrary.close(report[1]);
        CLibrary.close(answers[0]);
        Session session = new Session(real, terminal, shell, over);
        Thread thread = new Thread(() -> session.control(report[0], answers[1]), "job");
        thread.setDaemon(true);
        thread.start();
        Signals.take(Signals.TSTP);
        return session;
    }

    private Session(RealTerminal real, Pseudoterminal terminal, Spawned shell, int over) {
        this.real = real;
        this.terminal = terminal;
        this.shell = shell;
        this.over = over;
        answer.setByte(0, (byte) '\n');
    }

    @Override
    public boolean signal(int signal, boolean ofTerminal) {
        return switch (signal) {
            case Signals.CONT -> {
                real.resume();
                terminal.resize();
                goesOn.countDown();
                yield true;
            }
            // Of another size the system tells the command.
            case Signals.WINCH -> terminal.resize() || ofTerminal || shell.signal(job.join(), signal);
            // From a terminal they are for all that is in the foreground.
            case Signals.TSTP -> shell.signal(-job.join(), signal);
            default -> shell.signal(ofTerminal ? -job.join() : job.join(), signal);
        };
    }

    @Override
    public int await(boolean orphans) {
        return shell.await(orphans);
    }

    @Override
    public void leave() {
        real.leave();
    }

    @Override
    public void ended(int code) {
        leave();
        // A Ctrl-C that ends a command ends a script around it as well: a terminal sends it to both.
        if (code == 128 + Signals.INT
                && CLibrary.getpgrp() != ProcessHandle.current().pid()) {
            Signals.raise(Signals.INT);
        }
    }

    private void control(int report, int answers) {
        Lines lines = new Lines(report);
        int started = lines.next();
        // The shell was killed before it could say: what is sent to the one goes to the other.
        job.complete(started > 0 ? started : shell.pid());
        // Not before the job is in the foreground: the shell would have a Ctrl-C for itself.
        Keyboard.handOn(real, terminal, over);
        try {
            while (lines.next() >= 0 && isStopped()) {
                stop();
                CLibrary.writeFully(answers, answer, answer.size());
            }
        } catch (LastErrorException e) {
            // The shell was killed, and its end is told like any.
        } finally {
            CLibrary.close(answers);
        }
    }

    private boolean isStopped() {
        return ProcessState.of(job.join()).isStopped();
    }

    /** As the command would be stopped; in a group that nobody could let go on, nothing is. */
    private void stop() {
        real.leave();
        if (ProcessState.canStop()) {
            CountDownLatch latch = new CountDownLatch(1);
            goesOn = latch;
            Signals.raise(Signals.TSTP);
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Signals.take(Signals.TSTP);
        }
        real.resume();
        terminal.resize();
    }

    /** The numbers that the shell says, a line each. */
    private static final class Lines {
        private final int pipe;
        private final Memory buffer = new Memory(1);

        Lines(int pipe) {
            this.pipe = pipe;
        }

        /** The next one, or -1 at the end. */
        int next() {
            int number = -1;
            while (CLibrary.readSome(pipe, buffer) == 1) {
                int digit = buffer.getByte(0) - '0';
                if (digit < 0) {
                    return number;
                }
                number = Math.max(number, 0) * 10 + digit;
            }
            return -1;
        }
    }
}
