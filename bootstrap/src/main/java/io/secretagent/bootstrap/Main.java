package io.secretagent.bootstrap;

import io.secretagent.bootstrap.command.CommandLineTool;
import io.secretagent.bootstrap.command.FetchCommand;
import io.secretagent.bootstrap.command.HttpThreads;
import io.secretagent.bootstrap.command.RunCommand;
import io.secretagent.bootstrap.command.WarmCommand;
import io.secretagent.bootstrap.warm.Training;
import java.util.List;

/** The command line, and the helper process when its first argument is {@code fetch}. */
public final class Main {

    public static void main(String[] arguments) {
        int exit = run(List.of(arguments));
        HttpThreads.end();
        System.exit(exit);
    }

    /** The helper and what runs a command have no use for the command line's parser, and start without it. */
    private static int run(List<String> arguments) {
        if (arguments.equals(List.of("fetch"))) {
            return FetchCommand.run();
        }
        if (arguments.size() > 2 && arguments.get(0).equals("run")) {
            return RunCommand.run(arguments.subList(1, arguments.size()));
        }
        if (arguments.size() == 2 && arguments.get(0).equals(Training.ARGUMENT)) {
            return WarmCommand.rehearse(arguments.get(1));
        }
        return CommandLineTool.run(arguments.toArray(String[]::new));
    }

    private Main() {}
}
