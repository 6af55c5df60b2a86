package io.secretagent.bootstrap.backend.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secretagent.bootstrap.backend.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues JSON Web Tokens, signed with RS256, and verifies its own. */
final class TokenIssuer {
    private final String issuer;
    private final KeyPair keys;

    TokenIssuer(String issuer) throws GeneralSecurityException {
        this.issuer = issuer;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        this.keys = generator.generateKeyPair();
    }

    String issue(String subject, String audience, Duration life) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String signed = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + encode(Json.text(Map.of(
                                "iss", issuer,
                                "sub", subject,
                                // As Entra ID names the application, in its first version of tokens.
                                "appid", subject,
                                "oid", "0b1ec7" + subject.substring(Math.min(6, subject.length())),
                                "aud", audience,
                                "iat", new Json.Numeral(Long.toString(now)),
                                "exp", new Json.Numeral(Long.toString(now + life.toSeconds()))))
                        .getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + encode(signature.sign());
    }

    /** Whether it is a token of this issuer for that audience: signature, issuer, audience and expiry are checked. */
    boolean verify(@Nullable String token, String audience) throws GeneralSecurityException {
        String[] parts = token == null ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        try {
            Map<String, Object> claims = Json.object(Base64.getUrlDecoder().decode(parts[1]));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    && claims != null
                    && issuer.equals(claims.get("iss"))
                    && audience.equals(claims.get("aud"))
                    && claims.get("exp") instanceof Json.Numeral expiry
                    && Long.parseLong(expiry.text()) > Instant.now().getEpochSecond();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
