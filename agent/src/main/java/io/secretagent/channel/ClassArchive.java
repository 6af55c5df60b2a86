package io.secretagent.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code bootstrap.jar}'s classes that {@code secret-agent warm} makes for one java, so that they are mapped
 * into memory and not loaded anew. Named after what the java's {@code release} file says, so that those of several can
 * lie side by side; whether it fits is checked by the JVM, which starts without it if not.
 *
 * @param aheadOfTime whether it is a cache of JEP 483, and not an archive for class-data sharing
 */
public record ClassArchive(File file, boolean aheadOfTime) {
    private static final int FIRST_AHEAD_OF_TIME = 24;
    private static final byte[] SEAL = "\nsealed\n".getBytes(UTF_8);
    private static final String JAVA_VERSION = "JAVA_VERSION";
    private static final List<String> NAMING =
            List.of("IMPLEMENTOR", "JAVA_RUNTIME_VERSION", JAVA_VERSION, "LIBC", "OS_ARCH");

    /**
     * Where it belongs, whether it is there or not: {@code SECRET_AGENT_CACHE}, else beside the jar.
     *
     * @param java the command that runs the helper
     */
    public static ClassArchive of(File jar, String java) throws IOException {
        String cache = System.getenv("SECRET_AGENT_CACHE");
        File folder = cache == null || cache.isEmpty() ? jar.getParentFile() : new File(cache);
        StringBuilder name = new StringBuilder("bootstrap");
        int feature = 0;
        File release =
                new File(new File(java).getCanonicalFile().getParentFile().getParentFile(), "release");
        if (release.isFile()) {
            StringTokenizer lines = new StringTokenizer(text(release), "\r\n");
            while (lines.hasMoreTokens()) {
                String line = lines.nextToken();
                int equals = line.indexOf('=');
                String key = equals < 0 ? line : line.substring(0, equals);
                if (NAMING.contains(key)) {
                    String value = line.substring(equals + 1).replace("\"", "");
                    name.append('-').append(value.replace('/', '_').replace(' ', '_'));
                    feature = key.equals(JAVA_VERSION) ? feature(value) : feature;
                }
            }
        }
        boolean aheadOfTime = feature >= FIRST_AHEAD_OF_TIME;
        return new ClassArchive(
                new File(folder, name.append(aheadOfTime ? ".aot" : ".jsa").toString()), aheadOfTime);
    }

    /** The jar by the path that its archive is made for and looked for by, whichever links lead to its folder. */
    public static File jar(File jar) throws IOException {
        return new File(jar.getAbsoluteFile().getParentFile().getCanonicalFile(), jar.getName());
    }

    /** Marks what was made as whole: of one that was cut off since, JDK 17 says so and ends. */
    public static void seal(File made) throws IOException {
        try (FileOutputStream end = new FileOutputStream(made, true)) {
            end.write(SEAL);
        }
    }

    /** Whether it is there as a whole. */
    boolean isSealed() throws IOException {
        if (!file.isFile() || file.length() < SEAL.length) {
            return false;
        }
        try (RandomAccessFile archive = new RandomAccessFile(file, "r")) {
            byte[] end = new byte[SEAL.length];
            archive.seek(archive.length() - end.length);
            archive.readFully(end);
            return Arrays.equals(end, SEAL);
        }
    }

    /** Why it may not be used, though it is there: somebody else could have put classes into it. Null if it may. */
    FileTrust.@Nullable Doubt doubt() throws IOException {
        return FileTrust.doubt(file.toPath());
    }

    /**
     * With these a JVM uses it if it fits, and does not say so if it does not.
     *
     * <p>An archive is mapped where it was made for. Elsewhere, which has become the default (JDK-8294323), all pointers in
     * it are written anew: 20 ms of each start, and 36 MiB that are no longer shared with other helpers.
     */
    List<String> options() {
        return aheadOfTime
                ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off:stderr", "-Xlog:cds*=off:stderr")
                : List.of(
                        "-XX:SharedArchiveFile=" + file,
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-Xlog:cds*=off:stderr");
    }

    /** The JVM takes a list of files where it takes one, and has no way to write a name that looks like it. */
    public boolean isNameable() {
        return file.getPath().indexOf(File.pathSeparatorChar) < 0;
    }

    private static String text(File file) throws IOException {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static int feature(String version) {
        int feature = 0;
        for (int i = 0; i < version.length() && version.charAt(i) >= '0' && version.charAt(i) <= '9'; i++) {
            feature = 10 * feature + version.charAt(i) - '0';
        }
        return feature;
    }
}
