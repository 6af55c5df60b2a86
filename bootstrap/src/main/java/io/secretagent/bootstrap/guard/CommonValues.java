package io.secretagent.bootstrap.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/** The passwords that everybody tries first. Compared by fingerprint: no value is looked up in a table as it is. */
final class CommonValues {
    /** No word of the list is longer, so a long value needs no look at it. */
    static final int LONGEST = 24;

    /** Here and not in a file: to read one out of the jar takes the JDK 30 ms, which a start would wait for. */
    static final String WORDS = """
            1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv abc123 abcd1234
            abcdefghijkl admin admin-password adminadmin administrator administratorpassword adminpassword api-key
            api_key apikey april asdfgh asdfghjkl asdfghjklqwe autumn azerty azertyuiop bar baseball batman baz
            cassandra change-me change_me changeit changeme changemenow changemeplease changethis cisco company
            companypassword computer consul contrasena contraseña couchdb database december default default-password
            defaultpassword demo dev developer development devpassword docker dragon elastic elasticsearch example
            february fixme foo foobar foobarbaz football freedom friday geheim geheimnis generated-password
            generated_password grafana guest haslo hello hello-world helloworld heslo iloveyou influxdb
            initial-password initialpassword insecure insecurepassword internet january jboss jenkins kafka kennwort
            keycloak keystore keystorepassword kibana kubernetes letmein login lozinka march master minio minioadmin
            monday mongo mongodb monkey motdepasse my-password my-secret my-secret-key my_password my_secret mypass
            mypassword mysecret mysecretkey mysecretpassword mysql nexus nomad none not-a-secret notasecret
            notsecret november null october one-two-three-four openssl oracle p@ssw0rd p@ssword pa$$w0rd pa$$word
            parola pass passphrase passw0rd passwd password passwordpassword passwort placeholder please-change-me
            please_change_me pleasechangeme postgres postgrespassword postgresql princess private prodpassword
            production productionpassword prometheus public qazwsx qazwsxedc qazwsxedcrfv qwerty qwerty123456
            qwertyuiop qwertyuiopasdf rabbit rabbitmq raspberry redis redispassword replace-me replace_me replaceme
            root rootpassword rootroot s3cr3t s3cret sample samsung secret secret-key secret_key secretkey
            secretpassword secrets secrettoken senha server service shadow sifre sonar sonarqube spring staging
            stagingpassword starwars summer sunday sunshine super-secret super_secret superman supersecret
            supersecretpassword superuser tbd temp123456 temporary temppassword test test-password test-secret
            test_password tester testing testpassword testsecret testtest this-is-a-secret thisisasecret todo tomcat
            toor top-secret topsecret trustno1 truststore truststorepassword ubuntu undefined unknown user username
            vagrant vault very-secret verysecret wachtwoord weblogic welcome whatever wildfly winter xxx
            your-api-key your-password your-secret your-secret-key your_api_key your_password your_secret yourapikey
            yourpassword yoursecret zaq12wsx zookeeper zxcvbnm
            """;

    private final Fingerprints fingerprints;
    /** By the length of the words; made when a value of that length is asked for. */
    private final Map<Integer, Set<String>> common = new HashMap<>();

    CommonValues(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    /** Whether it is one of them, whatever its case and the digits and signs behind it. */
    boolean has(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return isListed(lower) || isListed(word(lower));
    }

    private boolean isListed(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && common.computeIfAbsent(text.length(), this::ofLength).contains(fingerprints.of(text));
    }

    private Set<String> ofLength(int length) {
        Set<String> listed = new HashSet<>();
        for (StringTokenizer words = new StringTokenizer(WORDS); words.hasMoreTokens(); ) {
            String word = words.nextToken();
            if (word.length() == length) {
                listed.add(fingerprints.of(word));
            }
        }
        return listed;
    }

    private static String word(String text) {
        int end = text.length();
        while (end > 0 && !Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
