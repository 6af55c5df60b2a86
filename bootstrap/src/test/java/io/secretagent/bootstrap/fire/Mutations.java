package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What happens to a mapping on its way: an editor's, a template's, a merge's, an attacker's doing. */
final class Mutations {
    private static final String[] INSERTED = {
        "\t",
        "\r\n",
        "\u0000",
        "\ufeff",
        "\u2028",
        "\u0085",
        "😀",
        "\u001b[31m",
        "${",
        "${A:-",
        "$${",
        "{{",
        "~",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "&a ",
        "*a",
        "*b",
        "<<: *a\n",
        "<<: ",
        "? ",
        ": ",
        "- ",
        "| ",
        ">-\n",
        "'",
        "\"",
        "#",
        "@",
        "`",
        "!",
        "!!",
        "!!binary ",
        "!!set ",
        "!!omap ",
        "!!timestamp ",
        "!!float ",
        "!local ",
        "!!javax.script.ScriptEngineManager [",
        "!!io.secretagent.bootstrap.fire.LoadedByATag [x]",
        "!<tag:yaml.org,2002:io.secretagent.bootstrap.fire.LoadedByATag> [x]",
        "null",
        "true",
        "1e999",
        "0x7f",
        "-.inf",
        "[]",
        "{}",
        "[[",
        "}}",
        "backends: ",
        "secrets: ",
        "timeout: ",
        "refresh: 1s\n"
    };
    private static final String[] VALUES = {
        "",
        "~",
        "null",
        "true",
        "12345678901234567890",
        "1.5",
        "[]",
        "{}",
        "[a, b]",
        "{a: b}",
        "\"\"",
        "'x'",
        "|\n  x",
        "😀",
        "*a",
        "&a x",
        "!!int x",
        "!!io.secretagent.bootstrap.fire.LoadedByATag [x]",
        "${HOME}",
        "${",
        "${A:-${B}}",
        "-1s",
        "99999999999d"
    };
    private static final int MOST_DEPTH = 10_000;
    private static final int MANY = 20_000;

    private final Random random;
    private final List<String> seeds;

    Mutations(List<String> seeds, long seed) {
        this.seeds = seeds;
        this.random = new Random(seed);
    }

    /** A mapping to which one to four of these things have happened. */
    byte[] next() {
        String text = one(seeds);
        for (int i = random.nextInt(4); i >= 0; i--) {
            text = mutated(text);
        }
        return encoded(text);
    }

    private String mutated(String text) {
        return switch (random.nextInt(14)) {
            case 0 -> at(text, 0, one(INSERTED));
            case 1 -> at(text, random.nextInt(20), one(INSERTED));
            case 2 -> at(text, random.nextInt(200), "");
            case 3 -> at(text, 1, Character.toString(random.nextInt(Character.MAX_CODE_POINT)));
            case 4, 5 -> value(text, one(VALUES));
            case 6 -> lines(text, lines -> lines.add(random.nextInt(lines.size()), one(lines)));
            case 7 -> lines(text, lines -> lines.remove(random.nextInt(lines.size())));
            case 8 ->
                lines(
                        text,
                        lines -> Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size())));
            case 9 -> lines(text, lines -> lines.replaceAll(line -> random.nextInt(6) == 0 ? "  " + line : line));
            case 10 -> text + "\n" + one(seeds);
            case 11 ->
                value(text, one(new String[] {"[", "{a: ", "- ", "? ", "[{b: "}).repeat(random.nextInt(MOST_DEPTH)));
            case 12 -> value(text, bomb());
            default -> value(text, "x".repeat(random.nextInt(MANY)));
        };
    }

    /** Each alias is ten of the one before. */
    private static String bomb() {
        StringBuilder bomb = new StringBuilder("{a0: &a0 x");
        for (int i = 1; i < 12; i++) {
            bomb.append(", a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(", ", Collections.nCopies(10, "*a" + (i - 1))))
                    .append(']');
        }
        return bomb.append('}').toString();
    }

    private byte[] encoded(String text) {
        String written = random.nextInt(12) == 0 ? text.replace("\n", random.nextBoolean() ? "\r\n" : "\r") : text;
        if (random.nextInt(25) == 0) {
            Charset charset = random.nextBoolean() ? UTF_16LE : UTF_16BE;
            return (random.nextBoolean() ? "\ufeff" + written : written).getBytes(charset);
        }
        byte[] bytes = written.getBytes(UTF_8);
        if (random.nextInt(8) == 0 && bytes.length > 0) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private String at(String text, int removed, String inserted) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + inserted + text.substring(Math.min(text.length(), at + removed));
    }

    /** What comes after some colon of the text. */
    private String value(String text, String value) {
        List<Integer> colons = new ArrayList<>();
        for (int i = text.indexOf(": "); i >= 0; i = text.indexOf(": ", i + 1)) {
            colons.add(i + 2);
        }
        if (colons.isEmpty()) {
            return text + value;
        }
        int from = colons.get(random.nextInt(colons.size()));
        int to = from;
        while (to < text.length() && "\n,}".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return text.substring(0, from) + value + text.substring(to);
    }

    @FunctionalInterface
    private interface Change {
        void to(List<String> lines);
    }

    private static String lines(String text, Change change) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return text;
        }
        change.to(lines);
        return String.join("\n", lines);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String one(String[] all) {
        return all[random.nextInt(all.length)];
    }
}
