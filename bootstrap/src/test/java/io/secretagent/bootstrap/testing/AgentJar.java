package io.secretagent.bootstrap.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Another agent, of a class of the tests that has a {@code premain}. */
public final class AgentJar {

    /** Its jar, made in this folder; the class is on the child's class path. */
    public static Path of(Class<?> premain, Path folder) throws IOException {
        return make(premain, folder, false);
    }

    /** Its jar with the class in it. */
    public static Path with(Class<?> premain, Path folder) throws IOException {
        return make(premain, folder, true);
    }

    private static Path make(Class<?> premain, Path folder, boolean withClass) throws IOException {
        Path jar = folder.resolve(premain.getSimpleName() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", premain.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (withClass) {
                String name = premain.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(name));
                Files.copy(ChildJvm.testClasses().resolve(name), out);
            }
        }
        return jar;
    }

    private AgentJar() {}
}
