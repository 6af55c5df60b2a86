package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.File;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Functions of the C library, as its manual has them. An error number is thrown, -1 never returned. */
final class CLibrary {
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ECHILD = 10;

    static final short POLLIN = 1;
    static final short POLLOUT = 4;
    static final short POLLERR = 8;
    static final short POLLHUP = 16;

    static final int O_RDWR = 2;
    static final int O_WRONLY = 1;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x8_0000;

    static final int F_SETFD = 2;
    static final int FD_CLOEXEC = 1;
    static final int F_SETFL = 4;
    static final int F_DUPFD_CLOEXEC = 1030;
    static final int F_SETPIPE_SZ = 1031;

    static final int PR_SET_CHILD_SUBREAPER = 36;
    static final int P_ALL = 0;
    static final int P_PID = 1;
    static final int WEXITED = 4;
    static final int WNOWAIT = 0x0100_0000;

    static final int SA_SIGINFO = 4;
    static final int SA_RESTART = 0x1000_0000;

    static final long TIOCGWINSZ = 0x5413;
    static final long TIOCSWINSZ = 0x5414;
    static final int TCSANOW = 0;

    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;
    static final int LOCK_UN = 8;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int PROT_EXEC = 4;
    static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    /** Below it are descriptors that a child is given by number. */
    private static final int FIRST_OF_OURS = 10;

    static {
        // JNA would unpack its library into a folder that others may share, and cannot where nothing is writable.
        System.setProperty("jna.boot.library.path", shippedLibrary());
        System.setProperty("jna.nounpack", "true");
        System.setProperty("jna.nosys", "true");
        // Without it JNA runs ldconfig to learn where libraries are; the C library is in this process already.
        System.setProperty("jna.platform.library.path", "");
        Native.register(CLibrary.class, NativeLibrary.getProcess());
    }

    static native int kill(int pid, int signal) throws LastErrorException;

    static native int getpgrp();

    static native int pipe2(int[] ends, int flags) throws LastErrorException;

    static native int fcntl(int descriptor, int command, int argument) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int open(String path, int flags) throws LastErrorException;

    static native int flock(int descriptor, int operation) throws LastErrorException;

    static native long read(int descriptor, Pointer buffer, long length) throws LastErrorException;

    static native long write(int descriptor, Pointer buffer, long length) throws LastErrorException;

    static native int poll(Pointer descriptors, long count, int milliseconds) throws LastErrorException;

    static native int sigaction(int signal, @Nullable Pointer action, @Nullable Pointer old) throws LastErrorException;

    static native Pointer mmap(
            @Nullable Pointer at, long length, int protection, int flags, int descriptor, long offset)
            throws LastErrorException;

    static native int mprotect(Pointer at, long length, int protection) throws LastErrorException;

    static native int prctl(int option, long argument) throws LastErrorException;

    static native int waitid(int type, int id, Pointer info, int options) throws LastErrorException;

    static native int isatty(int descriptor);

    static native int posix_openpt(int flags) throws LastErrorException;

    static native int grantpt(int descriptor) throws LastErrorException;

    static native int unlockpt(int descriptor) throws LastErrorException;

    /** Returns an error number. */
    static native int ptsname_r(int descriptor, Pointer name, long length);

    static native int tcgetattr(int descriptor, Pointer modes) throws LastErrorException;

    static native int tcsetattr(int descriptor, int when, Pointer modes) throws LastErrorException;

    static native void cfmakeraw(Pointer modes);

    static native int tcgetpgrp(int descriptor) throws LastErrorException;

    static native int ioctl(int descriptor, long request, Pointer argument) throws LastErrorException;

    // These return an error number.

    static native int posix_spawn(
            Pointer pid, Pointer path, Pointer actions, Pointer attributes, Pointer arguments, Pointer environment);

    static native int posix_spawn_file_actions_init(Pointer actions);

    static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    static native int posix_spawn_file_actions_addopen(
            Pointer actions, int descriptor, String path, int flags, int mode);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    /** A pipe that no child inherits by accident: where it is read, and where it is written. */
    static int[] pipe() {
        int[] ends = new int[2];
        pipe2(ends, O_CLOEXEC);
        return new int[] {outOfTheWay(ends[0]), outOfTheWay(ends[1])};
    }

    /** The same under a number that is nothing to a child. */
    static int outOfTheWay(int descriptor) {
        if (descriptor >= FIRST_OF_OURS) {
            return descriptor;
        }
        int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, FIRST_OF_OURS);
        close(descriptor);
        return moved;
    }

    /** Reads what is there, however often a signal comes between. */
    static int readSome(int descriptor, Memory buffer) {
        while (true) {
            try {
                return (int) read(descriptor, buffer, buffer.size());
            } catch (LastErrorException e) {
                if (e.getErrorCode() != EINTR) {
                    throw e;
                }
            }
        }
    }

    /** Writes all of it. */
    static void writeFully(int descriptor, Memory bytes, long length) {
        long written = 0;
        while (written < length) {
            try {
                written += write(descriptor, bytes.share(written), length - written);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != EINTR) {
                    throw e;
                }
            }
        }
    }

    /** Where the distribution has it: beside the jar, in a folder for each architecture. */
    private static String shippedLibrary() {
        try {
            File jar = new File(CLibrary.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new File(jar.getParentFile(), "native/" + Platform.RESOURCE_PREFIX).getPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("bootstrap.jar cannot tell where it is", e);
        }
    }

    private CLibrary() {}
}
