package io.secretagent.bootstrap.mapping;

import io.secretagent.bootstrap.mapping.Mapping.Mask;
import io.secretagent.bootstrap.mapping.Mapping.Options;
import io.secretagent.bootstrap.mapping.Mapping.Startup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the top-level keys beside {@code backends} and {@code secrets}. */
final class OptionsReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MIN_LENGTH = 4;

    private final ObjectReader top;
    private final Path folder;
    private final AuditReader audit;
    private final Problems problems;

    OptionsReader(ObjectReader top, Path folder, AuditReader audit, Problems problems) {
        this.top = top;
        this.folder = folder;
        this.audit = audit;
        this.problems = problems;
    }

    Options read() {
        Duration timeout = top.duration("timeout");
        Duration refresh = top.duration("refresh");
        String startup = top.choice("startup", List.of("wait", "overlap"));
        Mask mask = mask(top.value("mask"));
        String pools = top.choice("pools", List.of("on", "off"));
        List<String> onChange = onChange(top.value("on-change"));
        return new Options(
                timeout == null ? TIMEOUT : timeout,
                refresh,
                "overlap".equals(startup) ? Startup.OVERLAP : Startup.WAIT,
                mask,
                audit.read(top.value("audit")),
                !"off".equals(pools),
                onChange,
                GuardsReader.read(top.value("guards"), false, problems));
    }

    private Mask mask(@Nullable Node node) {
        if (node == null) {
            return new Mask(MIN_LENGTH, "***", true);
        }
        ObjectReader object = new ObjectReader(node, "mask", Grammar.MASK, null, problems);
        String replacement = object.text("replacement");
        if (replacement != null && replacement.chars().anyMatch(Character::isISOControl)) {
            object.wrong("replacement", "has a control character", "write visible characters");
        }
        return new Mask(minLength(object), replacement == null ? "***" : replacement, object.flag("stdout", true));
    }

    private static int minLength(ObjectReader object) {
        String text = object.text("min-length");
        if (text == null) {
            return MIN_LENGTH;
        }
        int length = Scalars.number(text);
        if (length < MIN_LENGTH) {
            object.wrong(
                    "min-length",
                    "is not a number from 4",
                    "it can only be raised above 4: shorter values are everywhere");
            return MIN_LENGTH;
        }
        return length;
    }

    private List<String> onChange(@Nullable Node node) {
        List<String> words = new ArrayList<>();
        if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
            for (Node word : list.getValue()) {
                String text = Scalars.text(word, "on-change", problems);
                if (text != null) {
                    words.add(words.isEmpty() ? command(text) : text);
                }
            }
        } else if (node != null) {
            problems.error(node, "on-change is not a list of words", "write on-change: [COMMAND, ARGUMENT]");
        }
        return words;
    }

    /** A path is relative to the mapping, as all in it are; a name is looked for where commands are. */
    private String command(String text) {
        return text.indexOf('/') < 0 ? text : folder.resolve(text).normalize().toString();
    }
}
