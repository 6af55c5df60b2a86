package io.secretagent.bootstrap;

import static io.secretagent.bootstrap.testing.GatedHelper.property;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.GatedHelper;
import io.secretagent.bootstrap.testing.Jdks;
import io.secretagent.bootstrap.testing.ShowSecrets;
import io.secretagent.bootstrap.testing.Store;
import io.secretagent.channel.ChannelRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How a JVM ends that started before its secrets were there, when they do not come. */
@ParameterizedClass
@MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
@Timeout(180)
class OverlapFailureIT {
    private static final long LONG = 600_000;

    private final Jdks.Jdk jdk;

    @TempDir
    private Path folder;

    OverlapFailureIT(Jdks.Jdk jdk) {
        this.jdk = jdk;
    }

    @Test
    void aMissingSecretEndsItWithTheSameLinesAndCodeAsEver() throws Exception {
        Store store = new Store(folder);
        store.put("db.json", "{\"a\":1}");
        ChildJvm.Result waits = ChildJvm.on(jdk)
                .agent(store.mappingWith("startup: wait\n", "NOPE: api.key", "db.json#nope: b"))
                .run(ShowSecrets.class, "api.key");
        ChildJvm.Result overlaps = ChildJvm.on(jdk)
                .agent(store.mappingWith("startup: overlap\n", "NOPE: api.key", "db.json#nope: b"))
                .run(ShowSecrets.class, "api.key");
        assertThat(overlaps.exit()).isEqualTo(66).isEqualTo(waits.exit());
        assertThat(overlaps.out()).isEmpty();
        assertThat(lines(overlaps)).hasLineCount(2).isEqualTo(lines(waits));
    }

    @Test
    void aMistakeOfTheMappingIsToldBeforeMain() throws Exception {
        Path mapping = new Store(folder).mappingWith("startup: overlap\n", "A: {proprety: a}");
        ChildJvm.Result result = ChildJvm.on(jdk).agent(mapping).run(Writes.class);
        assertThat(result.exit()).isEqualTo(78);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void whatWasWrittenComesFirst() throws Exception {
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"))
                .then(new ChannelRecord.Masked("other", "canary-4f0a77"))
                .then(new ChannelRecord.Problem(77, "secrets.yaml:1:1: secret A: denied; grant it"))
                .then(new ChannelRecord.End(0));
        ChildJvm.Result result =
                helper.child(jdk, "exit 0").run(Writes.class, helper.gate().toString());
        assertThat(result)
                .isEqualTo(new ChildJvm.Result(
                        77, "running\ncanary", "canarysecret-agent: secrets.yaml:1:1: secret A: denied; grant it\n"));
    }

    @Test
    void aWaitingThreadMayHoldTheLockOfStandardError() throws Exception {
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"))
                .then(new ChannelRecord.Problem(66, "secrets.yaml:1:1: secret A: not found; make it"))
                .then(new ChannelRecord.End(0));
        ChildJvm.Result result = helper.child(jdk, "exit 0")
                .run(FormatsWhatWaits.class, helper.gate().toString());
        assertThat(result)
                .isEqualTo(
                        new ChildJvm.Result(66, "", "secret-agent: secrets.yaml:1:1: secret A: not found; make it\n"));
    }

    @Test
    void aHelperThatIsKilledEndsIt() throws Exception {
        GatedHelper helper = new GatedHelper(folder, LONG, property("api.key"));
        ChildJvm.Result result = helper.child(jdk, "kill -KILL $$")
                .run(Writes.class, helper.gate().toString());
        assertThat(result.exit()).isEqualTo(70);
        assertThat(result.out()).isEqualTo("running\ncanary");
        assertThat(result.err()).contains("secret-agent: the helper process was killed before it was done (137)");
    }

    @Test
    void aHelperThatHangsEndsItWhenSomebodyHasWaitedForTooLong() throws Exception {
        GatedHelper helper = new GatedHelper(folder, 1, property("api.key"));
        ChildJvm.Result result = helper.child(jdk, "exec sleep 300").run(ShowSecrets.class, "api.key");
        assertThat(result.exit()).isEqualTo(69);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .isEqualTo(
                        "secret-agent: the helper process did not answer in time; raise timeout in the mapping if the"
                                + " host is slow");
    }

    private static String lines(ChildJvm.Result result) {
        return result.err().replaceAll("mapping\\d+", "mapping");
    }

    /** Says that it runs, leaves what could be the beginning of a value, and waits. */
    static final class Writes {
        public static void main(String[] gate) throws Exception {
            System.out.println("running");
            System.out.print("canary");
            System.err.print("canary");
            if (gate.length > 0) {
                Files.createFile(Path.of(gate[0]));
            }
            System.out.println(System.getProperty("api.key"));
        }
    }

    static final class FormatsWhatWaits {
        public static void main(String[] gate) throws Exception {
            Files.createFile(Path.of(gate[0]));
            System.err.printf(
                    "%s%n",
                    new Object() {
                        @Override
                        public String toString() {
                            return System.getProperty("api.key");
                        }
                    });
        }
    }
}
