package io.secretagent.bootstrap;

/** The command line, and the helper process when its first argument is {@code fetch}. */
public final class Main {

    public static void main(String[] arguments) {
        System.exit(arguments.length);
    }

    private Main() {}
}
