package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.mask.CleanTexts.Text;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A thousand secrets, and text that has none of them: it must come out byte for byte. */
final class CleanLogs {
    private static final int SECRETS = 1000;

    private final List<String> secrets;
    private final Masker masker = new Masker();
    private final Random random;

    CleanLogs(long seed) {
        secrets = new RealisticSecrets(seed, "login.example.com", 1_734_567_891).some(SECRETS);
        random = new Random(seed);
        for (int i = 0; i < secrets.size(); i++) {
            masker.add("secret-" + i, secrets.get(i));
        }
    }

    /** What was masked in a clean text, with what is around it, or null if it came out as it went in. */
    @Nullable String falseMask(Text text) {
        String problem = changed("bytes", text, masker.mask(text.bytes()));
        if (problem == null) {
            problem = changed("stream", text, streamed(text.bytes()));
        }
        if (problem == null) {
            String string = new String(text.bytes(), UTF_8);
            problem = changed(
                    "string",
                    new Text(text.origin(), string.getBytes(UTF_8)),
                    masker.mask(string).getBytes(UTF_8));
        }
        return problem;
    }

    private @Nullable String changed(String way, Text text, byte[] masked) {
        if (Arrays.equals(masked, text.bytes()) || hasSecret(text.bytes())) {
            return null;
        }
        int at = Arrays.mismatch(masked, text.bytes());
        int from = Math.max(0, at - 40);
        // The text is clean, so that it can be shown.
        return text.origin() + " as " + way + " at byte " + at + " of " + text.bytes().length + ": "
                + new String(text.bytes(), from, Math.min(at + 80, text.bytes().length) - from, ISO_8859_1)
                + "\nbecame: " + new String(masked, from, Math.min(at + 40, masked.length) - from, ISO_8859_1);
    }

    private boolean hasSecret(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        return secrets.stream().anyMatch(text::contains);
    }

    private byte[] streamed(byte[] bytes) {
        StreamMasker stream = new StreamMasker(masker.index());
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(1 + random.nextInt(2000), bytes.length - at);
            stream.write(bytes, at, length);
            out.writeBytes(stream.takeOutput());
            at += length;
        }
        stream.finish();
        out.writeBytes(stream.takeOutput());
        return out.toByteArray();
    }

    /**
     * Ends after a pass with a false mask, of which it prints the first twenty.
     *
     * @param args how many seconds, and the first seed if it is not to be by chance
     */
    public static void main(String[] args) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[0]));
        long first = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        long seed = first;
        long bytes = 0;
        List<String> problems = List.of();
        while (System.nanoTime() < end && problems.isEmpty()) {
            CleanLogs logs = new CleanLogs(seed);
            AtomicLong read = new AtomicLong();
            problems = Stream.concat(CleanTexts.generated(seed).stream(), CleanTexts.ofThisMachine(1))
                    .takeWhile(text -> System.nanoTime() < end)
                    .peek(text -> read.addAndGet(text.bytes().length))
                    .map(logs::falseMask)
                    .filter(Objects::nonNull)
                    .limit(20)
                    .toList();
            problems.forEach(System.out::println);
            bytes += read.get();
            seed++;
        }
        System.out.println(bytes / 1_000_000 + " MB, " + (seed - first) + " times " + SECRETS + " secrets from seed "
                + first + ", " + problems.size() + " false masks");
    }
}
