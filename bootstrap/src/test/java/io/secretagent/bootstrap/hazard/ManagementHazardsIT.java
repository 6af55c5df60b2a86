package io.secretagent.bootstrap.hazard;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.Store;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.TimeZone;
import javax.management.MBeanServerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The platform's singletons are the application's to choose: management, time zone, files. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
class ManagementHazardsIT {
    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    private Store store;

    ManagementHazardsIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void store() throws Exception {
        store = new Store(folder);
        store.put("API_KEY", "canary-3d62-management");
    }

    @Test
    void anMBeanServerBuilderThatMainNamesIsUsed() throws Exception {
        assertThat(child().run(NamesBuilder.class)).isEqualTo(new ChildJvm.Result(0, "own builder\n", ""));
    }

    @Test
    void thePlatformsMBeanServerIsThere() throws Exception {
        ChildJvm child = child().option("-Dcom.sun.management.jmxremote=true")
                .option("-Dcom.sun.management.jmxremote.port=0")
                .option("-Dcom.sun.management.jmxremote.host=127.0.0.1")
                .option("-Dcom.sun.management.jmxremote.authenticate=false")
                .option("-Dcom.sun.management.jmxremote.ssl=false");
        assertThat(child.run(UsesPlatform.class)).isEqualTo(new ChildJvm.Result(0, "***\n", ""));
    }

    @Test
    void theTimeZoneIsSetInMain() throws Exception {
        assertThat(child().run(SetsTimeZone.class)).isEqualTo(new ChildJvm.Result(0, "Pacific/Chatham\n", ""));
    }

    @Test
    void aFileSystemOfTheApplicationsIsTheDefaultOne() throws Exception {
        ChildJvm child = child().option("-Djava.nio.file.spi.DefaultFileSystemProvider=" + OwnFiles.class.getName());
        assertThat(child.run(UsesFiles.class)).isEqualTo(new ChildJvm.Result(0, "asked once or more\n", ""));
    }

    private ChildJvm child() throws Exception {
        return store.child(jdk, "API_KEY: api.key");
    }

    static final class NamesBuilder {
        public static void main(String[] arguments) {
            System.setProperty("javax.management.builder.initial", Builder.class.getName());
            ManagementFactory.getPlatformMBeanServer();
        }
    }

    public static final class Builder extends MBeanServerBuilder {
        public Builder() {
            System.out.println("own builder");
        }
    }

    static final class UsesPlatform {
        public static void main(String[] arguments) {
            System.out.println(
                    ManagementFactory.getRuntimeMXBean().getSystemProperties().get("api.key"));
        }
    }

    static final class SetsTimeZone {
        public static void main(String[] arguments) {
            System.setProperty("user.timezone", "Pacific/Chatham");
            System.out.println(TimeZone.getDefault().getID());
        }
    }

    static final class UsesFiles {
        public static void main(String[] arguments) {
            Path own = FileSystems.getDefault().getPath("/");
            System.out.println(own != null && OwnFiles.asked > 0 ? "asked once or more" : "not asked");
        }
    }
}
