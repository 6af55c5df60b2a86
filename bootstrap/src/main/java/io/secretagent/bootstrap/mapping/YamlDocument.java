package io.secretagent.bootstrap.mapping;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The mapping's nodes with their places. Objects are never constructed, so no tag can load a class, and scalars keep
 * their text: {@code 1.10} and {@code off} are what the user wrote.
 */
final class YamlDocument {

    /** Null after a problem was reported. SnakeYAML's own messages quote the file, which may hold a pasted secret. */
    static @Nullable Node compose(String text, Problems problems) {
        try {
            LoaderOptions options = options();
            Node root = new Composer(new ParserImpl(new StreamReader(text), options), new RawText(), options)
                    .getSingleNode();
            if (root == null) {
                problems.error(problems.start(), "the mapping is empty", "give it backends and secrets");
            }
            return root;
        } catch (MarkedYAMLException e) {
            SyntaxGist gist = SyntaxGist.of(String.valueOf(e.getContext()), String.valueOf(e.getProblem()));
            problems.error(
                    e.getProblemMark() == null ? problems.start() : problems.place(e.getProblemMark()),
                    gist.what(),
                    gist.mend());
        } catch (YAMLException e) {
            SyntaxGist gist = SyntaxGist.of("", String.valueOf(e.getMessage()));
            problems.error(problems.start(), gist.what(), gist.mend());
        }
        return null;
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(50);
        options.setCodePointLimit(YamlSource.MAX_BYTES);
        return options;
    }

    /** Resolves plain scalars to text whatever they look like. */
    private static final class RawText extends Resolver {
        @Override
        protected void addImplicitResolvers() {}

        @Override
        public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {}

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return switch (kind) {
                case mapping -> Tag.MAP;
                case sequence -> Tag.SEQ;
                default -> Tag.STR;
            };
        }
    }

    private YamlDocument() {}
}
