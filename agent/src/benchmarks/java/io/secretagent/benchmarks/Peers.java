package io.secretagent.benchmarks;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ahocorasick.trie.Emit;
import org.ahocorasick.trie.Trie;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The other engines, which only the forks of their own rows make: that takes up to a minute. */
@State(Scope.Benchmark)
public class Peers {
    private List<String> forms = List.of();
    private Pattern regex = Pattern.compile("");
    private Trie trie = Trie.builder().build();
    private final AhoCorasickDoubleArrayTrie<String> doubleArray = new AhoCorasickDoubleArrayTrie<>();

    @Setup
    public void setUp(MaskingBenchmark benchmark) {
        forms = benchmark.forms();
        Map<String, String> map = new TreeMap<>();
        StringBuilder alternatives = new StringBuilder();
        Trie.TrieBuilder builder = Trie.builder();
        for (String form : forms) {
            map.put(form, form);
            alternatives.append(alternatives.length() == 0 ? "" : "|").append(Pattern.quote(form));
            builder.addKeyword(form);
        }
        regex = Pattern.compile(alternatives.toString());
        trie = builder.build();
        doubleArray.build(map);
        for (String form : forms) {
            String text = "before " + form + " after\n";
            MaskingBenchmark.check(form, replaceOneByOne(text));
            MaskingBenchmark.check(form, replaceByRegex(text));
            MaskingBenchmark.check(form, replaceByTrie(text));
            MaskingBenchmark.check(form, replaceByDoubleArray(text));
        }
    }

    String replaceOneByOne(String line) {
        String masked = line;
        for (String form : forms) {
            masked = masked.replace(form, "***");
        }
        return masked;
    }

    String replaceByRegex(String line) {
        return regex.matcher(line).replaceAll("***");
    }

    String replaceByTrie(String line) {
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

    String replaceByDoubleArray(String line) {
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
