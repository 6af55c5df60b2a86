package io.secretagent.bootstrap.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no log is not touched: the application's files, sockets, pipes, properties and exceptions. */
class OwnDataIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void staysAsItIs(Jdks.Jdk jdk) throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        ChildJvm.Result result = new Canary(folder)
                .child(jdk)
                .option("-Djava.util.prefs.userRoot=" + folder)
                .option("-Djava.util.prefs.systemRoot=" + folder)
                .run(KeepsItsData.class, own.toString(), Integer.toString(Canary.VALUE.length()));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "FileOutputStream true",
                        "RandomAccessFile true",
                        "Files.write true",
                        "Files.newBufferedWriter true",
                        "ObjectOutputStream true",
                        "FileChannel true",
                        "transferTo true",
                        "MappedByteBuffer true",
                        "AsynchronousFileChannel true",
                        "Properties.store true",
                        "Properties.storeToXML true",
                        "Properties.get true",
                        "Preferences true",
                        "socket true",
                        "pipe true",
                        "child true",
                        "getMessage true",
                        "toString true",
                        "property true");
    }
}
