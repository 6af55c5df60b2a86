package io.secretagent.bootstrap;

import io.secretagent.bootstrap.command.CommandLineTool;
import io.secretagent.bootstrap.command.FetchCommand;

/** The command line, and the helper process when its first argument is {@code fetch}. */
public final class Main {

    public static void main(String[] arguments) {
        // The helper has no use for the command line's parser, and starts without it.
        boolean helper = arguments.length == 1 && arguments[0].equals("fetch");
        System.exit(helper ? FetchCommand.run() : CommandLineTool.run(arguments));
    }

    private Main() {}
}
