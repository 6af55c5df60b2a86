package io.secretagent.bootstrap.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    @Property
    void areTheJdksHmac(@ForAll @Size(64) byte[] key, @ForAll String value) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String whole = HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)));

        assertThat(new Fingerprints(key).of(value)).isEqualTo(whole.substring(0, 16));
    }

    @Test
    void areOfOneRun() {
        Fingerprints one = new Fingerprints();

        assertThat(one.of("a value")).isEqualTo(one.of("a value")).isNotEqualTo(one.of("another"));
        assertThat(new Fingerprints().of("a value")).isNotEqualTo(one.of("a value"));
    }
}
