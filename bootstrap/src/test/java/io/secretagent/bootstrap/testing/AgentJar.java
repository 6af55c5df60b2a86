package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Another agent, of a class on the child's class path that has a {@code premain}. */
public final class AgentJar {

    /** Its jar, made in this folder. */
    public static Path of(Class<?> premain, Path folder) throws IOException {
        Path jar = folder.resolve(premain.getSimpleName() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", premain.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private AgentJar() {}
}
