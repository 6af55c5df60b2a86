package io.secretagent.bootstrap.command.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Described;
import io.secretagent.bootstrap.backend.ListedNames;
import io.secretagent.bootstrap.mapping.Entry;
import io.secretagent.bootstrap.mapping.InvalidMappingException;
import io.secretagent.bootstrap.mapping.Mapping;
import io.secretagent.bootstrap.mapping.MappingParser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever names a store has, the parser takes the draft, and every secret in it is one of the store's. */
class AnyDraftTest {
    private static final MappingParser PARSER = new MappingParser(Map.of("ENVIRONMENT", "prod"));
    private static final Set<String> RESERVED = Set.of("java", "javax", "jdk", "sun", "user", "os", "file", "line");

    @Property(tries = 500)
    void whateverTheNamesAreTheParserTakesTheDraft(
            @ForAll("stores") Draft.Backend store,
            @ForAll("names") Set<String> names,
            @ForAll("keys") List<String> keys)
            throws InvalidMappingException {
        Map<String, Keys> told = new HashMap<>();
        names.forEach(name -> told.put(name, name.length() % 2 == 0 ? new Keys.Named(keys) : new Keys.None()));
        for (Map<String, Keys> read : List.of(told, Map.<String, Keys>of())) {
            Draft draft = draft(store, new Prefix("", ""), names, read);
            Mapping mapping = draft.check(PARSER);
            assertThat(draft.size()).isEqualTo(mapping.entries().size());
            for (Entry entry : mapping.entries()) {
                assertThat(names).contains(entry.name().path());
                String property = String.valueOf(entry.injection().property());
                assertThat(RESERVED).doesNotContain(property.replaceFirst("\\..*", ""));
            }
        }
    }

    @Property(tries = 200)
    void ordinaryNamesAreAllMapped(@ForAll("stores") Draft.Backend store, @ForAll("ordinary") Set<String> names)
            throws InvalidMappingException {
        String type = String.valueOf(store.settings().get("type"));
        Draft draft = draft(store, new Prefix("p-${ENVIRONMENT}-", "p-prod-"), names, Map.of());
        Mapping mapping = draft.check(PARSER);
        assertThat(mapping.entries())
                .extracting(entry -> entry.name().path())
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(draft.leftOut()).isEmpty();
        assertThat(mapping.entries()).allMatch(entry -> entry.name().text().endsWith("#*") == type.equals("vault"));
    }

    @Example
    void namesSayWhatTheyAre() {
        SortedMap<String, Described.Known> names =
                known(Set.of("shop/prod", "shop/prod/api-keys", "shop/prod/mail", "shop/prod/none"));
        Map<String, Keys> keys = Map.of(
                "shop/prod", new Keys.None(),
                "shop/prod/api-keys", new Keys.Named(List.of("OPENAI_API_KEY", "claudeApiKey", "token")),
                "shop/prod/none", new Keys.Empty(),
                "shop/prod/mail", new Keys.Unknown("denied by policy (403)"));
        Prefix prefix = new Prefix("shop/${ENVIRONMENT}", "shop/prod");
        Draft draft = Draft.of(store("aws-secrets-manager"), prefix, names, keys, new TreeMap<>(), form());
        assertThat(draft.text())
                .contains("    shop/${ENVIRONMENT}:\n      property: shop\n      env: SHOP\n")
                .contains("    shop/${ENVIRONMENT}/api-keys#OPENAI_API_KEY:\n      property: openai.api.key\n")
                .contains("    shop/${ENVIRONMENT}/api-keys#claudeApiKey:\n      property: claude.api.key\n")
                .contains("    shop/${ENVIRONMENT}/api-keys#token:\n      property: api.keys.token\n")
                .contains("#   shop/prod/none: empty\n")
                .contains("    shop/${ENVIRONMENT}/mail:  # its keys are not known: denied by policy (403)\n");
    }

    @Example
    void aStoreOfThousandsFitsAMapping() throws InvalidMappingException {
        Set<String> names = IntStream.range(0, ListedNames.MOST)
                .mapToObj(i -> "team-" + i % 60 + "/service-with-a-name-" + i + "/DATABASE_PASSWORD")
                .collect(Collectors.toSet());
        Mapping mapping =
                draft(store("vault"), new Prefix("", ""), names, Map.of()).check(PARSER);
        assertThat(mapping.entries()).hasSize(ListedNames.MOST);
    }

    private static Draft draft(Draft.Backend store, Prefix prefix, Set<String> names, Map<String, Keys> keys) {
        return Draft.of(store, prefix, known(names), keys, new TreeMap<>(), form());
    }

    private static SortedMap<String, Described.Known> known(Set<String> names) {
        SortedMap<String, Described.Known> known = new TreeMap<>();
        names.forEach(name -> known.put(name, new Described.Known(null, null, null)));
        return known;
    }

    private static Draft.Form form() {
        return new Draft.Form(Path.of("secrets.yaml"), List.of("a draft"), true);
    }

    @Provide
    static Arbitrary<Draft.Backend> stores() {
        return Arbitraries.of("azure-key-vault", "aws-secrets-manager", "vault", "directory")
                .map(AnyDraftTest::store);
    }

    private static Draft.Backend store(String type) {
        Map<String, String> settings = new TreeMap<>(Map.of("type", type));
        switch (type) {
            case "azure-key-vault" -> settings.put("url", "https://shop.vault.azure.net");
            case "vault" -> settings.put("address", "https://vault:8200");
            case "directory" -> settings.put("path", "/mnt/it's here");
            default -> settings.put("region", "us-east-1");
        }
        return new Draft.Backend("store", settings, null, List.of("a remark"));
    }

    @Provide
    static Arbitrary<Set<String>> names() {
        return text().set().ofMaxSize(20);
    }

    @Provide
    static Arbitrary<List<String>> keys() {
        return Arbitraries.oneOf(text(), Arbitraries.of("*", "/", "a/b", "java.home", "", "~"))
                .list()
                .uniqueElements()
                .ofMaxSize(5);
    }

    @Provide
    static Arbitrary<Set<String>> ordinary() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("DB0-")
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(name -> "p-prod-" + name)
                .set()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    /** What breaks YAML, the grammar of names, or looks like something else. */
    private static Arbitrary<String> text() {
        Arbitrary<String> odd = Arbitraries.of(
                "null",
                "~",
                "<<",
                "- a",
                "a: b",
                " a",
                "a ",
                "'",
                "\"",
                "#",
                "a #b",
                "${X}",
                "$${",
                "%a",
                "@a",
                "!a",
                "&a",
                "*a",
                "?",
                "[",
                "{",
                "|",
                ">",
                "user.name",
                "java.home",
                "log4j.x",
                "AKIAIOSFODNN7EXAMPLE",
                "sk-ant-api03-abcdefghijklmnop",
                "\n",
                "\u0000",
                "\u2028",
                "\ud83d\ude00",
                "\u00e9t\u00e9",
                "true",
                "0x1",
                "/",
                "//a");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(12);
        return Combinators.combine(
                        Arbitraries.oneOf(odd, any),
                        Arbitraries.oneOf(odd, any),
                        Arbitraries.integers().between(0, 2))
                .as((one, other, both) -> both == 0 ? one + other : both == 1 ? one + "/" + other : one)
                .filter(name -> !name.isEmpty());
    }
}
