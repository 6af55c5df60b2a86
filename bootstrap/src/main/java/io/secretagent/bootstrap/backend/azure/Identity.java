package io.secretagent.bootstrap.backend.azure;

import io.secretagent.bootstrap.backend.Json;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token of Entra ID says of who it was given to: as Key Vault's own log names it. */
final class Identity {

    /**
     * Reads the claims. The signature is the vault's to check.
     *
     * @return null if it is no JSON Web Token, or has none of these claims
     */
    static @Nullable String of(String token) {
        int start = token.indexOf('.') + 1;
        int end = token.indexOf('.', start);
        if (start == 0 || end < 0) {
            return null;
        }
        try {
            Map<String, Object> claims = Json.object(Base64.getUrlDecoder().decode(token.substring(start, end)));
            return claims == null ? null : named(claims);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String named(Map<String, Object> claims) {
        Object client = claims.get(claims.containsKey("appid") ? "appid" : "azp");
        Object object = claims.get("oid");
        if (client == null) {
            return object == null ? null : "object-id " + object;
        }
        return "client-id " + client + (object == null ? "" : " object-id " + object);
    }

    private Identity() {}
}
