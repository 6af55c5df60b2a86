package io.secretagent.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.channel.Secret;
import io.secretagent.channel.Target;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exchanged of what a pool gives to a driver. */
class LoginTest {
    private static final String URL = "jdbc:x://host/db";

    /** The first step, then one with another user and password at once. */
    private final Versions first =
            Versions.NONE.with(List.of(secret("db#username", "bob-1"), secret("db#password", "p&s=1")));

    private final Versions second = first.with(
            List.of(secret("db#username", "bob-2"), secret("db#password", "p&s=2"), secret("other", "elsewhere")));

    @Test
    void userAndPasswordAreExchangedTogetherAndTheRestIsLeft() {
        Properties given = properties("bob-1", "p&s=1");
        given.setProperty("ssl", "p&s=1");
        given.put("socketFactory", 7);
        Login login = login(URL, given);
        assertThat(login.url(second, second.step())).isEqualTo(URL);
        Properties exchanged = login.properties(second, second.step());
        assertThat(exchanged.getProperty("user")).isEqualTo("bob-2");
        assertThat(exchanged.getProperty("password")).isEqualTo("p&s=2");
        assertThat(exchanged.getProperty("ssl")).isEqualTo("p&s=1");
        assertThat(exchanged).containsEntry("socketFactory", 7);
        assertThat(given.getProperty("password")).as("the pool's own").isEqualTo("p&s=1");
        assertThat(login.properties(second, second.stepBefore(login.holders()))).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/db?user=USER&password=PASSWORD",
                "jdbc:postgresql://h/db?ssl=true&password=PASSWORD&user=USER&x=y",
                "jdbc:mariadb://USER:PASSWORD@h:3306/db?useSsl=true",
                "jdbc:x://h/db?user=USER&sslpassword=PASSWORD"
            })
    void whatStandsInAUrlIsEncoded(String url) {
        String with1 = url.replace("USER", "bob-1").replace("PASSWORD", "p%26s%3D1");
        String with2 = url.replace("USER", "bob-2").replace("PASSWORD", "p%26s%3D2");
        assertThat(login(with1, null).url(second, second.step())).isEqualTo(with2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlserver://h;user=USER;password={PASSWORD};encrypt=true",
                "jdbc:h2:tcp://h/db;USER=USER;PASSWORD=PASSWORD",
                "jdbc:oracle:thin:USER/PASSWORD@//h:1521/db"
            })
    void otherFormsAreNot(String url) {
        Versions plain = Versions.NONE
                .with(List.of(secret("db#username", "bob-1"), secret("db#password", "pass-1")))
                .with(List.of(secret("db#username", "bob-2"), secret("db#password", "pass-2")));
        String with1 =
                url.replace("=USER", "=bob-1").replace(":USER/", ":bob-1/").replaceAll("(?<=[={/])PASSWORD", "pass-1");
        String with2 = with1.replace("bob-1", "bob-2").replace("pass-1", "pass-2");
        Login login = Objects.requireNonNull(Login.of(with1, null, plain));
        assertThat(login.url(plain, plain.step())).isEqualTo(with2);
    }

    @Test
    void aUrlThatIsASecretItselfIsExchangedAsAWhole() {
        Versions versions = Versions.NONE
                .with(List.of(secret("db", "jdbc:x://bob:a1@h/db")))
                .with(List.of(secret("db", "jdbc:x://ann:b2@h2/db")));
        Login login = Objects.requireNonNull(Login.of("jdbc:x://bob:a1@h/db", new Properties(), versions));
        assertThat(login.url(versions, versions.step())).isEqualTo("jdbc:x://ann:b2@h2/db");
    }

    @Test
    void whatIsNotOursIsLeftAlone() {
        assertThat(Login.of(URL, properties("bob-1", "their own"), second)).isNull();
        assertThat(Login.of(URL, properties("bob-1", ""), second))
                .as("a user alone is no secret")
                .isNull();
        assertThat(Login.of(URL, null, second)).isNull();
    }

    @Test
    void aUserOfAnotherSecretStaysAsItIs() {
        Properties exchanged = login(URL, properties("elsewhere", "p&s=1")).properties(second, second.step());
        assertThat(exchanged.getProperty("user")).isEqualTo("elsewhere");
        assertThat(exchanged.getProperty("password")).isEqualTo("p&s=2");
    }

    @Test
    void aRefusedLoginIsKnownByItsStateItsCodeOrItsCause() {
        assertThat(List.of(
                        new SQLException("", "28P01"),
                        new SQLException("", "28000", 1045),
                        new SQLException("", "S0001", 18456),
                        new SQLException("", "72000", 1017),
                        new SQLException("", "08001", new SQLException("", "28P01"))))
                .allMatch(Refusal::is);
        assertThat(List.of(
                        new SQLException("", "08001"),
                        new SQLException("", "99999", 28000),
                        new SQLException("", (String) null),
                        new IllegalStateException("28P01")))
                .noneMatch(Refusal::is);
    }

    private Login login(String url, @Nullable Properties properties) {
        return Objects.requireNonNull(Login.of(url, properties, second));
    }

    private static Properties properties(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    private static Secret secret(String name, String value) {
        String target = name.replace('#', '.');
        return new Secret(
                name, "store", null, value, true, List.of(new Target(Target.Kind.PROPERTY, target, false, false)));
    }
}
