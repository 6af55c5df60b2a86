package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.run.Hangup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secret-agent refresh PID}: does not wait for the next round. */
@Command(
        name = "refresh",
        description = {
            "Have the secrets of a running application read now.",
            "The application's mapping must have refresh:. What fails is told on the application's standard error."
        },
        footer = {
            "",
            "Example: secret-agent refresh $(pidof java)",
            "         kubectl exec POD -- secret-agent refresh 1"
        },
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
final class RefreshCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 66;
    private static final int NOT_READ = 69;
    private static final int DENIED = 77;
    private static final long LOOK_MILLIS = 50;

    @Parameters(
            paramLabel = "PID",
            description = "of the application, or of a process that it is below, such as a shell or process 1")
    private long pid;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long to wait for the answer (default: ${DEFAULT-VALUE})")
    private int timeout = 60;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return Terminal.tell(NOT_FOUND, "there is no process " + pid + "; give the application's");
        }
        List<RunningHelper> helpers = Stream.concat(
                        process.stream(), process.get().descendants())
                .map(RunningHelper::of)
                .flatMap(Optional::stream)
                .toList();
        if (helpers.isEmpty()) {
            return Terminal.tell(
                    NOT_FOUND,
                    "process " + pid + " has no helper that refreshes; see that it is the application's, of this user,"
                            + " and that its mapping has refresh:");
        }
        int worst = 0;
        for (RunningHelper helper : helpers) {
            worst = Math.max(worst, refresh(helper));
        }
        return worst;
    }

    private int refresh(RunningHelper helper) throws InterruptedException {
        if (helper.ignoresHangups()) {
            return Terminal.tell(
                    NOT_READ,
                    "the helper " + helper.pid()
                            + " ignores SIGHUP, as what is started by nohup does; start the application"
                            + " without it");
        }
        int before = helper.hangups();
        switch (Hangup.send(helper.pid())) {
            case DENIED -> {
                return Terminal.tell(
                        DENIED, "the helper " + helper.pid() + " is another user's; run this as that user");
            }
            case GONE -> {
                return Terminal.tell(
                        NOT_FOUND, "the helper " + helper.pid() + " is gone; the application starts another one soon");
            }
            case SENT -> {}
        }
        CountDownLatch never = new CountDownLatch(1);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeout);
        while (helper.hangups() <= before && helper.isAlive() && until - System.nanoTime() > 0) {
            // Another process' doing: there is nothing to be notified by.
            if (never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        if (helper.hangups() <= before) {
            return Terminal.tell(
                    NOT_READ,
                    "the helper " + helper.pid() + " has not answered within " + timeout + " s; see the"
                            + " application's standard error");
        }
        if (helper.hasFailed()) {
            return Terminal.tell(NOT_READ, "not everything could be read; see the application's standard error");
        }
        if (!quiet) {
            System.out.println("refreshed the secrets of process " + helper.application());
        }
        return 0;
    }
}
