package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** {@code --test}: a command that tries the candidate before anything is stored. */
final class Trial {
    /** The candidate's variable, whatever name the mapping has for it. */
    static final String VARIABLE = "SECRET_AGENT_CANDIDATE";

    private static final int FAILED = 1;

    /** Runs it by the shell, its output masked and on stderr. */
    static void run(String command, String candidate, Entry entry) throws Change.Declined {
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
        Map<String, String> environment = shell.environment();
        environment.put(VARIABLE, candidate);
        String env = entry.injection().env();
        if (env != null && !env.endsWith("*")) {
            environment.put(env, candidate);
        }
        Masker masker = new Masker();
        masker.add(entry.name().text(), candidate);
        try {
            Process process = shell.start();
            // A signal that ends us ends it; not all our children, for one may give the terminal its modes back.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
            process.getOutputStream().close();
            try (OutputStream masked = new MaskingStream(new Stderr(), masker, new Pauses())) {
                process.getInputStream().transferTo(masked);
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new Change.Declined(FAILED, "the test ended with " + exit + "; nothing was stored");
            }
        } catch (IOException e) {
            throw new Change.Declined(FAILED, "the test could not be run by /bin/sh; nothing was stored");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Change.Declined(FAILED, "interrupted; nothing was stored");
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        started.forEach(ProcessHandle::destroy);
    }

    private Trial() {}
}
