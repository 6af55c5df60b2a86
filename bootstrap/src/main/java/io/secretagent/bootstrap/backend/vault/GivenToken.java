package io.secretagent.bootstrap.backend.vault;

import io.secretagent.bootstrap.backend.BackendException;
import io.secretagent.bootstrap.backend.Failure;
import io.secretagent.bootstrap.mapping.BackendSettings.VaultAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token that somebody else obtained, and a login's credential in a file. */
final class GivenToken {

    /** {@code VAULT_TOKEN}, else the settings' file, else what {@code vault login} left at home. */
    static String find(VaultAuth.Token settings, Map<String, String> environment) throws BackendException {
        String variable = environment.getOrDefault("VAULT_TOKEN", "").strip();
        if (!variable.isEmpty()) {
            return checked(variable, "VAULT_TOKEN");
        }
        Path file = settings.file();
        if (file != null) {
            return fromFile("token file", file);
        }
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".vault-token");
        if (Files.exists(home)) {
            return fromFile("token file", home);
        }
        throw denied(
                "there is no Vault token: VAULT_TOKEN is not set and " + home + " does not exist",
                "set VAULT_TOKEN, or an auth: method of the backend",
                null);
    }

    /**
     * A credential that is a file's whole text.
     *
     * @param what the file's part in the settings, for the failure
     */
    static String fromFile(String what, Path file) throws BackendException {
        String text;
        try {
            text = SmallFile.text(file).strip();
        } catch (IOException e) {
            throw denied(
                    "the " + what + " " + file + (Files.exists(file) ? " cannot be read" : " does not exist"),
                    "put it there, a small file that this user can read",
                    e);
        }
        if (text.isEmpty()) {
            throw denied("the " + what + " " + file + " is empty", "write the credential into it", null);
        }
        return checked(text, "the " + what + " " + file);
    }

    private static String checked(String text, String where) throws BackendException {
        if (!VaultServer.isHeaderValue(text)) {
            throw denied(
                    where + " has characters that no token has",
                    "check for line breaks, spaces and quotes in it",
                    null);
        }
        return text;
    }

    private static BackendException denied(String why, String mend, @Nullable Exception cause) {
        return new BackendException(new Failure(Failure.Kind.DENIED, why, mend).inGeneral(), cause);
    }

    private GivenToken() {}
}
