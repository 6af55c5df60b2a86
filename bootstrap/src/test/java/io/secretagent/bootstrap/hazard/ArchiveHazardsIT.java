package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.AgentJar;
import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Compiler;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application has prepared to start fast is still used. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class ArchiveHazardsIT {
    private static final int FIRST_WITH_AOT_CACHES = 24;
    private static final String CANARY = "canary-3d62-archive";

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;
    private Path jar;

    ArchiveHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void application() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", CANARY);
        jar = folder.resolve("app.jar");
        String main = ShowSecrets.class.getName().replace('.', '/') + ".class";
        new Compiler(jdk, folder).run("jar", "--create", "--file", "" + jar, "-C", "" + ChildJvm.testClasses(), main);
    }

    /** JDK 25 complains on stdout of an archive that was made without java.instrument, whatever the agent is. */
    @Test
    void anArchiveOfClassesThatWasMadeWithoutTheAgentIsUsed() throws Exception {
        String archive = "-XX:SharedArchiveFile=" + folder.resolve("app.jsa");
        run(ChildJvm.on(jdk).option("-XX:ArchiveClassesAtExit=" + folder.resolve("app.jsa")));
        Path empty = AgentJar.with(EmptyAgent.class, folder);
        ChildJvm.Result any = run(ChildJvm.on(jdk)
                .option("-javaagent:" + empty)
                .option("-Dapi.key=" + CANARY)
                .option(archive));
        ChildJvm.Result ours = fromArchive(archive);
        assertThat(withoutTimes(ours.out())).isEqualTo(withoutTimes(any.out()));
        assertThat(ours.err()).isEmpty();
    }

    @Test
    void anAheadOfTimeCacheThatWasTrainedWithTheModuleIsUsed() throws Exception {
        Assumptions.assumeTrue(jdk.feature() >= FIRST_WITH_AOT_CACHES, "JEP 483 came with JDK 24");
        Path configuration = folder.resolve("app.aotconf");
        Path cache = folder.resolve("app.aot");
        run(ChildJvm.on(jdk)
                .option("--add-modules=java.instrument")
                .option("-XX:AOTMode=record")
                .option("-XX:AOTConfiguration=" + configuration));
        run(ChildJvm.on(jdk)
                .option("--add-modules=java.instrument")
                .option("-XX:AOTMode=create")
                .option("-XX:AOTConfiguration=" + configuration)
                .option("-XX:AOTCache=" + cache));
        assertThat(fromArchive("-XX:AOTCache=" + cache))
                .isEqualTo(new ChildJvm.Result(0, ShowSecrets.line("api.key", CANARY) + "\n", ""));
    }

    private ChildJvm.Result fromArchive(String option) throws Exception {
        Path log = folder.resolve("classes.log");
        ChildJvm.Result result = run(ChildJvm.on(jdk)
                .agent(store.mapping("API_KEY: api.key"))
                .option(option)
                .option("-Xlog:class+load:file=" + log));
        assertThat(result.out()).contains(ShowSecrets.line("api.key", CANARY));
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains(" " + ShowSecrets.class.getName() + " "))
                .singleElement()
                .asString()
                .contains("shared objects file");
        return result;
    }

    private static String withoutTimes(String out) {
        return out.replaceAll("\\[[0-9.]+s\\]", "");
    }

    private ChildJvm.Result run(ChildJvm child) throws Exception {
        return child.run("-cp", jar.toString(), ShowSecrets.class.getName(), "api.key");
    }

    public static final class EmptyAgent {
        public static void premain(String argument) {}
    }
}
