package io.secretagent.bootstrap.backend;

import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the names of a {@link Listing}. One thread uses it. */
public final class ListedNames {
    /** More than a person looks through; so that no store, and no link in a circle, can go on for ever. */
    public static final int MOST = 5_000;

    private final String prefix;
    private final SortedMap<String, Described.Known> names = new TreeMap<>();
    private final SortedMap<String, String> leftOut = new TreeMap<>();
    private boolean complete = true;

    /** For names that begin with this prefix; others are not taken. */
    public ListedNames(String prefix) {
        this.prefix = prefix;
    }

    /** Takes a name that can be read. */
    public void add(String name, Described.Known told) {
        if (name.startsWith(prefix) && !isFull()) {
            names.put(name, told);
        }
    }

    /** Takes a name that cannot be read. */
    public void leaveOut(String name, String why) {
        if (name.startsWith(prefix) && !isFull()) {
            leftOut.put(name, why);
        }
    }

    /** Whether there may be names below this folder, which ends with a slash. */
    public boolean mayBeBelow(String folder) {
        return folder.startsWith(prefix) || prefix.startsWith(folder);
    }

    /** Whether no more are taken; the listing then says that it is not complete. */
    public boolean isFull() {
        boolean full = names.size() + leftOut.size() >= MOST;
        complete &= !full;
        return full;
    }

    /** Says that something is there that was not looked at. */
    public void cut() {
        complete = false;
    }

    public Listing.Found listing() {
        return new Listing.Found(names, leftOut, complete);
    }
}
