package io.secretagent.bootstrap.backend.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"OPENAI-API-KEY", "a", "0", "-"})
    void takesWhatAVaultTakes(String name) {
        assertThat(Names.check(new Location(name, null, null))).isNull();
        assertThat(Names.check(new Location(name, "0123456789abcdef0123456789abcdef", null)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_API_KEY, OPENAI-API-KEY", "openai.api.key, openai-api-key"})
    void proposesDashes(String name, String meant) {
        assertThat(Names.check(new Location(name, null, null)))
                .extracting(Failure::kind, Failure::mend)
                .containsExactly(Failure.Kind.INVALID, "did you mean " + meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "", "../keys", "a b", "clé", "a?x=1"})
    void refusesWhatCouldMakeAnotherUrl(String name) {
        assertThat(Names.check(new Location(name, null, null)))
                .extracting(Failure::kind, Failure::mend)
                .containsExactly(Failure.Kind.INVALID, "use letters, digits and -, at most 127 of them");
        assertThat(Names.check(new Location("good", name, null)))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.INVALID);
    }

    @Test
    void refusesStagesAndNamesThatAreTooLong() {
        assertThat(Names.check(new Location("good", null, "AWSCURRENT")))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.INVALID);
        assertThat(Names.check(new Location("a".repeat(128), null, null)))
                .extracting(Failure::kind)
                .isEqualTo(Failure.Kind.INVALID);
        assertThat(Names.check(new Location("a".repeat(127), null, null))).isNull();
    }
}
