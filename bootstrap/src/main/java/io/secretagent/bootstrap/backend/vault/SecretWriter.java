package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Content;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.backend.Failure.Kind;
import io.secretagent.bootstrap.backend.Json;
import io.secretagent.bootstrap.backend.Location;
import io.secretagent.bootstrap.backend.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The write of a rotation. A KV version 2 takes it only if the version that was seen is still the current one
 * ({@code cas}); a version 1 has no such thing, and is looked at once more before.
 */
final class SecretWriter {
    private final Requests requests;
    private final SecretReader reader;

    SecretWriter(Requests requests, SecretReader reader) {
        this.requests = requests;
        this.reader = reader;
    }

    void replace(Location location, Map<String, Object> fields, Outcome.Found seen) throws BackendException {
        if (seen.lease() != null) {
            throw failure(Kind.INVALID, "the server makes it anew for each who reads it", "there is nothing to rotate");
        }
        String path = reader.apiPath(location, seen.version() != null);
        Map<String, Object> body = fields;
        if (seen.version() == null) {
            if (!(reader.read(location) instanceof Outcome.Found now) || !sameFields(now, seen)) {
                throw conflict();
            }
        } else {
            body = new LinkedHashMap<>();
            body.put("data", fields);
            body.put("options", Map.of("cas", new Json.Numeral(seen.version())));
        }
        Answer answer = requests.post(path, body);
        if (answer.says("check-and-set")) {
            throw conflict();
        }
        if (answer.status() == 403) {
            throw failure(Kind.DENIED, "denied by policy (403)", "grant create and update on \"" + path + "\"");
        }
        if (answer.status() >= 300) {
            throw failure(
                    Kind.INVALID,
                    "the server does not take the write (" + answer.status() + ")",
                    "check the mount's settings with vault read " + path);
        }
    }

    /** The version before the one that was seen. */
    static Location previous(Location location, Outcome.Found seen) throws BackendException {
        if (seen.version() == null || seen.lease() != null) {
            throw failure(
                    Kind.INVALID, "it has no versions: it is not in a KV version 2 engine", "rotate to a known value");
        }
        int current = Integer.parseInt(seen.version());
        if (current < 2) {
            throw failure(Kind.NOT_FOUND, "version 1 is its first", "there is nothing to go back to");
        }
        return new Location(location.path(), Integer.toString(current - 1), null);
    }

    /**
     * Deletes the version that was seen, as {@code vault kv delete -versions} does.
     *
     * @return false if it has none, and is gone with the write
     */
    boolean delete(Location location, Outcome.Found seen) throws BackendException {
        if (seen.version() == null) {
            return false;
        }
        String path = reader.deletePath(location);
        Answer answer = requests.post(path, Map.of("versions", List.of(new Json.Numeral(seen.version()))));
        if (answer.status() == 403) {
            throw failure(Kind.DENIED, "denied by policy (403)", "grant update on \"" + path + "\"");
        }
        if (answer.status() >= 300) {
            throw failure(
                    Kind.INVALID,
                    "the server does not delete it (" + answer.status() + ")",
                    "delete it with vault kv delete -versions=" + seen.version() + " " + location.path());
        }
        return true;
    }

    private static boolean sameFields(Outcome.Found one, Outcome.Found other) {
        return ((Content.Fields) one.content()).fields().equals(((Content.Fields) other.content()).fields());
    }

    private static BackendException conflict() {
        return failure(Kind.CONFLICT, "somebody else has changed it", "look at it, and start again");
    }

    private static BackendException failure(Kind kind, String why, String mend) {
        return new BackendException(new Failure(kind, why, mend), null);
    }
}
