package io.secretagent.bootstrap.command.draft;

import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import io.secretagent.bootstrap.mapping.Problem;
import io.secretagent.bootstrap.mapping.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A commented mapping of a store's names, which the parser takes as it is. */
public final class Draft {
    /** One problem may hide another. */
    private static final int MOST_ATTEMPTS = 4;

    private static final int MOST_COMMENTED = 200;

    private final Backend backend;
    private final List<Proposal> proposals;
    private final SortedMap<String, String> leftOut;
    private final Form form;

    /**
     * The store that the names are of.
     *
     * @param name in the mapping
     * @param settings by their keys, type first
     * @param auth its login, as YAML, or null
     * @param remarks what else its owner may set
     */
    public record Backend(
            String name,
            Map<String, String> settings,
            @Nullable String auth,
            List<String> remarks) {
        /** {@code backends:} of a mapping. */
        public String text() {
            StringBuilder text = new StringBuilder("backends:\n  " + name + ":\n");
            settings.forEach((key, value) -> text.append("    " + key + ": " + Yaml.scalar(value) + "\n"));
            if (auth != null) {
                text.append("    auth: " + auth + "\n");
            }
            remarks.forEach(remark -> text.append("    # " + remark + "\n"));
            return text.toString();
        }
    }

    /**
     * How it is written.
     *
     * @param file where it is going to be
     * @param head comment lines before everything else
     * @param variables whether env: is active, or a comment
     */
    public record Form(Path file, List<String> head, boolean variables) {}

    /** Proposes an entry for each name. */
    public static Draft of(
            Backend backend,
            Prefix prefix,
            SortedMap<String, Described.Known> names,
            Map<String, Keys> keys,
            SortedMap<String, String> leftOut,
            Form form) {
        SortedMap<String, String> out = new TreeMap<>(leftOut);
        String type = String.valueOf(backend.settings().get("type"));
        return new Draft(backend, Proposals.of(type, prefix, names, keys, out), out, form);
    }

    private Draft(Backend backend, List<Proposal> proposals, SortedMap<String, String> leftOut, Form form) {
        this.backend = backend;
        this.proposals = new ArrayList<>(proposals);
        this.leftOut = leftOut;
        this.form = form;
    }

    /** How many secrets it maps. */
    public int size() {
        return proposals.size();
    }

    /** What it does not map, each with the reason. */
    public SortedMap<String, String> leftOut() {
        return leftOut;
    }

    /**
     * Leaves out what the parser does not take: it alone knows what looks like a pasted secret, say.
     *
     * @throws InvalidMappingException if it does not take the rest either, such as more than a mapping may have
     */
    public Mapping check(MappingParser parser) throws InvalidMappingException {
        for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return parser.parse(form.file(), text());
            } catch (InvalidMappingException e) {
                leaveOut(e.problems());
            }
        }
        return parser.parse(form.file(), text());
    }

    private void leaveOut(List<Problem> problems) {
        NavigableMap<Integer, Proposal> lines = new TreeMap<>();
        write(lines);
        Set<Proposal> wrong = new HashSet<>();
        for (Problem problem : problems) {
            Map.Entry<Integer, Proposal> at = lines.floorEntry(problem.place().line());
            if (problem.severity() == Problem.Severity.ERROR && at != null && wrong.add(at.getValue())) {
                leftOut.put(at.getValue().name(), problem.what());
            }
        }
        proposals.removeAll(wrong);
    }

    /** The mapping. */
    public String text() {
        return write(new TreeMap<>());
    }

    /** Notes the line on which each entry begins. */
    private String write(NavigableMap<Integer, Proposal> lines) {
        Lines text = new Lines();
        form.head().forEach(line -> text.add(("# " + line).stripTrailing()));
        text.add("");
        backend.text().lines().forEach(text::add);
        text.add("");
        text.add("secrets:");
        text.add("  " + backend.name() + ":" + (proposals.isEmpty() ? " {}" : ""));
        for (Proposal proposal : proposals) {
            lines.put(text.count() + 1, proposal);
            write(proposal, text);
        }
        if (!leftOut.isEmpty()) {
            text.add("");
            text.add("# Left out:");
            leftOut.forEach((name, why) -> text.add("#   " + Shown.name(name) + ": " + Yaml.comment(why)));
        }
        return text.toString();
    }

    private void write(Proposal proposal, Lines text) {
        if (proposals.size() > MOST_COMMENTED) {
            text.add(line(proposal));
            return;
        }
        text.add("    " + Yaml.scalar(proposal.name()) + ":"
                + (proposal.remark() == null ? "" : "  # " + Yaml.comment(proposal.remark())));
        text.add("      property: " + Yaml.scalar(proposal.property()));
        if (proposal.base64()) {
            text.add("      encoding: base64  # its value is no text");
        }
        text.add("      " + (form.variables() ? "" : "# ") + "env: " + Yaml.scalar(proposal.variable()));
        text.add("      # rotate: 90d");
        text.add("      # priority: P1");
        text.add("      # provider: https://");
    }

    /** Of thousands, nobody fills in all: each is a line, so that they are no more than a mapping may hold. */
    private String line(Proposal proposal) {
        String property = Yaml.scalar(proposal.property());
        String options = (form.variables() ? ", env: " + Yaml.scalar(proposal.variable()) : "")
                + (proposal.base64() ? ", encoding: base64" : "");
        return "    " + Yaml.scalar(proposal.name()) + ": "
                + (options.isEmpty() ? property : "{property: " + property + options + "}");
    }

    /** Lines that know their number. */
    private static final class Lines {
        private final StringBuilder text = new StringBuilder();
        private int count;

        void add(String line) {
            text.append(line).append('\n');
            count++;
        }

        int count() {
            return count;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
