package io.secretagent.bootstrap.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema says what the parser says. */
class MappingSchemaTest {
    private static final String TEXT = MappingFiles.resource("secrets.schema.json");
    private static final JsonNode JSON = JsonMapper.shared().readTree(TEXT);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    static List<MappingFiles.Bad> bad() {
        return MappingFiles.bad();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatTheParserRefuses(MappingFiles.Bad bad) {
        assertThat(accepts(bad.yaml())).isEqualTo(bad.onlyParser());
    }

    @ParameterizedTest
    @ValueSource(strings = {"design.yaml", "everything.yaml"})
    void acceptsWhatTheParserAccepts(String name) throws Exception {
        String yaml = MappingFiles.resource(name);
        MappingFiles.parse(folder, yaml);
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
    }

    @Test
    void hasTheKeysOfTheParser() {
        assertKeys(JSON, Grammar.TOP);
        assertKeys(JSON.at("/properties/mask"), Grammar.MASK);
        assertKeys(JSON.at("/properties/audit/oneOf/1"), Grammar.AUDIT);
        assertKeys(definition("entry"), Grammar.ENTRY);
        Set<String> types = new HashSet<>();
        for (Grammar.Type type : Grammar.Type.values()) {
            types.add(type.word);
            assertKeys(definition(type.word), type.keys);
        }
        assertThat(words(definition("backend").at("/properties/type/enum"))).isEqualTo(types);
        Set<String> methods = new HashSet<>();
        for (Grammar.Method method : Grammar.Method.values()) {
            methods.add(method.word);
            assertKeys(definition("auth-" + method.word), method.keys);
        }
        assertThat(words(definition("auth").at("/properties/method/enum"))).isEqualTo(methods);
    }

    private static void assertKeys(JsonNode object, Collection<String> keys) {
        assertThat(object.get("additionalProperties").asBoolean()).isFalse();
        assertThat(object.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(keys);
        object.get("properties")
                .forEach(property -> assertThat(property.path("description").asString())
                        .as("for editors")
                        .isNotBlank());
    }

    private static JsonNode definition(String name) {
        return JSON.get("$defs").get(name);
    }

    private static Set<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asString()));
        return new HashSet<>(words);
    }

    /** What is no YAML is refused before any schema. */
    private static boolean accepts(String yaml) {
        try {
            return SCHEMA.validate(yaml, InputFormat.YAML).isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
