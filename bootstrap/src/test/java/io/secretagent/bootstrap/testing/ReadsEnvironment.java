package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An application that reads its environment in every way that there is. Its arguments are {@code show NAME...}, {@code
 * map NAME...}, {@code log NAME...} and {@code children NAME}, one after the other.
 */
public final class ReadsEnvironment {
    private static final String[] ENVIRON = {"cat", "/proc/self/environ"};

    public static void main(String[] arguments) throws Exception {
        String what = "";
        for (String argument : arguments) {
            switch (argument) {
                case "show", "map", "log", "children" -> what = argument;
                default -> read(what, argument);
            }
        }
    }

    private static void read(String what, String name) throws Exception {
        switch (what) {
            case "show" -> {
                System.out.println(ShowSecrets.line(name, System.getenv(name)));
                System.out.println(ShowSecrets.line(name, System.getenv().get(name)));
            }
            case "map" -> {
                if (name.equals("API_KEY")) {
                    checkMap(name);
                    System.out.println("kept");
                }
            }
            case "log" -> {
                System.out.println(name + "=" + System.getenv(name));
                System.err.println(name + "=" + System.getenv(name));
                for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
                    if (variable.getKey().equals(name)) {
                        System.out.println(variable + " in all");
                    }
                }
            }
            default -> startChildren(name.contains("=") ? name : name + "=");
        }
    }

    private static void checkMap(String name) {
        Map<String, String> all = System.getenv();
        String value = System.getenv(name);
        Map<String, String> copy = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : all.entrySet()) {
            require(copy.put(variable.getKey(), variable.getValue()) == null, "a name comes once");
            require(variable.getValue().equals(System.getenv(variable.getKey())), "both forms agree");
        }
        require(all == System.getenv(), "it is the same map");
        require(all.getClass().getName().equals("java.util.Collections$UnmodifiableMap"), "its class is the JDK's");
        require(
                copy.size() == all.size()
                        && copy.keySet().size() == all.keySet().size(),
                "its size is what it has");
        require(copy.containsKey(name) && all.containsKey(name) && all.keySet().contains(name), "the name is there");
        require(all.containsValue(value) && all.values().contains(value), "the value is there");
        require(!all.containsKey("NO_SUCH_NAME") && all.get("NO_SUCH_NAME") == null, "no other is");
        require(all.getOrDefault(name, "").equals(value), "getOrDefault");
        require(all.equals(copy) && copy.equals(all) && all.equals(new HashMap<>(all)), "equals, both ways");
        require(all.hashCode() == copy.hashCode(), "hashCode");
        require(String.join(",", all.keySet()).equals(String.join(",", copy.keySet())), "the order stays");
        require(all.toString().equals(copy.toString()), "toString");
        require(!all.isEmpty() && all.entrySet().stream().count() == all.size(), "streams");
        refuses(UnsupportedOperationException.class, map -> map.put(name, "x"), all);
        refuses(UnsupportedOperationException.class, map -> map.remove(name), all);
        refuses(UnsupportedOperationException.class, map -> map.putIfAbsent(name, "x"), all);
        refuses(UnsupportedOperationException.class, Map::clear, all);
        refuses(UnsupportedOperationException.class, map -> removeFirst(map.entrySet()), all);
        refuses(UnsupportedOperationException.class, map -> removeFirst(map.keySet()), all);
        refuses(UnsupportedOperationException.class, map -> setFirst(map), all);
        refuses(NullPointerException.class, map -> map.get(null), all);
        refuses(NullPointerException.class, map -> System.getenv((String) null), all);
        refuses(ClassCastException.class, map -> require(!hasAny(map, 1), "none"), all);
    }

    private static boolean hasAny(Map<?, ?> map, Object name) {
        return map.containsKey(name);
    }

    private static void removeFirst(Iterable<?> elements) {
        Iterator<?> iterator = elements.iterator();
        iterator.next();
        iterator.remove();
    }

    private static void setFirst(Map<String, String> map) {
        map.entrySet().iterator().next().setValue("x");
    }

    private static void refuses(
            Class<? extends RuntimeException> type, Consumer<Map<String, String>> change, Map<String, String> map) {
        try {
            change.accept(map);
        } catch (RuntimeException e) {
            require(type.isInstance(e), type + " and not " + e.getClass());
            return;
        }
        throw new AssertionError("not refused: " + type);
    }

    private static void require(boolean held, String what) {
        if (!held) {
            throw new AssertionError(what);
        }
    }

    private static void startChildren(String variable) throws Exception {
        say("/proc/self/environ", Files.readString(Path.of("/proc/self/environ")), variable);
        ProcessBuilder builder = new ProcessBuilder(ENVIRON);
        say("never asked for its environment", output(builder.start()), variable);
        builder.environment().put("OTHER", "1");
        say("asked for its environment before", output(builder.start()), variable);
        say("Runtime.exec", output(Runtime.getRuntime().exec(ENVIRON)), variable);
        say("Runtime.exec without an environment", output(Runtime.getRuntime().exec(ENVIRON, null)), variable);
        say("Runtime.exec with one", output(Runtime.getRuntime().exec(ENVIRON, new String[] {"A=1"})), variable);
        StringBuilder asked = new StringBuilder();
        new ProcessBuilder(ENVIRON)
                .environment()
                .forEach((name, value) ->
                        asked.append(name).append('=').append(value).append('\0'));
        say("ProcessBuilder.environment", asked.toString(), variable);
        ProcessBuilder cleared = new ProcessBuilder(ENVIRON);
        cleared.environment().clear();
        say("cleared its environment", output(cleared.start()), variable);
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static void say(String where, String environ, String variable) {
        System.out.println(where + (("\0" + environ).contains("\0" + variable) ? " present" : " absent"));
    }

    private ReadsEnvironment() {}
}
