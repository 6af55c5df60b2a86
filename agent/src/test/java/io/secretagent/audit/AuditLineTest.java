package io.secretagent.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.audit.AuditEvent.Kind;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AuditLineTest {
    private static final Origin ORIGIN = new Origin("web-1", 4711, "app.jar");

    @Test
    void hasEveryFieldThatTheEventHas() {
        AuditEvent event = AuditEvent.of(Kind.FETCH)
                .secret("shop/db#PASSWORD", "aws", "v7")
                .target("property db.password")
                .identity("arn:aws:iam::1:role/shop")
                .took(12)
                .by(new Who.Person("root", "alice"));
        assertThat(line(event))
                .startsWith("{\"time\":\"")
                .endsWith(",\"event\":\"fetch\",\"secret\":\"shop/db#PASSWORD\",\"backend\":\"aws\",\"version\":\"v7\","
                        + "\"target\":\"property db.password\",\"identity\":\"arn:aws:iam::1:role/shop\",\"outcome\":\"ok\","
                        + "\"milliseconds\":12,\"who\":{\"user\":\"root\",\"sudo\":\"alice\"},\"host\":\"web-1\",\"pid\":4711,"
                        + "\"command\":\"app.jar\",\"writer\":\"w\",\"sequence\":1}");
        assertThat(line(event).substring(0, 35))
                .matches("\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",");
    }

    @Test
    void whoIsAPlaceAPersonOrAThread() {
        assertThat(line(AuditEvent.of(Kind.READ).by(new Who.Code("com.shop.Db", "open", 42))))
                .contains("\"who\":{\"class\":\"com.shop.Db\",\"method\":\"open\",\"line\":42}");
        assertThat(line(AuditEvent.of(Kind.READ).by(new Who.Code("com.shop.Db", "open", -2))))
                .contains("\"who\":{\"class\":\"com.shop.Db\",\"method\":\"open\"}");
        assertThat(line(AuditEvent.of(Kind.ROTATE).by(new Who.Person("alice", null))))
                .contains("\"who\":{\"user\":\"alice\"}");
        assertThat(line(AuditEvent.of(Kind.LEAK).by(new Who.Worker("async-1"))))
                .contains("\"who\":{\"thread\":\"async-1\"}");
    }

    @Test
    void namesSeveralSecretsAndHowManyMore() {
        assertThat(line(AuditEvent.of(Kind.UNREAD).secrets(List.of("a", "b")))).contains(",\"secrets\":[\"a\",\"b\"],");
        assertThat(line(AuditEvent.of(Kind.UNREAD).secrets(Collections.nCopies(103, "x"))))
                .contains("\"x\"],\"more\":3,");
    }

    /** A line end, a quote or a bracket in a name begins no line and no field: whatever it is, it is escaped. */
    @Property(tries = 500)
    void noNameForgesAnything(@ForAll String name) {
        String line = line(AuditEvent.of(Kind.FETCH).secret(name, null, null));
        assertThat(line.chars()).allMatch(c -> c >= ' ' && c <= '~');
        int start = line.indexOf("\"secret\":\"") + "\"secret\":\"".length();
        int end = line.lastIndexOf("\",\"outcome\":\"ok\"");
        assertThat(unescaped(line.substring(start, end)))
                .isEqualTo(name.length() > 512 ? name.substring(0, 512) : name);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(line(AuditEvent.of(Kind.FETCH).secret("x".repeat(600), null, null)))
                .contains("x".repeat(512) + "...\"")
                .doesNotContain("x".repeat(513));
    }

    private static String line(AuditEvent event) {
        return new String(AuditLine.of(event, ORIGIN, "w", 1, null), US_ASCII);
    }

    /** By hand, so that what is not escaped shows: a quote in it would have no backslash in front. */
    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            assertThat(c).isNotEqualTo('"');
            if (c == '\\') {
                c = json.charAt(++i);
                if (c == 'u') {
                    c = (char) Integer.parseInt(json.substring(i + 1, i + 5), 16);
                    i += 4;
                }
            }
            text.append(c);
        }
        return text.toString();
    }
}
