package io.secretagent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a value of which every piece is masked, wherever it was cut off, wrapped or coloured: its lines, without
 * what is the same in values that are no secret and would be masked all over the logs:
 *
 * <ul>
 *   <li>the header and footer of PEM, blocks of it that are public, and the bytes of a private key that say its kind;
 *   <li>the first part of a JWT, and how the second one begins if it names an issuer;
 *   <li>of a URL all up to its host and port, but for the password and as much of the user as tells nothing by itself;
 *       and the names of parameters;
 *   <li>the names in a file of properties, and all of a connection string or a SAS token but what is secret by its name;
 *   <li>JSON and XML documents: their secrets are values of their own.
 * </ul>
 *
 * A pass phrase made of words is as good a secret as any other: all its pieces are masked.
 */
final class Fragments {
    /** Beyond that a value's lines are masked as a whole only: all pieces would take twenty bytes for each of its own. */
    static final int LONGEST = 262_144;

    /** Pieces in other characters than of ASCII are patterns of their own, which take a hundred bytes for each. */
    private static final int LONGEST_BEYOND_ASCII = 4096;

    /** Of a user's name in front of the password. */
    private static final int TELLS_NOTHING = 8;

    /** How many characters say that a private key is one of RSA and PKCS #8, which is the longest such beginning. */
    private static final int KIND = 50;

    private static final int KIND_OF_PKCS1 = 16;

    /** The base64 of <code>{"iss":"https://</code>. */
    private static final String ISSUER = "eyJpc3MiOiJodHRwczovL";

    private final List<String> parts = new ArrayList<>();

    private Fragments() {}

    /**
     * Adds the parts to {@code texts}, and to {@code patterns} the pieces of those that are not in ASCII: a piece has
     * whole characters only.
     */
    static void add(List<String> parts, PatternList texts, PatternList patterns) {
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            if (bytes.length == part.length()) {
                texts.add(bytes, 0, bytes.length, 0);
            } else if (part.length() <= LONGEST_BEYOND_ASCII) {
                addPieces(bytes, patterns);
            }
        }
    }

    /** The parts, each of which is as long as a piece or longer; none of a value that counts as a whole token only. */
    static List<String> of(String value) {
        Fragments fragments = new Fragments();
        String core = value.strip();
        boolean token = core.codePointCount(0, core.length()) < Variants.SHORTEST_WITHIN_A_WORD;
        if (!token && core.length() <= LONGEST && !isDocument(core)) {
            if (core.startsWith("-----")) {
                fragments.addPem(core);
            } else if (isJwt(core)) {
                int payload = core.indexOf('.') + 1;
                fragments.addText(
                        core.substring(core.startsWith(ISSUER, payload) ? payload + ISSUER.length() : payload));
            } else if (Lines.areSeveral(core)) {
                for (String line : Lines.split(core)) {
                    if (!Structure.is(line.strip())) {
                        fragments.addAssigned(line.strip());
                    }
                }
            } else {
                fragments.addLine(core);
            }
        }
        return fragments.parts;
    }

    private void addPem(String text) {
        boolean secret = true;
        boolean first = true;
        for (String line : Lines.split(text.replace("\\n", "\n"))) {
            if (line.startsWith("-----")) {
                secret = line.contains("PRIVATE KEY");
                first = true;
            } else if (secret && !line.isBlank() && !Lines.isHeader(line)) {
                addText(first ? withoutKind(line.strip()) : line.strip());
                first = false;
            }
        }
    }

    private static String withoutKind(String line) {
        if (line.startsWith(Lines.OPENSSH_KEY)) {
            return "";
        }
        if (!line.startsWith("MI")) {
            return line;
        }
        boolean named = line.contains("hkiG9w0B") || line.contains("qGSM49") || line.contains("BSuBBA");
        return line.substring(Math.min(line.length(), named ? KIND : KIND_OF_PKCS1));
    }

    private void addLine(String line) {
        int authority = Urls.authority(line);
        if (authority >= 0) {
            addUrl(line, authority);
        } else if (line.startsWith("jdbc:")) {
            // Oracle's: jdbc:oracle:thin:user/password@host
            int credentials = line.indexOf(':', line.indexOf(':', 5) + 1) + 1;
            addText(line.substring(credentials, Math.max(credentials, line.indexOf('@'))));
        } else if (Assignments.isConnectionString(line)) {
            addSecretsOf(Assignments.split(line, ";"));
        } else if (Assignments.isQuery(line)) {
            addSecretsOf(Assignments.parameters(line));
        } else {
            addText(line);
        }
    }

    private void addSecretsOf(List<String> assignments) {
        for (String assignment : assignments) {
            if (Assignments.isSecret(assignment.substring(0, assignment.indexOf('=')))) {
                addAssigned(assignment);
            }
        }
    }

    private void addUrl(String url, int authority) {
        int at = url.lastIndexOf('@');
        int host = authority;
        if (at >= authority) {
            int password = url.indexOf(':', authority);
            addText(url.substring(Math.max(authority, password < at ? password - TELLS_NOTHING : 0), at));
            host = at + 1;
        }
        for (String part : Assignments.split(url.substring(Urls.hostEnd(url, host)), "/?&;#")) {
            addAssigned(part);
        }
    }

    /** Without the name that something is assigned to, if there is one. */
    private void addAssigned(String text) {
        int at = Assignments.nameEnd(text);
        boolean named = at > 0 && (text.startsWith("=", at) || text.startsWith(": ", at));
        String assigned = named ? text.substring(at + 1).strip() : "";
        // Nothing but = is the padding of base64.
        addLine(assigned.isEmpty() || assigned.equals("=") ? text : assigned);
    }

    private void addText(String text) {
        if (text.getBytes(UTF_8).length >= Windows.LENGTH) {
            parts.add(text);
        }
    }

    private static void addPieces(byte[] text, PatternList patterns) {
        for (int at = 0; at <= text.length - Windows.LENGTH; at++) {
            if (isBoundary(text, at)) {
                int end = at + Windows.LENGTH;
                while (!isBoundary(text, end)) {
                    end++;
                }
                addPiece(text, at, end, patterns);
            }
            // From its end on as well: the first piece that ends there begins with a whole character.
            int end = at + Windows.LENGTH;
            int start = at;
            while (start > 0 && !isBoundary(text, start)) {
                start--;
            }
            if (start < at && isBoundary(text, end)) {
                addPiece(text, start, end, patterns);
            }
        }
    }

    private static void addPiece(byte[] text, int from, int to, PatternList patterns) {
        if (Windows.isTelling(text, from)) {
            patterns.add(text, from, to, 0);
        }
    }

    private static boolean isBoundary(byte[] text, int at) {
        return at == text.length || (text[at] & 0xc0) != 0x80;
    }

    private static boolean isDocument(String text) {
        boolean json = (text.startsWith("{") && text.endsWith("}")) || (text.startsWith("[") && text.endsWith("]"));
        return (json && text.indexOf('"') >= 0) || text.startsWith("<?xml");
    }

    private static boolean isJwt(String text) {
        return text.startsWith("eyJ") && text.indexOf('.') >= 0 && text.indexOf('.') < text.lastIndexOf('.');
    }
}
