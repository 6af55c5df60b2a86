package io.secretagent.sink;

import io.secretagent.mask.Masker;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exception as an appender may see it: it reads as the one in its place does, with masks. */
final class MaskedThrowable extends Throwable {
    private static final long serialVersionUID = 1L;

    private final String text;

    private MaskedThrowable(@Nullable String message, @Nullable Throwable cause, String text) {
        super(message, cause, true, true);
        this.text = text;
    }

    /** The exception itself if neither it nor what it was caused by has anything to mask. */
    static Throwable of(Throwable thrown, Masker masker) {
        return isClean(thrown, masker, seen()) ? thrown : copy(thrown, masker, seen());
    }

    private static boolean isClean(Throwable thrown, Masker masker, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return true;
        }
        if (!isClean(text(thrown), masker) || !isClean(message(thrown), masker)) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isClean(suppressed, masker, seen)) {
                return false;
            }
        }
        return thrown.getCause() == null || isClean(thrown.getCause(), masker, seen);
    }

    private static boolean isClean(@Nullable String text, Masker masker) {
        return text == null || masker.mask(text).equals(text);
    }

    private static Throwable copy(Throwable thrown, Masker masker, Set<Throwable> seen) {
        seen.add(thrown);
        Throwable cause = thrown.getCause();
        String message = message(thrown);
        Throwable copy = new MaskedThrowable(
                message == null ? null : masker.mask(message),
                cause == null || seen.contains(cause) ? null : copy(cause, masker, seen),
                masker.mask(text(thrown)));
        copy.setStackTrace(thrown.getStackTrace());
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, masker, seen));
            }
        }
        return copy;
    }

    /** Some fail when they are asked, and an appender would not get more. */
    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static String text(Throwable thrown) {
        try {
            return String.valueOf(thrown);
        } catch (RuntimeException e) {
            return thrown.getClass().getName();
        }
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the class that it stands for names itself
    public String toString() {
        return text;
    }
}
