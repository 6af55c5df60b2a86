package io.secretagent.bootstrap.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says of a process. */
record ProcessState(String state, int parent, int group, int session) {
    private static final ProcessState GONE = new ProcessState("X", 0, 0, 0);

    static ProcessState of(long pid) {
        return in("/proc/" + pid + "/stat");
    }

    /** Whether this process' group can be stopped: somebody of its session could let it go on, and it is not ignored. */
    static boolean canStop() {
        if (ignores(Signals.TSTP)) {
            return false;
        }
        ProcessState own = in("/proc/self/stat");
        ProcessState parent = of(own.parent());
        while (parent.session() == own.session() && parent.group() == own.group()) {
            parent = of(parent.parent());
        }
        return parent.session() == own.session();
    }

    boolean isStopped() {
        return state.equals("T");
    }

    private static ProcessState in(String file) {
        try {
            String stat = Files.readString(Path.of(file));
            // "pid (name) state ppid pgrp session ...", and the name may have anything in it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            return new ProcessState(
                    fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
        } catch (IOException e) {
            return GONE;
        }
    }

    private static boolean ignores(int signal) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("SigIgn:")) {
                    return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (signal - 1) & 1) == 1;
                }
            }
        } catch (IOException e) {
            // As most processes.
        }
        return false;
    }
}
