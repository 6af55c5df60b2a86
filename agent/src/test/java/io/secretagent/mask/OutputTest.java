package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final String VALUE = "canary-0815-Xk7Qz9wLm4pTb2Vn6Rs8";

    private final Masker masker = new Masker();

    @Test
    void aLongRangeGoesOutBetweenWhatIsInFrontOfItAndBehind() throws IOException {
        byte[] range = clean(1 << 16);
        for (int length : new int[] {10, 4096, 4097, 40_000}) {
            Output taken = new Output();
            Output written = new Output();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (Output output : List.of(taken, written)) {
                output.mayLend(range);
                output.add(range, 0, 3);
                output.pass(range, 3, length);
                output.add(range, 3 + length, 5);
                output.pass(range, 8 + length, 5000);
                assertThat(output.length()).isEqualTo(length + 5008);
            }
            written.writeTo(out);

            assertThat(taken.take()).isEqualTo(Arrays.copyOf(range, length + 5008));
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(range, length + 5008));
            assertThat(taken.length() + written.length()).isZero();
        }
    }

    @Test
    void aLongCleanWriteGoesOnAsTheArrayItIs() throws IOException {
        masker.add("value", VALUE);
        List<byte[]> arrays = new ArrayList<>();
        byte[] bytes = clean(8192);
        bytes[8191] = '\n';
        try (MaskingStream stream = new MaskingStream(to(arrays), masker, new Pauses())) {
            stream.write(bytes);

            assertThat(arrays).hasSize(1);
            assertThat(arrays.get(0)).isSameAs(bytes);
        }
    }

    @Test
    void anArrayMayBeChangedAfterTheWrite() throws IOException {
        masker.add("value", VALUE);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] text = textWithValues(random);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (MaskingStream stream = new MaskingStream(out, masker, new Pauses())) {
                byte[] buffer = new byte[1 << 16];
                for (int at = 0; at < text.length; ) {
                    int length = Math.min(1 + random.nextInt(1 << (4 + random.nextInt(13))), text.length - at);
                    System.arraycopy(text, at, buffer, 0, length);
                    stream.write(buffer, 0, length);
                    Arrays.fill(buffer, (byte) '!');
                    at += length;
                }
            }

            assertThat(out.toByteArray()).as("seed %d", seed).isEqualTo(masker.mask(text));
        }
    }

    @Test
    void whatCouldNotBeWrittenIsNotWrittenLaterFromAChangedArray() throws IOException {
        masker.add("value", VALUE);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream out = new OutputStream() {
            private int writes;

            @Override
            public void write(int b) {
                written.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (writes++ == 0) {
                    throw new IOException("full");
                }
                written.write(bytes, offset, length);
            }
        };
        byte[] buffer = clean(8192);
        buffer[8191] = '\n';
        try (MaskingStream stream = new MaskingStream(out, masker, new Pauses())) {
            assertThatThrownBy(() -> stream.write(buffer)).isInstanceOf(IOException.class);
            Arrays.fill(buffer, (byte) '!');
            stream.write("after\n".getBytes(UTF_8));
        }

        assertThat(written.toString(UTF_8)).isEqualTo("after\n");
    }

    private static byte[] textWithValues(Random random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 200_000) {
            text.append(new String(clean(random.nextInt(1 << (4 + random.nextInt(12)))), UTF_8));
            text.append(VALUE, 0, random.nextInt(4) == 0 ? random.nextInt(VALUE.length()) : VALUE.length());
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] clean(int length) {
        byte[] clean = new byte[length];
        for (int i = 0; i < length; i++) {
            clean[i] = (byte) ('A' + i * 7 % 23);
        }
        return clean;
    }

    private static OutputStream to(List<byte[]> arrays) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                arrays.add(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                arrays.add(bytes);
            }
        };
    }
}
