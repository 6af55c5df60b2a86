package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MaskingStreamTest {
    private final Masker masker = new Masker();
    private final Pauses pauses = new Pauses();
    private final Written written = new Written();
    private final MaskingStream stream = new MaskingStream(written, masker, pauses);
    private final PrintStream print = new PrintStream(stream, true, UTF_8);

    MaskingStreamTest() {
        masker.add("key", "aab-canary-secret");
    }

    @Test
    void aWriteThatEndsWithinAValueFallsBackRightly() throws IOException {
        print.print("aa");
        print.print("ab-canary-secret\n");

        // A matcher that starts over would have let the value through.
        assertThat(written.take("a***\n")).isEqualTo("a***\n");
    }

    @Test
    void flushingHoldsOnlyWhatCouldBeAValue() throws IOException {
        print.print("0123aab-canary");

        assertThat(written.now()).isEqualTo("0123");
    }

    @Test
    void aPromptAppearsAfterAPause() throws Exception {
        print.print("Passphrase aab");

        assertThat(written.take("Passphrase aab")).isEqualTo("Passphrase aab");
    }

    @Test
    void theBeginningOfAValueGoesOutAsAMaskAfterAPauseAndTheRestOfItWithIt() {
        print.print("key aab-canary");
        assertThat(written.take("key ***")).isEqualTo("key ***");

        print.print("-secret.\n");
        assertThat(written.take("key ***.\n")).isEqualTo("key ***.\n");
    }

    @Test
    void afterAShortBeginningTheRestOfAValueIsMasked() {
        print.print("key aab");
        assertThat(written.take("key aab")).isEqualTo("key aab");

        print.print("-canary-secret.\n");
        assertThat(written.take("key aab***.\n")).isEqualTo("key aab***.\n");
    }

    @Test
    void aPieceFromWithinAValueGoesOutAsAMaskAfterAPauseAndTheRestOfItWithIt() {
        masker.add("long", "canary-0815-Xk7Qz9wLm4pTb2Vn6Rs8");
        print.print("cut Xk7Qz9wLm4");
        assertThat(written.take("cut ***")).isEqualTo("cut ***");

        print.print("pTb2Vn6Rs8.\n");
        assertThat(written.take("cut ***.\n")).isEqualTo("cut ***.\n");
    }

    @Test
    void afterAShortPieceFromWithinAValueTheRestIsMasked() {
        masker.add("long", "canary-0815-Xk7Qz9wLm4pTb2Vn6Rs8");
        print.print("cut Xk7Qz");
        assertThat(written.take("cut Xk7Qz")).isEqualTo("cut Xk7Qz");

        print.print("9wLm4pTb2Vn6Rs8.\n");
        assertThat(written.take("cut Xk7Qz***.\n")).isEqualTo("cut Xk7Qz***.\n");
    }

    @Test
    void whatFollowsAValueIsShownAfterAPauseThoughItMayBelongToALongerForm() throws IOException {
        masker.add("percent", "aab-canary-0815-50%");
        // Which a URL writes as %25.
        print.print("aab-canary-0815-50%2");
        stream.release();
        print.print("4 of it\n");

        assertThat(written.now()).isEqualTo("***24 of it\n");
    }

    @Test
    void afterBytesWereShownSinceAMaskTheRestOfAValueIsAMaskOfItsOwn() throws IOException {
        masker.add("one", "bbabaabaaaababab");
        masker.add("twice", "bbabaabaaaababab".repeat(2));
        masker.add("short", "bbbbbbba");
        print.print("bbabaabaaaababab|b");
        stream.release();
        print.print("bbbbbb");
        stream.release();
        print.print("abb\n");

        // Without a mask the bytes on both sides of it would be read as the value.
        assertThat(written.now()).isEqualTo("***|bbbbbbb***bb\n");
    }

    @Test
    void whatIsReleasedIsOutAlthoughTheThreadThatWaitsForPausesIsAtIt() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            // Each has a thread of its own, which has its first look at what is held as it starts.
            Written out = new Written();
            try (MaskingStream one = new MaskingStream(out, masker, new Pauses())) {
                one.write("held aab".getBytes(UTF_8));
                one.release();
                assertThat(out.now()).isEqualTo("held aab");
            }
        }
    }

    @Test
    void aReaderWhoDoesNotReadHoldsNobodyUpWhoReleases() throws Exception {
        CountDownLatch inWrite = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) {
                inWrite.countDown();
                try {
                    read.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        MaskingStream blocked = new MaskingStream(full, masker, pauses);
        Thread writer = new Thread(() -> new PrintStream(blocked, true, UTF_8).println("x"));
        writer.start();
        inWrite.await();
        Thread.currentThread().interrupt();
        blocked.release();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read.getCount()).isOne();
        read.countDown();
        writer.join();
    }

    @Test
    void aPromptOfWordsThatAreInValuesNeverBecomesAMask() {
        masker.add("phrase", "Enter the password of the key: now");
        print.print("Enter password: ");
        assertThat(written.take("Enter password: ")).isEqualTo("Enter password: ");

        print.print("x\n");
        assertThat(written.take("Enter password: x\n")).isEqualTo("Enter password: x\n");
    }

    @Test
    void aLineIsNotHeld() throws IOException {
        masker.add("long", "canary-0815-Xk7Qz9wLm4pTb2Vn6Rs8");
        print.print("canary-0815-Xk7\n");

        assertThat(written.now()).isEqualTo("canary-0815-Xk7\n");
    }

    @Test
    void aTokenIsOverWhenTheWriterPauses() {
        masker.add("pin", "4711x");
        print.print("pin 4711x");

        assertThat(written.take("pin ***")).isEqualTo("pin ***");
    }

    @Test
    void theThreadEndsWhenNothingIsHeld() {
        assertThat(pauses.running()).isFalse();
        print.print("aab");
        assertThat(pauses.running()).isTrue();
        written.take("aab");

        while (pauses.running()) {
            Thread.onSpinWait();
        }
        print.print("aab");
        assertThat(written.take("aabaab")).isEqualTo("aabaab");
    }

    @Test
    void aValueThatIsAddedBetweenTwoWritesIsMaskedFromThere() {
        print.print("aab-can");
        masker.add("other", "canary-other");
        print.print("ary-secret canary-other\n");

        assertThat(written.take("*** ***\n")).isEqualTo("*** ***\n");
    }

    @Test
    void closingLetsTheRestOut() throws IOException {
        print.print("key aab-canary");
        stream.close();

        assertThat(written.now()).isEqualTo("key aab-canary");
    }

    @Test
    void nothingIsHeldOnceTheJvmEnds() throws IOException {
        print.print("key aab");
        stream.end();
        assertThat(written.now()).isEqualTo("key aab");

        print.print("-canary");
        assertThat(written.now()).isEqualTo("key aab***");
        assertThat(pauses.running() && stream.releaseIfPaused() > 0).isFalse();
    }

    @Test
    void passesEveryByteWhenToldTo() throws IOException {
        print.print("aab-canary");
        stream.pass();
        print.print("-secret");

        assertThat(written.now()).isEqualTo("aab-canary-secret");
    }

    /** What has been written, and a way to wait for it. */
    private static final class Written extends OutputStream {
        private final BlockingQueue<byte[]> writes = new LinkedBlockingQueue<>();
        private final StringBuilder all = new StringBuilder();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.add(new String(bytes, offset, length, UTF_8).getBytes(UTF_8));
        }

        String now() {
            for (byte[] next = writes.poll(); next != null; next = writes.poll()) {
                all.append(new String(next, UTF_8));
            }
            return all.toString();
        }

        /** Everything so far, as soon as it is as long as what is expected. */
        String take(String expected) {
            try {
                while (now().length() < expected.length()) {
                    byte[] next = writes.poll(20, TimeUnit.SECONDS);
                    if (next == null) {
                        return all.toString();
                    }
                    all.append(new String(next, UTF_8));
                }
                return all.toString();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
