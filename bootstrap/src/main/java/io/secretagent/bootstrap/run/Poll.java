package io.secretagent.bootstrap.run;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;

/** Descriptors that one thread waits for at once. */
final class Poll {
    /** Of a {@code struct pollfd}: a descriptor, what is asked and what is so. */
    private static final int POLLFD = 8;

    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final Memory descriptors;

    Poll(int count) {
        descriptors = new Memory((long) count * POLLFD);
        descriptors.clear();
    }

    /** Watches a descriptor for this. */
    void watch(int at, int descriptor, short events) {
        descriptors.setInt((long) at * POLLFD, descriptor);
        descriptors.setShort((long) at * POLLFD + EVENTS, events);
    }

    /** Waits until something is so, or for so long; -1 is for ever. */
    void await(int milliseconds) {
        while (true) {
            try {
                CLibrary.poll(descriptors, descriptors.size() / POLLFD, milliseconds);
                return;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != CLibrary.EINTR) {
                    throw e;
                }
            }
        }
    }

    /** What is so of it, or 0. */
    short is(int at) {
        return descriptors.getShort((long) at * POLLFD + REVENTS);
    }
}
