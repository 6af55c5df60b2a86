package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
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
    static final int ECHILD = 10;

    static final short POLLIN = 1;
    static final short POLLERR = 8;

    static final int F_SETPIPE_SZ = 1031;
    static final int PR_SET_CHILD_SUBREAPER = 36;
    static final int P_ALL = 0;
    static final int WEXITED = 4;
    static final int WNOWAIT = 0x0100_0000;
    static final int O_CLOEXEC = 0x8_0000;
    static final int EFD_CLOEXEC = O_CLOEXEC;
    static final int SIGQUIT = 3;
    static final int SIG_UNBLOCK = 1;
    static final int SA_SIGINFO = 4;
    static final int SA_RESTART = 0x1000_0000;

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

    static native int pipe2(int[] ends, int flags) throws LastErrorException;

    static native int fcntl(int descriptor, int command, int argument) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int dup2(int from, int to) throws LastErrorException;

    static native long read(int descriptor, Pointer buffer, long length) throws LastErrorException;

    static native int poll(Pointer descriptors, long count, int milliseconds) throws LastErrorException;

    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native int sigaction(int signal, Pointer action, @Nullable Pointer old) throws LastErrorException;

    /** Returns an error number. */
    static native int pthread_sigmask(int how, Pointer signals, @Nullable Pointer old);

    static native int prctl(int option, long argument) throws LastErrorException;

    static native int waitid(int type, int id, Pointer info, int options) throws LastErrorException;

    static native int waitpid(int pid, @Nullable Pointer status, int options) throws LastErrorException;

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
