package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Takes the signals that are meant for the child.
 *
 * <p>{@link JavaSignal} takes all but QUIT, which the JVM keeps for thread dumps. (USR2 too is the JVM's, unless the
 * launcher sets {@code _JAVA_SR_SIGNUM}.)
 */
final class Signals {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP", "USR1", "USR2", "WINCH");

    /** What a terminal sends to each process of its foreground group: the child has it already. */
    private static final Set<Integer> OF_TERMINALS = Set.of(2, CLibrary.SIGQUIT, 28);

    /** Of a {@code struct sigaction}: the handler, 128 bytes of mask, flags, and a pointer for the C library. */
    private static final int SIGACTION = 152;

    private static final int SIGNAL_SET = 128;
    private static final int FLAGS = 136;

    /** Hands each signal to the receiver, which may block; one that is ignored, as by nohup, stays so. */
    static void receive(IntConsumer receiver) {
        IntConsumer addressed = signal -> {
            if (!(OF_TERMINALS.contains(signal) && isInForeground())) {
                receiver.accept(signal);
            }
        };
        for (String name : NAMES) {
            if (!JavaSignal.handle(name, addressed)) {
                System.err.println("secret-agent: SIG" + name + " is the JVM's own, and not handed on to the command;"
                        + " start it with bin/secret-agent");
            }
        }
        receiveQuit(addressed);
    }

    /**
     * The handler is a function of the C library that may be called in one: {@code eventfd_write(int, uint64_t)}, which
     * gets the signal's number for a descriptor and the address of the signal's information for a count. So descriptor 3
     * is an eventfd; the launcher opened it, or the JVM would have a file of its own there. No Java code runs in a
     * handler.
     */
    private static void receiveQuit(IntConsumer receiver) {
        int event = CLibrary.eventfd(0, CLibrary.EFD_CLOEXEC);
        if (event != CLibrary.SIGQUIT) {
            CLibrary.dup2(event, CLibrary.SIGQUIT);
            CLibrary.close(event);
        }
        Thread thread = new Thread(() -> awaitQuit(receiver), "signal-quit");
        thread.setDaemon(true);
        thread.start();
        Memory action = new Memory(SIGACTION);
        action.clear();
        action.setPointer(0, NativeLibrary.getProcess().getGlobalVariableAddress("eventfd_write"));
        action.setInt(FLAGS, CLibrary.SA_SIGINFO | CLibrary.SA_RESTART);
        CLibrary.sigaction(CLibrary.SIGQUIT, action, null);
    }

    /** The JVM blocks QUIT in each of its threads but one; a child has the mask of the thread that starts it. */
    static void unblockQuitForChild() {
        Memory signals = new Memory(SIGNAL_SET);
        signals.clear();
        signals.setLong(0, 1L << (CLibrary.SIGQUIT - 1));
        CLibrary.pthread_sigmask(CLibrary.SIG_UNBLOCK, signals, null);
    }

    private static void awaitQuit(IntConsumer receiver) {
        Memory count = new Memory(Long.BYTES);
        while (true) {
            try {
                CLibrary.read(CLibrary.SIGQUIT, count, Long.BYTES);
                receiver.accept(CLibrary.SIGQUIT);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != CLibrary.EINTR) {
                    throw e;
                }
            }
        }
    }

    /** Whether this process' group is the one that its terminal sends signals to. */
    private static boolean isInForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // "pid (name) state ppid pgrp session tty_nr tpgid ...", and the name may have anything in it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[2].equals(fields[5]);
        } catch (IOException e) {
            return false;
        }
    }

    private Signals() {}
}
