package io.secretagent.bootstrap.mapping;

import static io.secretagent.bootstrap.mapping.Ascii.isAlphanumeric;
import static io.secretagent.bootstrap.mapping.Ascii.isDigit;
import static io.secretagent.bootstrap.mapping.Ascii.isToken;
import static io.secretagent.bootstrap.mapping.Ascii.isUpper;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shapes of well-known tokens, and of passwords in connection strings. */
final class PastedSecrets {

    /** Prefix, least number of token characters that follow, and what it is. */
    private static final Object[][] PREFIXES = {
        {"sk-ant-", 10, "an Anthropic key"},
        {"sk-proj-", 10, "an OpenAI key"},
        {"sk_live_", 10, "a Stripe key"},
        {"sk_test_", 10, "a Stripe key"},
        {"rk_live_", 10, "a Stripe key"},
        {"ghp_", 10, "a GitHub token"},
        {"gho_", 10, "a GitHub token"},
        {"ghu_", 10, "a GitHub token"},
        {"ghs_", 10, "a GitHub token"},
        {"ghr_", 10, "a GitHub token"},
        {"github_pat_", 10, "a GitHub token"},
        {"glpat-", 10, "a GitLab token"},
        {"xoxb-", 10, "a Slack token"},
        {"xoxa-", 10, "a Slack token"},
        {"xoxp-", 10, "a Slack token"},
        {"xoxr-", 10, "a Slack token"},
        {"xoxs-", 10, "a Slack token"},
        {"AIza", 30, "a Google API key"},
        {"hvs.", 16, "a Vault token"},
        {"hvb.", 16, "a Vault token"},
        {"hvr.", 16, "a Vault token"},
    };

    private static final String[] ASSIGNMENTS = {"password=", "passwd=", "pwd=", "accountkey=", "sharedaccesskey="};

    /** What the text is or holds, in words that quote nothing of it; null if no shape is known. */
    static @Nullable String shape(String text) {
        if (text.length() < 6) {
            return null;
        }
        for (Object[] row : PREFIXES) {
            if (hasToken(text, (String) row[0], (Integer) row[1])) {
                return (String) row[2];
            }
        }
        if (hasExactToken(text, "AKIA", 16) || hasExactToken(text, "ASIA", 16)) {
            return "an AWS access key id";
        }
        if (hasSecretKey(text)) {
            return "an API key";
        }
        if (hasExactToken(text, "s.", 24)) {
            return "a Vault token";
        }
        if (text.contains("-----BEGIN ")) {
            return "a PEM block";
        }
        if (hasJwt(text)) {
            return "a JWT";
        }
        return hasUrlPassword(text) || hasAssignment(text) ? "a password in a connection string" : null;
    }

    /** Looser, for text that is to be shown: a token also when it is glued to a word by a missing colon or space. */
    static boolean mayHold(String text) {
        if (shape(text) != null) {
            return true;
        }
        for (Object[] row : PREFIXES) {
            if (text.contains((String) row[0])) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasToken(String text, String prefix, int least) {
        for (int at = start(text, prefix, 0); at >= 0; at = start(text, prefix, at + 1)) {
            if (tokenEnd(text, at + prefix.length()) - at - prefix.length() >= least) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasExactToken(String text, String prefix, int length) {
        for (int at = start(text, prefix, 0); at >= 0; at = start(text, prefix, at + 1)) {
            int from = at + prefix.length();
            int end = from;
            boolean digit = false;
            while (end < text.length() && isAlphanumeric(text.charAt(end))) {
                digit |= isDigit(text.charAt(end)) || isUpper(text.charAt(end));
                end++;
            }
            if (digit && end - from == length) {
                return true;
            }
        }
        return false;
    }

    /** {@code sk-} and no words, since {@code sk-learn-model-registry} is a name. */
    private static boolean hasSecretKey(String text) {
        for (int at = start(text, "sk-", 0); at >= 0; at = start(text, "sk-", at + 1)) {
            int end = tokenEnd(text, at + 3);
            int run = 0;
            boolean wordless = false;
            for (int i = at + 3; i < end; i++) {
                char c = text.charAt(i);
                run = isAlphanumeric(c) ? run + 1 : 0;
                wordless |= isDigit(c) || isUpper(c) || run >= 16;
            }
            if (wordless && end - at - 3 >= 16) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasJwt(String text) {
        for (int at = start(text, "eyJ", 0); at >= 0; at = start(text, "eyJ", at + 1)) {
            int end = tokenEnd(text, at);
            boolean dot = end < text.length() && text.charAt(end) == '.';
            if (end - at >= 40 || (dot && end - at >= 10 && tokenEnd(text, end + 1) - end >= 5)) {
                return true;
            }
        }
        return false;
    }

    /** {@code scheme://user:password@host}, unless the password is a field or a variable. */
    private static boolean hasUrlPassword(String text) {
        for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
            int end = at + 3;
            while (end < text.length() && "/?# \t\r\n\"'".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String authority = text.substring(at + 3, end);
            int host = authority.lastIndexOf('@');
            int colon = authority.indexOf(':');
            if (colon >= 0 && colon + 1 < host && isLiteral(authority.charAt(colon + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAssignment(String text) {
        if (text.indexOf('=') < 0) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (String assignment : ASSIGNMENTS) {
            int at = lower.indexOf(assignment);
            int value = at + assignment.length();
            if (at >= 0 && value < text.length() && isLiteral(text.charAt(value))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLiteral(char c) {
        return c > ' ' && "{$&;\"'<*)".indexOf(c) < 0;
    }

    /** Where the prefix stands at the beginning of a word. */
    private static int start(String text, String prefix, int from) {
        int at = text.indexOf(prefix, from);
        while (at > 0 && isAlphanumeric(text.charAt(at - 1))) {
            at = text.indexOf(prefix, at + 1);
        }
        return at;
    }

    private static int tokenEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isToken(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private PastedSecrets() {}
}
