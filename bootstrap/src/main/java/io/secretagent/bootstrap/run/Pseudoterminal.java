package io.secretagent.bootstrap.run;

import com.sun.jna.Memory;
import java.util.Arrays;

/** A terminal for a child, in place of a real one that it would have written to, and of its size. */
final class Pseudoterminal implements Outlet {
    private static final int NAME = 64;
    private static final int WINDOW_SIZE = 8;

    private final int ours;
    private final int childs;
    private final String name;
    private final int real;
    private final Memory first = new Memory(RealTerminal.MODES);
    private final Memory size = new Memory(WINDOW_SIZE);
    private final Memory before = new Memory(WINDOW_SIZE);

    /** @param real the descriptor of the real one */
    Pseudoterminal(int real) {
        this.real = real;
        first.clear();
        ours = CLibrary.outOfTheWay(CLibrary.posix_openpt(CLibrary.O_RDWR | CLibrary.O_NOCTTY | CLibrary.O_CLOEXEC));
        CLibrary.grantpt(ours);
        CLibrary.unlockpt(ours);
        Memory text = new Memory(NAME);
        CLibrary.ptsname_r(ours, text, NAME);
        name = text.getString(0);
        childs = CLibrary.outOfTheWay(CLibrary.open(name, CLibrary.O_RDWR | CLibrary.O_NOCTTY | CLibrary.O_CLOEXEC));
        resize();
    }

    @Override
    public int ours() {
        return ours;
    }

    @Override
    public int childs() {
        return childs;
    }

    /** Its file. */
    String name() {
        return name;
    }

    /** Leaves all bytes as they are: the real terminal makes of them what it does. */
    void passAll() {
        Memory modes = new Memory(RealTerminal.MODES);
        CLibrary.tcgetattr(childs, modes);
        CLibrary.cfmakeraw(modes);
        CLibrary.tcsetattr(childs, CLibrary.TCSANOW, modes);
    }

    /** Behaves like the real one, and does what that one does not do from now on. */
    void behaveAs(Memory modes) {
        CLibrary.tcsetattr(childs, CLibrary.TCSANOW, modes);
        CLibrary.tcgetattr(ours, first);
    }

    /** Whether it behaves in another way now. */
    boolean isChanged() {
        Memory now = new Memory(RealTerminal.MODES);
        now.clear();
        CLibrary.tcgetattr(ours, now);
        return !Arrays.equals(now.getByteArray(0, RealTerminal.MODES), first.getByteArray(0, RealTerminal.MODES));
    }

    /** Takes the real one's size; whether that was another, of which the system then tells who is in the foreground. */
    boolean resize() {
        CLibrary.ioctl(ours, CLibrary.TIOCGWINSZ, before);
        CLibrary.ioctl(real, CLibrary.TIOCGWINSZ, size);
        CLibrary.ioctl(ours, CLibrary.TIOCSWINSZ, size);
        return size.getLong(0) != before.getLong(0);
    }
}
