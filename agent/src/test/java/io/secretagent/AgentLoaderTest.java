package io.secretagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLoaderTest {
    private static final List<String> IN_JAR = List.of(
            "io.secretagent.SecretAgent",
            "io.secretagent.channel.Build",
            "io.secretagent.channel.OneLine",
            "io.secretagent.mask.Hex");

    @TempDir
    private Path folder;

    @Test
    void loadsTheJarsClassesItselfAndTheJdksAsEverybody() throws Exception {
        Path jar = jar("agent with ö.jar");
        try (URLClassLoader application = application(jar)) {
            AgentLoader loader = loader(application);

            Class<?> own = loader.loadClass("io.secretagent.channel.OneLine");
            assertThat(own.getClassLoader()).isSameAs(loader);
            assertThat(own).isNotSameAs(application.loadClass("io.secretagent.channel.OneLine"));
            assertThat(loader.loadClass("io.secretagent.channel.OneLine")).isSameAs(own);
            assertThat(own.getProtectionDomain().getCodeSource().getLocation())
                    .isEqualTo(jar.toUri().toURL());
            assertThat(loader.loadClass("java.sql.Driver").getClassLoader())
                    .isSameAs(ClassLoader.getPlatformClassLoader());
        }
    }

    @Test
    void tellsTheBuildOfTheJar() throws Exception {
        try (URLClassLoader application = application(jar("agent.jar"))) {
            Class<?> build = loader(application).loadClass("io.secretagent.channel.Build");
            assertThat(build.getMethod("id").invoke(null)).isEqualTo("9.8.7");
        }
    }

    @Test
    void doesNotSeeTheApplicationsClasses() throws Exception {
        try (URLClassLoader application = application(jar("agent.jar"))) {
            AgentLoader loader = loader(application);
            for (String name : List.of(Test.class.getName(), "io.secretagent.NoSuchClass")) {
                assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    @Test
    void givesFilesOfTheJarOnly() throws Exception {
        try (URLClassLoader application = application(jar("agent.jar"))) {
            AgentLoader loader = loader(application);
            try (InputStream own = loader.getResourceAsStream("io/secretagent/mask/Hex.class");
                    InputStream same = ClassLoader.getSystemResourceAsStream("io/secretagent/mask/Hex.class")) {
                assertThat(own).hasSameContentAs(same);
            }
            assertThat(loader.getResourceAsStream("java/lang/Object.class")).isNull();
        }
    }

    @Test
    void givesThreadsThatAskAtOnceTheSameClass() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (URLClassLoader application = application(jar("agent.jar"))) {
            for (int round = 0; round < 50; round++) {
                AgentLoader loader = loader(application);
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<Class<?>>> loaded = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    loaded.add(executor.submit(() -> {
                        start.await();
                        return loader.loadClass("io.secretagent.mask.Hex");
                    }));
                }
                Class<?> first = loaded.get(0).get();
                for (Future<Class<?>> each : loaded) {
                    assertThat(each.get()).isSameAs(first);
                }
            }
        } finally {
            executor.shutdown();
        }
    }

    private static AgentLoader loader(ClassLoader application) throws Exception {
        return new AgentLoader(application.loadClass("io.secretagent.SecretAgent"));
    }

    private static URLClassLoader application(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private Path jar(String name) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "9.8.7");
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String type : IN_JAR) {
                String entry = type.replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = ClassLoader.getSystemResourceAsStream(entry)) {
                    Objects.requireNonNull(in, entry).transferTo(out);
                }
            }
        }
        return jar;
    }
}
