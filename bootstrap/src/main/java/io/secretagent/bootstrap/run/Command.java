package io.secretagent.bootstrap.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command line and its environment, in bytes: the system has no characters. */
public final class Command {
    private static final short SETSIGMASK = 8;
    private static final short SETSID = 0x80;

    private static final int ENOENT = 2;
    private static final int ENOEXEC = 8;
    private static final int SIGNAL_SET = 128;

    /** More than any C library's {@code posix_spawn_file_actions_t} and {@code posix_spawnattr_t} have. */
    private static final int OPAQUE = 1024;

    private final List<byte[]> arguments;
    private final Environ environment;

    /** It cannot be started; carries why, for a person. */
    public static final class NotStartedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final boolean absent;

        NotStartedException(int error) {
            super(error == ENOENT ? "not found" : "cannot be executed (error " + error + " of the system)");
            absent = error == ENOENT;
        }

        /** Whether there is no such command. */
        public boolean isAbsent() {
            return absent;
        }
    }

    public Command(List<byte[]> arguments, Environ environment) {
        this.arguments = List.copyOf(arguments);
        this.environment = environment;
    }

    /** Another command with this one behind it, which has one variable under another name. */
    Command behind(String variable, String renamed, String... before) {
        List<byte[]> line = new ArrayList<>();
        for (String argument : before) {
            line.add(argument.getBytes(UTF_8));
        }
        line.addAll(arguments);
        Environ renaming = environment.copy();
        renaming.rename(variable, renamed);
        return new Command(line, renaming);
    }

    /** What a child has under a number below 10. */
    static final class Descriptors {
        private final Memory actions = new Memory(OPAQUE);

        Descriptors() {
            CLibrary.posix_spawn_file_actions_init(actions);
        }

        Descriptors give(int ours, int number) {
            CLibrary.posix_spawn_file_actions_adddup2(actions, ours, number);
            return this;
        }

        Descriptors open(String path, int flags, int number) {
            CLibrary.posix_spawn_file_actions_addopen(actions, number, path, flags, 0);
            return this;
        }
    }

    /**
     * Starts it with these descriptors beside the standard ones, and no others.
     *
     * @param ownSession whether it leads a session of its own; the first terminal that it opens is that session's
     */
    Spawned start(Descriptors descriptors, boolean ownSession) throws NotStartedException {
        closeForChildren();
        Path program = find();
        int error = spawn(program, arguments, descriptors, ownSession);
        if (error == ENOEXEC) {
            // As a shell does with a script that does not name its interpreter.
            List<byte[]> script = new ArrayList<>();
            script.add("sh".getBytes(UTF_8));
            script.add(program.toString().getBytes(UTF_8));
            script.addAll(arguments.subList(1, arguments.size()));
            error = spawn(Path.of("/bin/sh"), script, descriptors, ownSession);
        }
        if (error < 0) {
            return new Spawned(-error);
        }
        throw new NotStartedException(error);
    }

    /** Returns an error number, or minus the child's. */
    private int spawn(Path program, List<byte[]> line, Descriptors descriptors, boolean ownSession) {
        Memory attributes = new Memory(OPAQUE);
        CLibrary.posix_spawnattr_init(attributes);
        // The JVM blocks QUIT in most of its threads, which would pass on to the child.
        Memory none = new Memory(SIGNAL_SET);
        none.clear();
        CLibrary.posix_spawnattr_setsigmask(attributes, none);
        CLibrary.posix_spawnattr_setflags(attributes, (short) (SETSIGMASK | (ownSession ? SETSID : 0)));
        Memory pid = new Memory(Integer.BYTES);
        Strings path = new Strings(List.of(program.toString().getBytes(UTF_8)));
        Strings argv = new Strings(line);
        Strings environ = new Strings(environment.variables());
        int error = CLibrary.posix_spawn(
                pid, path.first(), descriptors.actions, attributes, argv.pointers, environ.pointers);
        return error == 0 ? -pid.getInt(0) : error;
    }

    private Path find() throws NotStartedException {
        String name = new String(arguments.get(0), UTF_8);
        if (name.indexOf('/') >= 0) {
            return Path.of(name);
        }
        for (String folder :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw new NotStartedException(ENOENT);
    }

    /** Java's sockets, for one, are passed on to what is executed. */
    private static void closeForChildren() {
        String[] open = new File("/proc/self/fd").list();
        for (String name : open == null ? new String[0] : open) {
            int descriptor = Integer.parseInt(name);
            if (descriptor > 2) {
                try {
                    CLibrary.fcntl(descriptor, CLibrary.F_SETFD, CLibrary.FD_CLOEXEC);
                } catch (LastErrorException e) {
                    // The one that the folder was read with.
                }
            }
        }
    }

    /** A {@code char *[]} with a null at its end. */
    private static final class Strings {
        private final Memory bytes;
        private final Memory pointers;

        Strings(List<byte[]> strings) {
            long size = 1;
            for (byte[] string : strings) {
                size += string.length + 1L;
            }
            bytes = new Memory(size);
            pointers = new Memory((strings.size() + 1L) * Long.BYTES);
            long at = 0;
            for (int i = 0; i < strings.size(); i++) {
                byte[] string = strings.get(i);
                bytes.write(at, string, 0, string.length);
                bytes.setByte(at + string.length, (byte) 0);
                pointers.setPointer((long) i * Long.BYTES, bytes.share(at));
                at += string.length + 1L;
            }
            pointers.setLong((long) strings.size() * Long.BYTES, 0);
        }

        Pointer first() {
            return pointers.getPointer(0);
        }
    }
}
