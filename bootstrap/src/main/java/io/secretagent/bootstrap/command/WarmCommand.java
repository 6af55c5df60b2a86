package io.secretagent.bootstrap.command;

import io.secretagent.bootstrap.backend.Trace;
import io.secretagent.bootstrap.warm.Rehearsal;
import io.secretagent.bootstrap.warm.Training;
import io.secretagent.channel.ClassArchive;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secret-agent warm}: an archive of the helper's classes, for the java that runs this. */
@Command(
        name = "warm",
        description = {
            "Make the helper start faster: rehearse a fetch of made-up values, and keep the classes that it took.",
            "Nothing outside this machine is asked. The archive is for the java that runs this command, and lies beside"
                    + " bootstrap.jar or in SECRET_AGENT_CACHE. Run it again when java or Secret Agent changes."
        },
        footer = {"", "Example: JAVA_HOME=/opt/java/openjdk secret-agent warm"},
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class)
public final class WarmCommand implements Callable<Integer> {
    private static final int INTERNAL = 70;
    private static final int NOT_WRITTEN = 74;
    private static final long MEBIBYTE = 1L << 20;

    @Option(names = "--quiet", description = "write errors only")
    private boolean quiet;

    /** What the JVM that is trained does: what an operator calls, and what the agent starts. */
    public static int rehearse(String mapping) {
        int exit = CommandLineTool.run("verify", "--quiet", "--mapping", mapping);
        return exit != 0 ? exit : FetchCommand.run();
    }

    @Override
    public Integer call() {
        Path home = Path.of(System.getProperty("java.home"));
        Path java = home.resolve("bin/java");
        ClassArchive archive;
        File jar;
        try {
            jar = jar();
            archive = ClassArchive.of(jar, java.toString());
        } catch (IOException e) {
            return fail(INTERNAL, "it cannot be told where bootstrap.jar or java is", e);
        }
        Path folder = archive.file().getAbsoluteFile().getParentFile().toPath();
        if (!archive.isNameable()) {
            return Terminal.tell(
                    NOT_WRITTEN,
                    "the JVM takes no archive with a " + File.pathSeparator + " in its path (" + folder
                            + "); name another folder in SECRET_AGENT_CACHE");
        }
        Path work;
        try {
            work = Files.createTempDirectory(Files.createDirectories(folder), ".warm");
        } catch (IOException e) {
            return fail(
                    NOT_WRITTEN,
                    folder + " cannot be written to; run this as its owner, or name a folder of your own in"
                            + " SECRET_AGENT_CACHE, here and where the application starts",
                    e);
        }
        Progress progress = Progress.of("rehearsing a start", !quiet);
        try (Rehearsal rehearsal = Rehearsal.prepare(work, java)) {
            Training training = new Training(java, jar, work);
            Path made = archive.aheadOfTime() ? training.cache(rehearsal) : training.archive(rehearsal);
            // The JVM leaves it read-only, to its owner too.
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-r--r--"));
            ClassArchive.seal(made.toFile());
            Files.move(made, archive.file().toPath(), StandardCopyOption.ATOMIC_MOVE);
            progress.end();
            if (!quiet) {
                Terminal.tell("wrote " + archive.file() + " (" + archive.file().length() / MEBIBYTE + " MiB)");
            }
            return 0;
        } catch (Training.FailedException e) {
            progress.end();
            return Terminal.tell(
                    INTERNAL, "the rehearsal failed: " + e.getMessage() + "; starts are as before, without an archive");
        } catch (NoClassDefFoundError e) {
            progress.end();
            return Terminal.tell(
                    INTERNAL,
                    "this java lacks a module (" + e.getMessage() + "); it needs jdk.httpserver for the rehearsal");
        } catch (IOException | GeneralSecurityException e) {
            progress.end();
            return fail(INTERNAL, "the rehearsal failed (" + e.getClass().getSimpleName() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERNAL;
        } finally {
            progress.end();
            delete(work);
        }
    }

    private static File jar() throws IOException {
        try {
            return ClassArchive.jar(new File(WarmCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static void delete(Path work) {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            fail(0, work + " could not be removed; remove it", e);
        }
    }

    private static int fail(int exit, String line, Exception cause) {
        Trace.print(cause);
        return Terminal.tell(exit, line);
    }
}
