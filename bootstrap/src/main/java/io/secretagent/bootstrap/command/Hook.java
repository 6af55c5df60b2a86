package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.fetch.Credentials;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * {@code on-change}: a command that is run with the names of the secrets that have changed as its last arguments, when the
 * application has them. No shell, no value, none of the backends' credentials; one at a time, and not for long.
 */
final class Hook implements Runnable {
    private static final long LIMIT_SECONDS = 30;
    private static final long LAST_OUTPUT_MILLIS = 2_000;

    private final List<String> command;
    private final List<String> withheld;
    private final Masker masker;
    private final BlockingQueue<Set<String>> changes = new LinkedBlockingQueue<>();

    /**
     * Starts to wait for changes.
     *
     * @param masker knows the values, for what the command writes
     */
    static Hook start(Mapping mapping, Map<String, String> environment, Masker masker) {
        Hook hook = new Hook(mapping.options().onChange(), Credentials.variables(mapping, environment), masker);
        Thread thread = new Thread(hook, "on-change");
        thread.setDaemon(true);
        thread.start();
        return hook;
    }

    private Hook(List<String> command, List<String> withheld, Masker masker) {
        this.command = command;
        this.withheld = withheld;
        this.masker = masker;
    }

    void changed(Set<String> names) {
        changes.add(names);
    }

    @Override
    public void run() {
        try {
            while (true) {
                Set<String> names = new TreeSet<>(changes.take());
                for (Set<String> more = changes.poll(); more != null; more = changes.poll()) {
                    names.addAll(more);
                }
                call(names);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(Set<String> names) throws InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.addAll(names);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeAll(withheld);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Thread output = new Thread(() -> copy(process), "on-change-output");
            output.setDaemon(true);
            output.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                // First itself: a shell would take the end of what it waits for as the sign to go on.
                List<ProcessHandle> started = process.descendants().toList();
                process.destroyForcibly().waitFor();
                started.forEach(ProcessHandle::destroyForcibly);
                tell("did not end within " + LIMIT_SECONDS + " s, and was ended");
            } else if (process.exitValue() != 0) {
                tell("ended with " + process.exitValue());
            }
            // What it has left behind may hold the pipe.
            output.join(LAST_OUTPUT_MILLIS);
        } catch (IOException e) {
            tell("cannot be run; check its path and permissions");
        }
    }

    private void copy(Process process) {
        try (OutputStream masked = new MaskingStream(new Stderr(), masker, new Pauses())) {
            process.getInputStream().transferTo(masked);
        } catch (IOException e) {
            // It was ended, or nobody reads: there is nothing more to copy.
            return;
        }
    }

    private void tell(String what) {
        Terminal.tell("on-change: " + command.get(0) + " " + what);
    }
}
