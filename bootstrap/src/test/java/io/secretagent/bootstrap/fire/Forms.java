package io.secretagent.bootstrap.fire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The forms in which a canary could stand in bytes: as it is, in other charsets, in base64 at any place, in hex. */
final class Forms {
    private static final List<Charset> CHARSETS = List.of(UTF_8, UTF_16LE, UTF_16BE);
    private static final int OF_BASE64 = 3;
    /** What is beside the value takes part in the first and last characters. */
    private static final int EDGE = 4;

    private final List<String> forms = new ArrayList<>();

    /** Of texts that are ASCII and stand nowhere by chance. */
    Forms(String... canaries) {
        for (String canary : canaries) {
            byte[] bytes = canary.getBytes(UTF_8);
            for (Charset charset : CHARSETS) {
                forms.add(new String(canary.getBytes(charset), ISO_8859_1));
            }
            for (int shift = 0; shift < OF_BASE64; shift++) {
                byte[] shifted = new byte[shift + bytes.length];
                System.arraycopy(bytes, 0, shifted, shift, bytes.length);
                String text = Base64.getEncoder().encodeToString(shifted);
                forms.add(text.substring(EDGE, text.length() - EDGE));
            }
            forms.add(HexFormat.of().formatHex(bytes));
            forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        }
    }

    boolean areIn(byte[] bytes) {
        return areIn(new String(bytes, ISO_8859_1));
    }

    /** In bytes that are the characters of a text. */
    boolean areIn(String latin) {
        return forms.stream().anyMatch(latin::contains);
    }

    /** The files below a folder that have any of them. */
    List<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (areIn(Files.readAllBytes(file))) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
