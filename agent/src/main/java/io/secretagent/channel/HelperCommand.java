package io.secretagent.channel;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** How the helper process is started: which java, which flags, which jar. */
public final class HelperCommand {
    /** Fast to start, and hard to look into. */
    public static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            // It may stay for long: by the size of the machine, all of that would be filled before it is collected.
            "-Xms16m",
            "-Xmn8m",
            // stdout is the channel: the JVM prints its warnings and its answer to SIGQUIT there if it is let.
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-XX:+DisplayVMOutputToStderr",
            // It holds secrets: nothing of its memory goes to a file, nobody attaches.
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-XX:+ExitOnOutOfMemoryError");

    static List<String> line() throws HelperProcess.FailedException {
        File jar = bootstrapJar();
        String java = java();
        List<String> line = new ArrayList<>();
        line.add(java);
        line.addAll(FLAGS);
        line.addAll(archive(jar, java));
        String more = System.getenv("SECRET_AGENT_HELPER_OPTS");
        if (more != null) {
            StringTokenizer options = new StringTokenizer(more);
            while (options.hasMoreTokens()) {
                line.add(options.nextToken());
            }
        }
        line.add("-jar");
        line.add(jar.getPath());
        line.add("fetch");
        return line;
    }

    /** None if there is no archive; one that cannot be used is slow and no more, so it does not stop the start. */
    private static List<String> archive(File jar, String java) {
        try {
            ClassArchive archive = ClassArchive.of(jar, java);
            if (!archive.isSealed() || !archive.isNameable()) {
                return List.of();
            }
            FileTrust.Doubt doubt = archive.doubt();
            if (doubt == null) {
                return archive.options();
            }
            System.err.println(
                    "secret-agent: warning: " + archive.file() + " is not used: " + doubt.what() + "; " + doubt.mend());
        } catch (IOException e) {
            // It cannot be looked at, and so not be used.
        }
        return List.of();
    }

    private static String java() {
        String set = System.getenv("SECRET_AGENT_JAVA");
        return set != null && !set.isEmpty() ? set : System.getProperty("java.home") + "/bin/java";
    }

    /** The jar beside the agent's own, else the one in {@code SECRET_AGENT_HOME}. */
    private static File bootstrapJar() throws HelperProcess.FailedException {
        File beside = new File(agentJar().getParentFile(), "bootstrap.jar");
        String home = System.getenv("SECRET_AGENT_HOME");
        File jar = beside.isFile() || home == null ? beside : new File(home, "lib/bootstrap.jar");
        if (!jar.isFile()) {
            throw new HelperProcess.FailedException(
                    70, "there is no " + jar + "; keep bootstrap.jar beside secret-agent.jar or set SECRET_AGENT_HOME");
        }
        requireTrust(jar);
        return real(jar);
    }

    private static File real(File jar) throws HelperProcess.FailedException {
        try {
            return ClassArchive.jar(jar);
        } catch (IOException e) {
            throw new HelperProcess.FailedException(70, jar + " cannot be looked at; check its permissions");
        }
    }

    /** A jar that somebody else can write is that somebody's code, with our secrets in its hands. */
    private static void requireTrust(File jar) throws HelperProcess.FailedException {
        try {
            FileTrust.Doubt doubt = FileTrust.doubt(jar.toPath());
            if (doubt != null) {
                throw new HelperProcess.FailedException(78, jar + ": " + doubt.what() + "; " + doubt.mend());
            }
        } catch (IOException e) {
            throw new HelperProcess.FailedException(70, jar + " cannot be looked at; check its permissions");
        }
    }

    private static File agentJar() throws HelperProcess.FailedException {
        try {
            return new File(HelperCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new HelperProcess.FailedException(70, "the agent cannot tell where its own jar is");
        }
    }

    private HelperCommand() {}
}
