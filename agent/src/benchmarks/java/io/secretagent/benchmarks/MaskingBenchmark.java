package io.secretagent.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.ahocorasick.trie.Emit;
import org.ahocorasick.trie.Trie;
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
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
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
    private Pattern regex = Pattern.compile("");
    private Trie trie = Trie.builder().build();
    private final AhoCorasickDoubleArrayTrie<String> doubleArray = new AhoCorasickDoubleArrayTrie<>();
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
        Map<String, String> map = new TreeMap<>();
        StringBuilder alternatives = new StringBuilder();
        Trie.TrieBuilder builder = Trie.builder();
        for (String form : forms) {
            map.put(form, form);
            alternatives.append(alternatives.length() == 0 ? "" : "|").append(Pattern.quote(form));
            builder.addKeyword(form);
        }
        stream = new MaskingStream(OutputStream.nullOutputStream(), masker, new Pauses());
        regex = Pattern.compile(alternatives.toString());
        trie = builder.build();
        doubleArray.build(map);
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
            for (String masked : List.of(
                    masker.mask(text),
                    new String(masker.mask(text.getBytes(UTF_8)), UTF_8),
                    streamed.toString(UTF_8),
                    replaceOneByOne(text),
                    replaceByRegex(text),
                    replaceByTrie(text),
                    replaceByDoubleArray(text))) {
                if (masked.contains(form) || !masked.startsWith("before ***") || !masked.endsWith(" after\n")) {
                    throw new IllegalStateException("a row does not mask");
                }
            }
        }
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
    public void stringReplace(Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(replaceOneByOne(line));
        }
    }

    @Benchmark
    public void regex(Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(replaceByRegex(line));
        }
    }

    /** {@code org.ahocorasick:ahocorasick}. */
    @Benchmark
    public void trie(Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(replaceByTrie(line));
        }
    }

    /** {@code com.hankcs:aho-corasick-double-array-trie}. */
    @Benchmark
    public void doubleArrayTrie(Blackhole hole) {
        for (String line : lines[next()]) {
            hole.consume(replaceByDoubleArray(line));
        }
    }

    private String replaceOneByOne(String line) {
        String masked = line;
        for (String form : forms) {
            masked = masked.replace(form, "***");
        }
        return masked;
    }

    private String replaceByRegex(String line) {
        return regex.matcher(line).replaceAll("***");
    }

    private String replaceByTrie(String line) {
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (Emit emit : trie.parseText(line)) {
            if (emit.getStart() >= from) {
                masked.append(line, from, emit.getStart()).append("***");
                from = emit.getEnd() + 1;
            }
        }
        return from == 0 ? line : masked.append(line, from, line.length()).toString();
    }

    private String replaceByDoubleArray(String line) {
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (AhoCorasickDoubleArrayTrie.Hit<String> hit : doubleArray.parseText(line)) {
            if (hit.begin >= from) {
                masked.append(line, from, hit.begin).append("***");
                from = hit.end;
            }
        }
        return from == 0 ? line : masked.append(line, from, line.length()).toString();
    }
}
