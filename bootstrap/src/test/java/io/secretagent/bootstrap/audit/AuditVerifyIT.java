package io.secretagent.bootstrap.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.audit.AuditEvent;
import io.secretagent.audit.AuditEvent.Kind;
import io.secretagent.audit.AuditSettings;
import io.secretagent.audit.Origin;
import io.secretagent.audit.Trails;
import io.secretagent.bootstrap.testing.Launched;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code secret-agent audit verify}: each way to spoil an audit, told by file and line. */
@Timeout(120)
class AuditVerifyIT {
    private static final Origin WEB = new Origin("web-1", 11, "app.jar");
    private static final Origin HELPER = new Origin("web-1", 12, "secret-agent fetch");

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void twoWritersByTurns() {
        file = folder.resolve("audit.jsonl");
        write(file, 3);
    }

    @Test
    void oneThatIsWholeIsIntact() throws Exception {
        assertThat(verify()).isEqualTo(new Launched(0, "6 lines of 2 writers in 1 file: intact\n", ""));
        assertThat(verify("--quiet").out()).isEmpty();
    }

    @Test
    void anEditIsToldWithTheLineThatKnowsBetter() throws Exception {
        edit(lines -> lines.set(2, lines.get(2).replace("\"secret\":\"s1\"", "\"secret\":\"s9\"")));
        Launched verified = verify();
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out())
                .startsWith(
                        "audit.jsonl:3: edited: it is not the line that audit.jsonl:5 has the hash of: one was edited"
                                + " (writer ")
                .endsWith("6 lines of 2 writers in 1 file: 1 problem\n");
    }

    @Test
    void aGapIsToldWithWhereItIs() throws Exception {
        edit(lines -> lines.remove(2));
        Launched verified = verify();
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out())
                .startsWith("audit.jsonl:4: gap: 1 line is missing between audit.jsonl:1 and it (writer ");
    }

    @Test
    void aLineThatWasCutIsToldAndSoIsTheGapThatItLeaves() throws Exception {
        edit(lines -> lines.set(3, lines.get(3).substring(0, 100)));
        assertThat(verify().out())
                .contains("audit.jsonl:4: cut: it is no whole line: it was cut, or edited\n")
                .contains("audit.jsonl:6: gap: 1 line is missing between audit.jsonl:2 and it");
        // At the end there is nothing after it that misses it.
        write(folder.resolve("b.jsonl"), 2);
        String whole = Files.readString(folder.resolve("b.jsonl"));
        Files.writeString(folder.resolve("b.jsonl"), whole.substring(0, whole.length() - 40));
        assertThat(run("audit", "verify", "b.jsonl")).isEqualTo(new Launched(1, """
                        b.jsonl:4: cut: it is no whole line: it was cut, or edited
                        4 lines of 2 writers in 1 file: 1 problem
                        """, ""));
    }

    @Test
    void linesThatAreThereTwiceOrInAnotherOrderAreToldApart() throws Exception {
        edit(lines -> lines.add(lines.get(5)));
        assertThat(verify().out()).startsWith("audit.jsonl:7: repeated: it is at audit.jsonl:6 already");
        edit(lines -> {
            lines.remove(6);
            // By their sequence all is well: only files have an order.
            lines.add(0, lines.remove(5));
        });
        assertThat(verify().exit()).isZero();
    }

    @Test
    void aBeginningThatIsGoneIsNotedForThatIsSoAfterFilesWereFull() throws Exception {
        edit(lines -> lines.subList(0, 2).clear());
        Launched verified = verify();
        assertThat(verified.exit()).isZero();
        assertThat(verified.out())
                .contains("audit.jsonl:1: note: writer ", " begins with line 2; ")
                .endsWith("4 lines of 2 writers in 1 file: intact\n");
    }

    /** What no chain can tell by itself: the end was cut off, or all of it written anew. */
    @Test
    void whatAnEarlierRunSawMustStillBeThere() throws Exception {
        Files.writeString(folder.resolve("heads.json"), verify("--json").out());
        assertThat(verify("--since", "heads.json").exit()).isZero();
        String whole = Files.readString(file);
        edit(lines -> lines.subList(4, 6).clear());
        assertThat(verify().exit()).isZero();
        Launched cut = verify("--since", "heads.json");
        assertThat(cut.exit()).isEqualTo(1);
        assertThat(cut.out()).contains(": gone: its line 3 is not there any more as it was");
        Files.delete(file);
        write(file, 3);
        assertThat(verify().exit()).isZero();
        assertThat(verify("--since", "heads.json").out()).contains(": gone: ");
        Files.writeString(file, whole);
        assertThat(verify("--since", "heads.json").exit()).isZero();
        Files.writeString(
                folder.resolve("odd.json"), "{\"writers\":[{\"writer\":\"w\",\"last\":1e99,\"head\":\"h\"}]}");
        for (String other : new String[] {"audit.jsonl", "odd.json", "/dev/zero"}) {
            assertThat(verify("--since", other).exit()).as(other).isEqualTo(64);
        }
    }

    @Test
    void forAProgramThereIsJson() throws Exception {
        edit(lines -> lines.remove(2));
        Launched verified = verify("--json");
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out())
                .startsWith("{\"exit\":1,\"files\":[\"audit.jsonl\"],\"lines\":5,\"writers\":[{\"writer\":\"")
                .contains(
                        "\"host\":\"web-1\",\"pid\":\"11\",\"command\":\"app.jar\",\"first\":1,\"last\":3,\"head\":\"")
                .contains("\"problems\":[{\"kind\":\"gap\",\"place\":\"audit.jsonl:4\",\"what\":\"");
    }

    @Test
    void wrongUseIsToldInALine() throws Exception {
        assertThat(run("audit", "verify", "nowhere.jsonl"))
                .isEqualTo(new Launched(66, "", "secret-agent: there is no file nowhere.jsonl\n"));
        assertThat(run("audit", "verify").exit()).isEqualTo(64);
        assertThat(run("audit"))
                .isEqualTo(new Launched(
                        64, "", "secret-agent: say what is to be done: verify; see secret-agent audit --help\n"));
    }

    private static void write(Path file, int rounds) {
        AuditSettings settings = new AuditSettings(file.toString(), true, true, 1 << 20, 1, null);
        PrintStream nothing = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        try (Trails web = Trails.open(settings, WEB, null, nothing);
                Trails helper = Trails.open(settings, HELPER, null, nothing)) {
            for (int i = 0; i < rounds; i++) {
                web.record(AuditEvent.of(Kind.READ).secret("s" + i, "store", null));
                helper.record(AuditEvent.of(Kind.FETCH).secret("s" + i, "store", null));
            }
        }
    }

    private void edit(java.util.function.Consumer<List<String>> how) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        how.accept(lines);
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private Launched verify(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("audit", "verify"));
        arguments.addAll(List.of(options));
        arguments.add("audit.jsonl");
        return run(arguments.toArray(String[]::new));
    }

    private Launched run(String... arguments) throws Exception {
        return Launched.in(folder, Map.of(), arguments);
    }
}
