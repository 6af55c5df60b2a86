package io.secretagent.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

class AgentOptionTest {
    private static final AgentOption OPTION = new AgentOption(new File("/opt/secret agent/secret-agent.jar"));
    private static final String QUOTED =
            "\"-javaagent:/opt/secret agent/secret-agent.jar=/etc/it's \"'\"'\"x\"'\"'\".yaml\"";

    @Test
    void isTakenOutFromAmongOthers() {
        assertThat(OPTION.removedFrom("-Da=1 " + QUOTED + " -Db='2  3'")).isEqualTo("-Da=1 -Db='2  3'");
        assertThat(OPTION.removedFrom(QUOTED + "\t-Db=2")).isEqualTo("-Db=2");
        assertThat(OPTION.removedFrom(" " + QUOTED + " ")).isEmpty();
        assertThat(OPTION.removedFrom("-javaagent:'/opt/secret agent/secret-agent.jar'"))
                .isEmpty();
        assertThat(OPTION.removedFrom("-javaagent:'/opt/./secret agent/../secret agent/secret-agent.jar=a b'"))
                .isEmpty();
        assertThat(OPTION.isIn("-Da=1 " + QUOTED)).isTrue();
    }

    @Test
    void otherOptionsStayAsTheyAre() {
        for (String options : new String[] {
            "",
            " -Da=1 ",
            "-javaagent:/opt/other.jar=/opt/secret-agent.jar",
            "-javaagent:/opt/secret-agent.jar",
            "'-Da=-javaagent:/opt/secret agent/secret-agent.jar'",
            "-Dunmatched=' -javaagent:/opt/x",
        }) {
            assertThat(OPTION.removedFrom(options)).isEqualTo(options);
            assertThat(OPTION.isIn(options)).isFalse();
        }
    }
}
