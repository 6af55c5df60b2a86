package io.secretagent.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.mask.Masker;
import io.secretagent.mask.MaskingStream;
import io.secretagent.mask.Pauses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time to mask 64 KiB of log lines, of which 32 MiB are walked through: more than the processor's caches hold. The
 * masker is given the secrets and makes their variants itself; the other engines are given five forms of each.
 * A gigabyte a second is 65.5 us.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Without its last two a row that allocates mostly measures how the system first gives the heap its pages.
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g", "-Xms1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 4, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class MaskingBenchmark {
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 512;
    private static final String[] WORDS = {
        "request", "served", "in", "ms", "user", "order", "GET", "/api/v1/items", "status=200", "connection", "pool",
        "acquired", "from", "the", "cache", "with", "key", "retry", "timeout", "thread", "customer", "größe", "価格"
    };

    @Param({"1", "10", "100", "1000"})
    int secrets;

    /** The share of lines with a secret. */
    @Param({"0", "0.001", "0.05"})
    double hits;

    private final byte[][] chunks = new byte[CHUNKS][];
    private final String[][] lines = new String[CHUNKS][];
    private final byte[][][] lineBytes = new byte[CHUNKS][][];
    private final byte[] copy = new byte[CHUNK + 1024];
    private final List<String> forms = new ArrayList<>();
    private final Masker masker = new Masker();
    private MaskingStream stream = new MaskingStream(OutputStream.nullOutputStream(), masker, new Pauses());
    private int turn;

    @Setup
    public void setUp() throws IOException {
        Random random = new Random(42);
        for (String secret : Secrets.make(secrets)) {
            byte[] bytes = secret.getBytes(UTF_8);
            masker.add("secret", secret);
            forms.add(secret);
            forms.add(secret.replace("\"", "&quot;") + ";");
            forms.add(URLEncoder.encode(secret, UTF_8) + "&");
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            forms.add(HexFormat.of().formatHex(bytes));
        }
        for (int i = 0; i < CHUNKS; i++) {
            chunk(i, random);
        }
        stream = new MaskingStream(OutputStream.nullOutputStream(), masker, new Pauses());
        check();
        warmUp();
    }

    /**
     * What a line with a secret takes is measured as it is after some thousands of them, which of 0.1 % would take minutes:
     * so all rows first mask lines each of which has one.
     */
    private void warmUp() throws IOException {
        for (int round = 0; round < 20_000 / forms.size() + 1; round++) {
            for (String form : forms) {
                String line = "2026-11-05T12:34:56.789 INFO request served with key " + form + "\n";
                byte[] bytes = line.getBytes(UTF_8);
                masker.mask(line);
                masker.mask(bytes);
                stream.write(bytes, 0, bytes.length);
                stream.write(chunks[next()], 0, CHUNK / 8);
                stream.flush();
            }
        }
    }

    /** A row that masks nothing would be quick. */
    private void check() throws IOException {
        for (String form : forms) {
            String text = "before " + form + " after\n";
            ByteArrayOutputStream streamed = new ByteArrayOutputStream();
            try (MaskingStream out = new MaskingStream(streamed, masker, new Pauses())) {
                out.write(text.getBytes(UTF_8));
            }
            check(form, masker.mask(text));
            check(form, new String(masker.mask(text.getBytes(UTF_8)), UTF_8));
            check(form, streamed.toString(UTF_8));
        }
    }

    static void check(String form, String masked) {
        if (masked.contains(form) || !masked.startsWith("before ***") || !masked.endsWith(" after\n")) {
            throw new IllegalStateException("a row does not mask");
        }
    }

    List<String> forms() {
        return forms;
    }

    private void chunk(int at, Random random) {
        StringBuilder all = new StringBuilder();
        List<String> made = new ArrayList<>();
        while (all.length() < CHUNK) {
            StringBuilder line = new StringBuilder("2026-11-05T12:34:56.").append(random.nextInt(1000)).append(" INFO ");
            int words = 12 + random.nextInt(24);
            boolean latin = random.nextInt(10) != 0;
            for (int word = 0; word < words; word++) {
                line.append(WORDS[random.nextInt(latin ? WORDS.length - 2 : WORDS.length)]).append(' ');
            }
            if (random.nextDouble() < hits) {
                line.append(forms.get(random.nextInt(forms.size())));
            }
            made.add(line.append('\n').toString());
            all.append(line);
        }
        chunks[at] = all.toString().getBytes(UTF_8);
        lines[at] = made.toArray(new String[0]);
        lineBytes[at] = new byte[made.size()][];
        for (int i = 0; i < made.size(); i++) {
            lineBytes[at][i] = made.get(i).getBytes(UTF_8);
        }
    }

    private int next() {
        turn = (turn + 1) % CHUNKS;
        return turn;
    }

    @Benchmark
    public byte[] arraycopy() {
        byte[] chunk = chunks[next()];
        System.arraycopy(chunk, 0, copy, 0, Math.min(chunk.length, copy.length));
        return copy;
    }

    @Benchmark
    public byte[] bytes() {
        return masker.mask(chunks[next()]);
    }

    @Benchmark
    public void bytesOfALine(Blackhole hole) {
        for (byte[] line : lineBytes[next()]) {
            hole.consume(masker.mask(line));
        }
    }

    @Benchmark
    public void string(Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(masker.mask(line));
        }
    }

    /** In writes of 8 KiB. */
    @Benchmark
    public void stream() throws IOException {
        byte[] chunk = chunks[next()];
        for (int at = 0; at < chunk.length; at += 8192) {
            stream.write(chunk, at, Math.min(8192, chunk.length - at));
        }
        stream.flush();
    }

    @Benchmark
    public void stringReplace(Peers peers, Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(peers.replaceOneByOne(line));
        }
    }

    @Benchmark
    public void regex(Peers peers, Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(peers.replaceByRegex(line));
        }
    }

    /** {@code org.ahocorasick:ahocorasick}. */
    @Benchmark
    public void trie(Peers peers, Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(peers.replaceByTrie(line));
        }
    }

    /** {@code com.hankcs:aho-corasick-double-array-trie}. */
    @Benchmark
    public void doubleArrayTrie(Peers peers, Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(peers.replaceByDoubleArray(line));
        }
    }
}
