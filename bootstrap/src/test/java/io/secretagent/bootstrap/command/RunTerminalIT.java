package io.secretagent.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.secretagent.bootstrap.testing.ChildJvm;
import io.secretagent.bootstrap.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code secret-agent run} at a terminal. {@code person.py} is the person there; each test is what one does. */
@Timeout(300)
class RunTerminalIT {
    private static final String CANARY = "canary-4be1a60f";

    @TempDir
    private Path folder;

    @BeforeEach
    void store() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Files.writeString(store.resolve("API_KEY"), CANARY);
        Files.writeString(
                folder.resolve("secrets.yaml"),
                "backends:\n  store: {type: directory, path: store}\nsecrets:\n  store:\n    API_KEY: {env: API_KEY}\n");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void itStaysOneAndIsMasked(Jdks.Jdk jdk) throws Exception {
        scenario(jdk, """
                p = Person('exec ' + RUN + "-- sh script.sh", rows=30, columns=100)
                p.sees('all three')
                p.sees('30 100')
                p.sees('\\x1b[31m***\\x1b[0m\\r\\n***\\r\\n')
                p.sees('Name? ')
                p.types('Ada\\n')
                p.sees('Ada\\r\\n[Ada]\\r\\n')
                assert p.ends() == 5
                assert 'secret-agent' not in p.screen, p.screen
                """, """
                test -t 0 && test -t 1 && test -t 2 && echo all three
                stty size
                printf '\\033[31m%s\\033[0m\\n' $API_KEY
                echo $API_KEY > /dev/tty
                printf 'Name? '
                read name
                echo "[$name]"
                exit 5
                """);
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void keysAreTheCommandsAndTheModesComeBack(Jdks.Jdk jdk) throws Exception {
        scenario(jdk, """
                for key, code in (('\\x03', 130), ('\\x1c', 131), ('\\x04', 7)):
                    p = Person('exec ' + RUN + "-- sh -c 'echo ready; cat; exit 7'")
                    before = p.modes()
                    p.sees('ready')
                    p.types('line\\n')
                    p.sees('line\\r\\nline\\r\\n')
                    assert p.modes() != before
                    p.types(key)
                    assert p.ends() == code, (code, p.screen)
                    assert p.modes() == before
                p = Person('exec ' + RUN + "-- sh -c 'trap \\"echo interrupted; exit 9\\" INT; echo ready; read x'")
                p.sees('ready')
                p.types('\\x03')
                p.sees('interrupted')
                assert p.ends() == 9
                assert p.screen.count('interrupted') == 1
                """, "");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aPasswordIsNotEchoed(Jdks.Jdk jdk) throws Exception {
        scenario(jdk, """
                for line in ("python3 -c 'import getpass; print(len(getpass.getpass()))'",
                             "sh -c 'stty -echo; printf Password:\\\\ ; read x; stty echo; echo ${#x}'"):
                    p = Person('exec ' + RUN + '-- ' + line)
                    p.sees('Password: ')
                    p.types('hunter2-long\\n')
                    p.sees('12\\r\\n')
                    assert p.ends() == 0
                    assert 'hunter' not in p.screen
                """, "");
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void ctrlZStopsItAndTheShellLetsItGoOn(Jdks.Jdk jdk) throws Exception {
        scenario(jdk, """
                p = Person('exec bash --norc --noprofile -i')
                p.sees('$ ')
                before = p.modes()
                p.types(RUN + "-- sh -c 'echo ready; read x; echo [$x]; exit 4'\\n")
                p.sees('ready\\r\\n')
                p.types('\\x1a')
                p.sees('Stopped')
                p.sees('$ ')
                assert p.modes() == before
                p.types('fg\\n')
                p.sees('fg')
                p.sees('run')
                p.types('on\\n')
                p.sees('[on]')
                p.sees('$ ')
                p.types('echo code=$?\\n')
                p.sees('code=4')
                p.sees('$ ')
                p.types(RUN + "-- sh -c 'read x; echo [$x]; exit 4' &\\n")
                p.sees('$ ')
                p.types('fg\\n')
                p.sees('run')
                p.types('later\\n')
                p.sees('[later]')
                p.sees('$ ')
                p.types('exit 3\\n')
                assert p.ends() == 3
                """, "");
    }

    /** A job of a job, in what can have none of our shell's. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
    void aShellInItHasJobsWhateverTheShellOfTheSystem(String shell) throws Exception {
        if (!hasOwnMounts(shell)) {
            return;
        }
        scenario(Jdks.current(), """
                # A bash that is the system's shell drops PS1 before the command has it.
                p = Person('exec ' + RUN + "-- env PS1='$ ' bash --norc --noprofile -i")
                p.sees('$ ')
                p.types("sh -c 'echo now; exec cat'\\n")
                p.sees('now\\r\\n')
                p.types('one\\n')
                p.sees('one\\r\\none\\r\\n')
                p.types('\\x1a')
                p.sees('Stopped')
                p.sees('$ ')
                p.types('fg\\n')
                p.sees('exec cat')
                p.types('two\\n')
                p.sees('two\\r\\ntwo\\r\\n')
                p.types('\\x03')
                p.sees('$ ')
                p.types('echo $API_KEY $ENV; exit 6\\n')
                p.sees('*** given')
                assert p.ends() == 6, p.screen
                p = Person("exec env PS1='$ ' bash --norc --noprofile -i")
                p.sees('$ ')
                p.types(RUN + "-- sh -c 'echo ready; read x; echo [$x]'\\n")
                p.sees('ready\\r\\n')
                p.types('\\x1a')
                p.sees('Stopped')
                p.types('fg\\n')
                p.sees('run')
                p.types('on\\n')
                p.sees('[on]')
                """, "", "ENV", "given", "SHELL_OF_SYSTEM", shell);
    }

    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void itHasTheSizeOfTheRealOne(Jdks.Jdk jdk) throws Exception {
        scenario(jdk, """
                for redirect in ('', '>out', '<script.sh'):
                    p = Person('exec ' + RUN + '-- python3 script.py ' + redirect)
                    p.sees('(80, 24)')
                    p.resizes(40, 132)
                    p.sees('(132, 40)')
                    assert p.ends() == 0
                """, """
                import os, signal, sys
                size = lambda: print(tuple(os.get_terminal_size(2)), file=sys.stderr, flush=True)
                resized = []
                signal.signal(signal.SIGWINCH, lambda *a: (size(), resized.append(1)))
                size()
                while not resized or tuple(os.get_terminal_size(2)) == (80, 24): signal.sigtimedwait([], 0.05)
                """);
    }

    @Test
    void aSignalThatSomebodySendsArrivesInTheForegroundToo() throws Exception {
        scenario(Jdks.current(), """
                import signal
                for redirect in ('', '>out', '2>out'):
                    for name in 'TERM INT HUP QUIT USR1 USR2 WINCH'.split():
                        p = Person('exec ' + RUN + '-- python3 script.py ' + redirect)
                        before = p.modes()
                        p.sees('ready')
                        os.kill(p.pid, getattr(signal, 'SIG' + name))
                        p.sees('SIG' + name)
                        assert p.ends() == 20
                        assert p.modes() == before
                        assert p.screen.count('SIG') == 1, p.screen
                """, """
                import os, signal, sys
                out = os.open('/dev/tty', os.O_WRONLY)
                names = ['SIG' + name for name in 'TERM INT HUP QUIT USR1 USR2 WINCH'.split()]
                signal.pthread_sigmask(signal.SIG_BLOCK, [getattr(signal, name) for name in names])
                os.write(out, b'ready\\n')
                got = signal.sigwait([getattr(signal, name) for name in names])
                os.write(out, signal.Signals(got).name.encode() + b'\\n')
                sys.exit(20)
                """);
    }

    @Test
    void aStreamThatIsNoTerminalIsNone() throws Exception {
        scenario(Jdks.current(), """
                p = Person('exec ' + RUN + '-- sh script.sh 2>err')
                p.sees('out: tty tty none ***')
                assert p.ends() == 0
                assert open('err').read() == 'err ***\\n'
                p = Person('exec ' + RUN + '-- sh script.sh >out')
                p.sees('err ***\\r\\n')
                assert p.ends() == 0
                assert open('out').read() == 'out: tty none tty ***\\n'
                p = Person(RUN + '-- sh script.sh | cat')
                p.sees('out: tty none tty ***')
                assert p.ends() == 0
                p = Person('echo | ' + RUN + '-- sh script.sh')
                p.sees('out: none tty tty ***')
                assert p.ends() == 0
                """, """
                is() { test -t $1 && echo tty || echo none; }
                zero=$(is 0) one=none
                test -t 1 && one=tty
                two=$(is 2)
                echo "out: $zero $one $two $API_KEY"
                echo "err $API_KEY" >&2
                """);
    }

    /** As {@code less} does: its text comes by a pipe, its keys from the terminal, whose modes it sets by descriptor 2. */
    @ParameterizedTest
    @MethodSource("io.secretagent.bootstrap.testing.Jdks#all")
    void aPagerAtTheEndOfAPipelineHasItsKeys(Jdks.Jdk jdk) throws Exception {
        scenario(jdk, """
                for front in ('echo text', '{ echo text; read x </dev/tty; echo $x; }'):
                    p = Person(front + ' | ' + RUN + '-- python3 script.py')
                    before = p.modes()
                    p.sees('key?')
                    if 'read' in front:
                        p.types('for the one in front\\n')
                    p.sees('raw')
                    p.types('q')
                    p.sees('got q')
                    assert p.ends() == 0, p.screen
                    assert p.modes() == before
                """, """
                import os, sys, tty, termios
                print('key?', flush=True)
                sys.stdin.read()
                before = termios.tcgetattr(2)
                tty.setraw(2)
                print('raw', flush=True)
                key = os.read(os.open('/dev/tty', os.O_RDONLY), 1)
                termios.tcsetattr(2, termios.TCSANOW, before)
                print('got', key.decode(), flush=True)
                """);
    }

    @Test
    void ctrlCEndsTheScriptAroundItAsWell() throws Exception {
        scenario(
                Jdks.current(),
                """
                for shell in ('bash', 'dash'):
                    p = Person('exec bash --norc --noprofile -i')
                    p.sees('$ ')
                    p.types(shell + ' script.sh\\n')
                    p.sees('ready')
                    p.types('\\x03')
                    p.sees('$ ')
                    p.types('echo code=$?; exit\\n')
                    p.sees('code=130')
                    p.ends()
                    assert 'after' not in p.screen, p.screen
                """,
                "\"$RUN\" run --mapping secrets.yaml -- sh -c 'echo ready; exec sleep 100'\necho after\n");
    }

    @Test
    void twoAtOnceLeaveTheTerminalAsItWas() throws Exception {
        scenario(Jdks.current(), """
                p = Person('sh script.sh')
                before = p.modes()
                p.sees('first ready')
                p.sees('second ready')
                p.waits(lambda: p.modes() != before)
                p.types('x\\n')
                p.sees('second [x]')
                p.waits(lambda: p.modes() == before)
                assert p.ends() == 0
                """, """
                exec 3<&0
                "$RUN" run --mapping secrets.yaml -- sh -c 'echo first ready; until test -e done; do sleep 0.1; done' &
                until "$RUN" run --mapping secrets.yaml -- true; do :; done
                "$RUN" run --mapping secrets.yaml -- sh -c 'echo second ready; read x; echo "second [$x]"; : > done'
                wait
                """);
    }

    @Test
    void unmaskedItIsTheTerminalItself() throws Exception {
        scenario(Jdks.current(), """
                p = Person('exec ' + RUN + "--no-mask -- sh -c 'tty; trap \\"echo once; exit 8\\" INT; echo ready; read x'")
                p.sees('is not masked (--no-mask)')
                p.sees(os.ptsname(p.terminal) if hasattr(os, 'ptsname') else '/dev/pts/')
                p.sees('ready')
                p.types('\\x03')
                p.sees('once')
                assert p.ends() == 8
                """, "");
    }

    private static boolean hasOwnMounts(String shell) throws IOException, InterruptedException {
        String program = shell.split(" ", 2)[0];
        boolean has = new ProcessBuilder("sh", "-c", "unshare --mount true && command -v " + program)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        if (!has) {
            System.err.println("SKIPPED: no mounts of one's own here, or no " + program);
        }
        return has;
    }

    private void scenario(Jdks.Jdk jdk, String steps, String script, String... environment) throws Exception {
        Files.copy(
                ChildJvm.testClasses().resolve("io/secretagent/bootstrap/command/person.py"),
                folder.resolve("person.py"));
        Files.writeString(folder.resolve("scenario.py"), "import os\nfrom person import Person, RUN\n" + steps);
        Files.writeString(folder.resolve("script.sh"), script);
        Files.writeString(folder.resolve("script.py"), script);
        Wrapped wrapped =
                new Wrapped(folder).environment("SECRET_AGENT_JAVA", jdk.java().toString());
        String before = "";
        for (int i = 0; i < environment.length; i += 2) {
            wrapped.environment(environment[i], environment[i + 1]);
            if (environment[i].equals("SHELL_OF_SYSTEM")) {
                String[] words = environment[i + 1].split(" ", 2);
                before = "exec unshare --mount sh -c 'mount --bind \"$(command -v " + words[0]
                        + ")\" \"$(readlink -f /bin/sh)\" && exec python3 scenario.py'\n";
            }
        }
        Wrapped.Result result = wrapped.script(before.isEmpty() ? "exec python3 scenario.py" : before);
        assertThat(result).isEqualTo(new Wrapped.Result(0, "", ""));
        for (Path written : List.of(folder.resolve("out"), folder.resolve("err"))) {
            if (Files.exists(written)) {
                assertThat(written).content().doesNotContain(CANARY);
            }
        }
    }
}
