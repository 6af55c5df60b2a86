package io.secretagent.bootstrap.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** This process' command line and environment as the system has them: Java turns bytes that are no UTF-8 into others. */
public final class Environ {
    private final List<byte[]> variables;

    /** The last arguments of this process. */
    public static List<byte[]> lastArguments(int count) throws IOException {
        List<byte[]> all = strings("cmdline");
        return all.subList(all.size() - count, all.size());
    }

    /** A copy of this process' environment. */
    public static Environ ofThisProcess() throws IOException {
        return new Environ(strings("environ"));
    }

    private Environ(List<byte[]> variables) {
        this.variables = variables;
    }

    Environ copy() {
        return new Environ(new ArrayList<>(variables));
    }

    /** {@code NAME=value} each. */
    List<byte[]> variables() {
        return variables;
    }

    /** Sets a variable, in place of one that it had. */
    public void put(String name, String value) {
        remove(name);
        variables.add((name + '=' + value).getBytes(UTF_8));
    }

    /** Takes a variable out. */
    public void remove(String name) {
        byte[] start = start(name);
        variables.removeIf(variable -> startsWith(variable, start));
    }

    /** Gives a variable another name, in place of one that had it; false if there is none. */
    public boolean rename(String from, String to) {
        byte[] start = start(from);
        byte @Nullable [] value = null;
        for (byte[] variable : variables) {
            if (startsWith(variable, start)) {
                value = variable;
            }
        }
        remove(from);
        if (value == null) {
            return false;
        }
        remove(to);
        variables.add(joined(start(to), value, start.length));
        return true;
    }

    private static byte[] joined(byte[] start, byte[] rest, int from) {
        byte[] joined = new byte[start.length + rest.length - from];
        System.arraycopy(start, 0, joined, 0, start.length);
        System.arraycopy(rest, from, joined, start.length, rest.length - from);
        return joined;
    }

    private static byte[] start(String name) {
        return (name + '=').getBytes(UTF_8);
    }

    private static boolean startsWith(byte[] variable, byte[] start) {
        if (variable.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (variable[i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static List<byte[]> strings(String file) throws IOException {
        String all = Files.readString(Path.of("/proc/self/" + file), ISO_8859_1);
        List<byte[]> strings = new ArrayList<>();
        int start = 0;
        for (int end = all.indexOf('\0'); end >= 0; end = all.indexOf('\0', start)) {
            strings.add(all.substring(start, end).getBytes(ISO_8859_1));
            start = end + 1;
        }
        return strings;
    }
}
