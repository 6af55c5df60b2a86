package io.secretagent.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.sink.Rule.Returned;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** With classes of Logback's names, which is not on the class path here. */
class SubclassRulesTest {
    private static final String OF_A_CONTEXT = LogbackRules.OF_A_CONTEXT;
    private static final String OBJECT = "java/lang/Object";

    private final OwnClasses classes = new OwnClasses();

    @Test
    void aFormatterIsRuled() {
        assertThat(SubclassRules.of(Own.class))
                .contains(new Returned(
                        Own.class.getName().replace('.', '/'),
                        "format",
                        "(Ljava/util/logging/LogRecord;)Ljava/lang/String;"));
        assertThat(SubclassRules.of(SimpleFormatter.class)).isNotEmpty();
        assertThat(SubclassRules.of(Formatter.class)).isEmpty();
        assertThat(SubclassRules.of(Handler.class)).isEmpty();
    }

    @Test
    void anEncoderAndALayoutAreRuledAndNothingElseOfTheirKind() throws Exception {
        classes.define(OF_A_CONTEXT, OBJECT, null);
        Class<?> encoder = classes.defineInterface(LogbackRules.ENCODER);
        Class<?> layout = classes.defineInterface(LogbackRules.LAYOUT);
        Class<?> encoding = classes.define("app/Encoding", OF_A_CONTEXT, null, encoder);
        Class<?> inheriting = classes.define("app/Inheriting", "app/Encoding", null);
        Class<?> laying = classes.define("app/Laying", OF_A_CONTEXT, null, layout);
        Class<?> appender = classes.define("app/Appending", OF_A_CONTEXT, null);
        Class<?> foreign = classes.define("app/Foreign", OBJECT, null, encoder);

        assertThat(SubclassRules.of(encoding)).extracting(Rule::type).containsOnly("app/Encoding");
        assertThat(SubclassRules.of(encoding)).hasSize(3);
        assertThat(SubclassRules.of(inheriting)).hasSize(3);
        assertThat(SubclassRules.of(laying)).hasSize(1);
        assertThat(SubclassRules.of(appender)).isEmpty();
        assertThat(SubclassRules.of(foreign)).isEmpty();
    }

    @Test
    void aLayoutOfLog4jIsRuled() throws Exception {
        classes.define(Log4jRules.LAYOUT, OBJECT, null);

        assertThat(SubclassRules.of(classes.define("app/Laying", Log4jRules.LAYOUT, null)))
                .hasSize(5);
        for (String name : Log4jRules.LAYOUTS_RULED_BY_NAME) {
            assertThat(SubclassRules.of(classes.define(name, Log4jRules.LAYOUT, null)))
                    .isEmpty();
        }
    }

    @Test
    void whatHasRulesByNameIsNotRuledTwice() throws Exception {
        classes.define(OF_A_CONTEXT, OBJECT, null);
        Class<?> layout = classes.defineInterface(LogbackRules.LAYOUT);

        assertThat(SubclassRules.of(classes.define(LogbackRules.MASKED_LAYOUT, OF_A_CONTEXT, null, layout)))
                .isEmpty();
    }

    private static final class Own extends Formatter {
        @Override
        public String format(LogRecord logged) {
            return "";
        }
    }
}
