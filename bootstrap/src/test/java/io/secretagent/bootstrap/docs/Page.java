package io.secretagent.bootstrap.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown file of the repository. */
record Page(Path file, List<String> lines) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    /** Code that stands by itself: fenced, with its language, or indented, with none. */
    record Block(int line, String language, List<String> lines) {
        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    static List<Page> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page read(Path file) {
        try {
            return new Page(file, Files.readAllLines(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            int start = at;
            List<String> code = new ArrayList<>();
            if (line.strip().startsWith("```")) {
                int indent = line.indexOf('`');
                for (at++; !lines.get(at).strip().equals("```"); at++) {
                    String inside = lines.get(at);
                    code.add(inside.substring(Math.min(indent, inside.length())));
                }
                blocks.add(new Block(start + 1, line.strip().substring(3), code));
            } else if (isIndented(line) && (at == 0 || lines.get(at - 1).isBlank())) {
                for (;
                        at < lines.size()
                                && (isIndented(lines.get(at)) || lines.get(at).isBlank());
                        at++) {
                    code.add(lines.get(at).strip());
                }
                at--;
                blocks.add(new Block(
                        start + 1,
                        "",
                        code.stream().filter(text -> !text.isEmpty()).toList()));
            }
        }
        return blocks;
    }

    /** The targets of links outside of code. */
    List<String> links() {
        return prose().stream()
                .flatMap(line -> LINK.matcher(SPAN.matcher(line).replaceAll("")).results())
                .map(link -> link.group(1))
                .toList();
    }

    /** Code within sentences, and in tables. */
    List<String> spans() {
        return prose().stream()
                .flatMap(line -> SPAN.matcher(line).results().map(MatchResult::group))
                .map(span -> span.substring(1, span.length() - 1))
                .toList();
    }

    /** The names of headings, as links give them after a hash. */
    List<String> anchors() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The lines outside of fenced code. */
    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (!fenced) {
                prose.add(line);
            }
        }
        return prose;
    }

    private static boolean isIndented(String line) {
        return line.startsWith("    ") && !line.isBlank();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
