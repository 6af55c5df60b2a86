package io.secretagent.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Provision;
import io.secretagent.bootstrap.testing.ServerProcess.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process in a root folder of its own, as a container engine would run it: process 1 of its own namespace, the image's
 * user, no capabilities, a root that is read-only but for {@code /tmp}, unless it is a step of a build, as root. The folder gets this machine's C library and a
 * JDK, and no shell. It shares the machine's network.
 */
final class ConfinedRoot implements AutoCloseable {
    private static final int LIMIT_SECONDS = 120;

    /** $1 the root, $2 a JDK, $3 user:group, then the command, which this becomes. */
    private static final String CONFINE = """
            set -eu
            root=$1 jdk=$2 user=$3
            shift 3
            mount --make-rprivate /
            mount --bind "$root" "$root"
            bind() {
                mkdir -p "$root$2"
                mount --bind "$1" "$root$2"
                mount -o remount,bind,ro "$root$2"
            }
            for folder in /usr/lib /usr/lib64 /lib /lib64 /etc/ssl /etc/java-*; do
                if [ -h "$folder" ]; then
                    cp -PfT "$folder" "$root$folder"
                elif [ -d "$folder" ]; then
                    bind "$folder" "$folder"
                fi
            done
            bind "$jdk" /opt/java
            mkdir -p "$root/usr/bin" "$root/dev" "$root/tmp" "$root/proc"
            ln -sf /opt/java/bin/java "$root/usr/bin/java"
            for device in null zero random urandom; do
                : >"$root/dev/$device"
                mount --bind "/dev/$device" "$root/dev/$device"
            done
            mount -t proc proc "$root/proc"
            mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
            case $user in
                0:*) ;;
                *) mount -o remount,bind,ro "$root" ;;
            esac
            exec setpriv --bounding-set=-all,+sys_chroot,+setuid,+setgid --no-new-privs \\
                chroot --userspec="$user" --groups= "$root" "$@"
            """;

    private final Process unshare;
    private final Path output;

    static ConfinedRoot start(
            Path root, Jdks.Jdk jdk, String user, List<String> run, Map<String, String> environment, Path output)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", CONFINE, "confine"));
        command.addAll(List.of(root.toString(), jdk.home().toRealPath().toString(), user));
        command.addAll(run);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().putAll(environment);
        return new ConfinedRoot(builder.start(), output);
    }

    /** Whether this machine lets us: fails with the reason if not. */
    static boolean isPossible() throws IOException, InterruptedException {
        Provision.run(List.of("unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt"));
        Provision.run(List.of("setpriv", "--reuid=65532", "--regid=65532", "--clear-groups", "true"));
        return true;
    }

    private ConfinedRoot(Process unshare, Path output) {
        this.unshare = unshare;
        this.output = output;
    }

    /** Waits until the process answers; what it wrote is in the message when it never does. */
    void await(Ready ready) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (unshare.isAlive() && System.nanoTime() < end) {
            if (answers(ready)) {
                return;
            }
            // Polling a condition of another process: there is nothing to be notified by.
            unshare.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new IOException("no answer: " + Files.readString(output, UTF_8));
    }

    /** Closes its standard input and waits for its end. */
    int end() throws IOException, InterruptedException {
        unshare.getOutputStream().close();
        if (!unshare.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("it does not end: " + Files.readString(output, UTF_8));
        }
        return unshare.exitValue();
    }

    /** A file of {@code /proc/PID}, as root on this machine sees it. */
    String proc(String file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(command().pid()), file), UTF_8);
    }

    /** Ends the process as {@code docker stop} does, and returns the exit code. */
    int stop() throws InterruptedException {
        command().destroy();
        if (!unshare.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process 1 does not end on SIGTERM");
        }
        return unshare.exitValue();
    }

    @Override
    public void close() {
        unshare.descendants().forEach(ProcessHandle::destroyForcibly);
        unshare.destroyForcibly().onExit().join();
    }

    private ProcessHandle command() {
        return unshare.children().findFirst().orElseThrow();
    }

    private static boolean answers(Ready ready) throws InterruptedException {
        try {
            return ready.test();
        } catch (IOException e) {
            return false;
        }
    }
}
