package io.secretagent.pool;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a rewritten driver calls first when it is to connect: with itself, the URL and the properties. It is answered null
 * if it is to go on, and else the connection, in an array, that is to be returned.
 *
 * <p>Nothing of {@code java.sql} is named here: it is loaded when the first driver calls.
 */
public final class DriverConnects implements UnaryOperator<@Nullable Object> {
    private final Passwords passwords;
    /** Set while a driver connects in the place of itself: it, and those that it calls, are to go on. */
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

    private volatile @Nullable Connects connects;

    public DriverConnects(Passwords passwords) {
        this.passwords = passwords;
    }

    @Override
    public @Nullable Object apply(@Nullable Object arguments) {
        if (passwords.versions() == Versions.NONE || inside.get() != null) {
            return null;
        }
        inside.set(Boolean.TRUE);
        try {
            return connects().connect((Object[]) Objects.requireNonNull(arguments));
        } catch (Throwable thrown) {
            DriverConnects.<RuntimeException>throwAsItIs(thrown);
            throw new AssertionError(thrown);
        } finally {
            inside.remove();
        }
    }

    private Connects connects() {
        Connects made = connects;
        if (made == null) {
            synchronized (this) {
                made = connects == null ? new Connects(passwords) : connects;
                connects = made;
            }
        }
        return made;
    }

    /** The driver's method declares what it throws, and a function cannot. */
    @SuppressWarnings("unchecked") // never cast
    private static <E extends Throwable> void throwAsItIs(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
