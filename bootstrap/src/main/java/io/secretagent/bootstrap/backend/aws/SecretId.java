package io.secretagent.bootstrap.backend.aws;

import io.secretagent.bootstrap.backend.Failure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a mapping may call a secret: its name, its ARN, or its ARN without the six random characters at the end. */
final class SecretId {
    /** The documented characters, and {@code !}, which stands in the names of secrets that AWS services own. */
    private static final String NAME = "[A-Za-z0-9/_+=.@!-]{1,512}";

    private static final Pattern LEGAL =
            Pattern.compile("(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:)?" + NAME);

    /** A hyphen and six characters. */
    private static final int ARN_SUFFIX_LENGTH = 7;

    /** Servers differ in what they say to an illegal name, some accept it; so it is decided here. */
    static boolean isLegal(String id) {
        return LEGAL.matcher(id).matches();
    }

    static Failure illegal() {
        return new Failure(
                Failure.Kind.INVALID,
                "not a name or ARN that AWS Secrets Manager can have",
                "use letters, digits and /_+=.@-, at most 512, or the secret's ARN");
    }

    /** Whether a secret with this name and ARN is what was asked for with this id. */
    static boolean matches(String id, @Nullable String name, @Nullable String arn) {
        if (id.equals(name) || id.equals(arn)) {
            return true;
        }
        return arn != null
                && id.startsWith("arn:")
                && arn.length() == id.length() + ARN_SUFFIX_LENGTH
                && arn.startsWith(id)
                && arn.charAt(id.length()) == '-';
    }

    private SecretId() {}
}
