package io.secretagent.bootstrap.mapping;

import io.secretagent.channel.FileTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The mapping's text, if the file can be trusted, is of a sane size, and is clean UTF-8. */
final class YamlSource {
    static final int MAX_BYTES = 1 << 20;

    private final Problems problems;

    YamlSource(Problems problems) {
        this.problems = problems;
    }

    /** Null after a problem was reported that leaves nothing to parse. */
    @Nullable String read(Path file) {
        try {
            // Looked at before it is opened: opening a pipe would wait for a writer.
            if (Files.isDirectory(file)) {
                return fail("the mapping is a folder", "name the file in it");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return fail("the mapping is not a regular file", "name a file, not a pipe or a device");
            }
            FileTrust.Doubt doubt = FileTrust.doubt(file);
            if (doubt != null) {
                problems.error(problems.start(), doubt.what(), doubt.mend());
            }
            try (InputStream in = Files.newInputStream(file)) {
                return text(in.readNBytes(MAX_BYTES + 1));
            }
        } catch (NoSuchFileException e) {
            return fail("the mapping does not exist", "check the path; it is relative to the working directory");
        } catch (AccessDeniedException e) {
            return fail("the mapping cannot be read by this user", "chmod u+r FILE, or run as its owner");
        } catch (IOException e) {
            return fail("the mapping cannot be read", "check the file and the disk that it is on");
        }
    }

    private @Nullable String text(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return fail("the mapping is larger than 1 MiB", "is this the right file?");
        }
        if (startsUtf16(bytes)) {
            return fail("the mapping is UTF-16, not UTF-8", "save it as UTF-8");
        }
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return fail("the mapping starts with a byte order mark", "save it as UTF-8 without one");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            problems.error(after(text), "a byte that is not UTF-8", "save the mapping as UTF-8");
            return null;
        }
        return clean(text);
    }

    private static boolean startsUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        boolean marked = (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE);
        return marked || (first == 0) != (second == 0);
    }

    private @Nullable String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((Character.isISOControl(c) && "\n\r\t\u0085".indexOf(c) < 0) || c == 0xFEFF || c >= 0xFFFE) {
                String what = c == 0 ? "a NUL character" : "a control character";
                problems.error(after(text.substring(0, i)), what, "remove it");
                return null;
            }
        }
        return text;
    }

    /** The place that follows the text. */
    private Place after(String text) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return problems.place(line, text.codePointCount(start, text.length()) + 1);
    }

    private @Nullable String fail(String what, String mend) {
        problems.error(problems.start(), what, mend);
        return null;
    }
}
