package io.secretagent.bootstrap.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JDK's own tools on what a test writes: classes for that JDK, modules, jars. */
public final class Compiler {
    private final Jdks.Jdk jdk;
    private final Path folder;

    /** Keeps its files in this folder. */
    public Compiler(Jdks.Jdk jdk, Path folder) {
        this.jdk = jdk;
        this.folder = folder;
    }

    /** Compiles one source to a folder of classes. */
    public Path classes(String name, String source) throws IOException, InterruptedException {
        Path file = folder.resolve("src-" + name).resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        return compile(name, List.of(file));
    }

    /** Compiles a module of one class in a package of the module's name. */
    public Path module(String module, String declaration, String name, String source)
            throws IOException, InterruptedException {
        Path sources = Files.createDirectories(folder.resolve("src-" + module).resolve(module));
        Path file = Files.writeString(sources.resolve(name + ".java"), source);
        Path info = Files.writeString(sources.resolveSibling("module-info.java"), declaration);
        return compile(module, List.of(info, file));
    }

    /** Runs a tool of the JDK. */
    public void run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.tool(tool).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(tool + ": " + out);
        }
    }

    private Path compile(String name, List<Path> sources) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(folder.resolve("classes-" + name));
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString()));
        for (Path source : sources) {
            arguments.add(source.toString());
        }
        run("javac", arguments.toArray(String[]::new));
        return classes;
    }
}
