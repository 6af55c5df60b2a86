package io.secretagent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.security.ProtectionDomain;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's classes out of its jar, for the agent alone: the application's loader has the jar too, but would take
 * twice as long for the two hundred of a start, by making three URLs for each.
 */
final class AgentLoader extends ClassLoader {
    private static final String OWN = AgentLoader.class.getPackageName().concat(".");

    static {
        // Two threads that log for the first time do not wait for each other's classes.
        registerAsParallelCapable();
    }

    /** Open for as long as the JVM runs, which loads a class when it is needed. */
    private final ZipFile jar;

    private final ProtectionDomain domain;

    /** @param entry a class of the jar */
    AgentLoader(Class<?> entry) throws IOException, URISyntaxException {
        super("secret-agent", getPlatformClassLoader());
        domain = entry.getProtectionDomain();
        jar = new ZipFile(new File(domain.getCodeSource().getLocation().toURI()));
        // Of the package of Build, which tells it, since the helper has to be of the same.
        String version = entry.getPackage().getImplementationVersion();
        definePackage(OWN.concat("channel"), null, null, null, null, version, null, null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OWN)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ZipEntry entry = jar.getEntry(name.replace('.', '/').concat(".class"));
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            return defined(name, bytes);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Another agent, which is shown the class on its way in, may ask for it: Datadog's does, and then it is there. */
    private Class<?> defined(String name, byte[] bytes) {
        try {
            return defineClass(name, bytes, 0, bytes.length, domain);
        } catch (LinkageError e) {
            Class<?> meanwhile = findLoadedClass(name);
            if (meanwhile == null) {
                throw e;
            }
            return meanwhile;
        }
    }

    /** Of the jar only: the JDK's modules would be looked through first, by 36 more classes. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        ZipEntry entry = jar.getEntry(name);
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            return null;
        }
    }
}
