package io.secretagent.bootstrap.testing;

import io.secretagent.channel.ChannelRecord;
import io.secretagent.channel.RecordWriter;
import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A helper process that sends the names of the targets at once and the rest when a file is there, {@link #gate}. A
 * stand-in: a script that writes prepared bytes. It does not check what a helper reads, nor how a real one ends.
 */
public final class GatedHelper {
    /** The build of the distribution. */
    private static final String BUILD = "0.1.0";

    private final Path folder;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final RecordWriter writer;
    private int names;

    /** One with these targets, in a temporary folder of the test's. */
    public GatedHelper(Path folder, long timeoutMillis, Target... targets) throws IOException {
        this.folder = folder;
        this.writer = new RecordWriter(bytes, BUILD);
        writer.write(new ChannelRecord.Settings(timeoutMillis, "***", 4, true, true, false, true));
        writer.write(new ChannelRecord.Targets(List.of(targets)));
        names = bytes.size();
    }

    /** Sends a secret for these targets behind the gate. */
    public GatedHelper then(String value, Target... targets) throws IOException {
        writer.write(new ChannelRecord.Fetched(new Secret("SECRET", "store", null, value, true, List.of(targets))));
        return this;
    }

    /** Sends any record behind the gate. */
    public GatedHelper then(ChannelRecord next) throws IOException {
        writer.write(next);
        return this;
    }

    /** The application creates this file to have the rest sent. */
    public Path gate() {
        return folder.resolve("gate");
    }

    /** A child JVM with this for its helper, which ends with a shell's command. */
    public ChildJvm child(Jdks.Jdk jdk, String end) throws IOException {
        byte[] all = bytes.toByteArray();
        Path first = Files.write(folder.resolve("names"), java.util.Arrays.copyOf(all, names));
        Path rest = Files.write(folder.resolve("rest"), java.util.Arrays.copyOfRange(all, names, all.length));
        Path script = folder.resolve("java");
        Files.writeString(
                script,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        "cat '" + first + "'",
                        "while [ ! -e '" + gate() + "' ]; do kill -0 $PPID 2>/dev/null || exit 0; sleep 0.02; done",
                        "cat '" + rest + "'",
                        end,
                        ""));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return ChildJvm.on(jdk).agent(Path.of("any.yaml")).environment("SECRET_AGENT_JAVA", script.toString());
    }

    public static Target property(String name) {
        return new Target(Target.Kind.PROPERTY, name, false, false);
    }

    public static Target variable(String name, boolean inherit) {
        return new Target(Target.Kind.ENVIRONMENT, name, false, inherit);
    }
}
