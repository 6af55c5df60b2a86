package io.secretagent.refresh;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the helper was asked and has not answered yet. Many threads may ask. */
final class Answers {
    private final Map<Integer, CountDownLatch> open = new HashMap<>();
    private int last;

    /** The number of a new question. */
    synchronized int ask() {
        open.put(++last, new CountDownLatch(1));
        return last;
    }

    /** Waits for the answer; it is forgotten if it does not come in time. */
    void await(int number, long millis) {
        CountDownLatch answer;
        synchronized (this) {
            answer = open.get(number);
        }
        try {
            if (answer != null) {
                answer.await(millis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        take(number);
    }

    /** It has come. */
    synchronized void take(int number) {
        CountDownLatch answer = open.remove(number);
        if (answer != null) {
            answer.countDown();
        }
    }

    /** None will come: the helper is gone. */
    synchronized void giveUp() {
        for (CountDownLatch answer : open.values()) {
            answer.countDown();
        }
        open.clear();
    }
}
