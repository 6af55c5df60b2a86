#!/usr/bin/env python3
"""What Secret Agent adds to the whole process of an application that says hello: ten secrets from each backend, cold and
warm, beside the same without an agent, with an empty one and with other agents. Prints a table in Markdown.

    ./mvnw -q package -DskipTests -pl agent,bootstrap dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=/tmp/classpath
    JAVA_HOME=/opt/jdk bootstrap/src/comparison/start.py bootstrap/target/test-classes:bootstrap/target/classes:$(cat /tmp/classpath) [ROUNDS]

PEERS has the jars of other agents, separated by spaces, each with its argument, in which there may be colons:
PEERS='opentelemetry-javaagent.jar jmx_prometheus_javaagent.jar=127.0.0.1:0:empty.yaml', that file with {} in it.

OpenBao and moto are real servers on this machine, as the tests install them; Azure Key Vault is the tests' stand-in. Each
round runs every case once, in turn. The figures are medians of the differences to the plain application of the same
round, with the quarter that is below and the one that is above. Processor time is that of the process and of its helper.
"""
import contextlib, ctypes, json, os, random, resource, shutil, statistics, subprocess, sys, tempfile, time, traceback

HERE = os.getcwd()
JAVA = os.environ['JAVA_HOME'] + '/bin/java'
CLASSPATH = sys.argv[1]
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 11
WORK = tempfile.mkdtemp(prefix='start-')
DISTRIBUTION = WORK + '/secret-agent'
HELLO = '''
public class Hello {
    public static void main(String[] arguments) throws Exception {
        System.out.println("Hello " + System.currentTimeMillis());
        if (arguments.length > 0) {
            for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS") || line.startsWith("Threads")) System.out.println(line);
            }
        }
    }
}
'''
# In its jar alone, so that the jar is opened, as it is for any agent.
EMPTY = 'public class Empty { public static void premain(String argument) {} }'


def prepare():
    with open(WORK + '/Hello.java', 'w') as file:
        file.write(HELLO)
    os.mkdir(WORK + '/empty')
    with open(WORK + '/empty/Empty.java', 'w') as file:
        file.write(EMPTY)
    with open(WORK + '/manifest', 'w') as file:
        file.write('Premain-Class: Empty\n')
    tool = os.environ['JAVA_HOME'] + '/bin/'
    subprocess.run([tool + 'javac', '-d', WORK, WORK + '/Hello.java'], check=True)
    subprocess.run([tool + 'javac', WORK + '/empty/Empty.java'], check=True)
    subprocess.run([tool + 'jar', 'cfm', WORK + '/empty.jar', WORK + '/manifest', '-C', WORK + '/empty', 'Empty.class'], check=True)
    shutil.copytree(os.environ.get('DISTRIBUTION', 'bootstrap/target/secret-agent'), DISTRIBUTION)
    subprocess.run([DISTRIBUTION + '/bin/secret-agent', 'warm'], check=True)


def cases(environment, options):
    agent = '-javaagent:' + DISTRIBUTION + '/lib/secret-agent.jar='
    every = {'plain': ([], {}), 'an empty agent': (['-javaagent:' + WORK + '/empty.jar'], {})}
    for backend in ('directory', 'vault', 'aws', 'azure', 'all', 'overlap'):
        line = [*options, agent + WORK + '/' + backend + '.yaml']
        every[backend + ', cold'] = (line, {**environment, 'SECRET_AGENT_CACHE': '/nonexistent'})
        every[backend + ', warm'] = (line, environment)
    for peer in os.environ.get('PEERS', '').split():
        every[os.path.basename(peer.split('=')[0])] = (['-javaagent:' + peer], {'OTEL_%s_EXPORTER' % kind: 'none' for kind in ('TRACES', 'METRICS', 'LOGS')})
    return {name: ([*options, '-cp', WORK, 'Hello'], variables) for name, (options, variables) in every.items()}


@contextlib.contextmanager
def stores():
    """The servers; gives what an application needs to reach them: environment variables, and options of the JVM."""
    servers = subprocess.Popen(
        [JAVA, '-cp', CLASSPATH, 'io.secretagent.bootstrap.backend.azure.StartStores', WORK],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE)
    try:
        if servers.stdout.readline() != 'ready\n':
            sys.exit('the servers did not start')
        yield json.load(open(WORK + '/environment')), open(WORK + '/options').read().split('\n')
    finally:
        servers.stdin.close()
        servers.wait()
        shutil.rmtree(WORK)


def rounds(every):
    """What each case took in each round, which runs every case once, in an order of its own."""
    taken = {name: [] for name in every}
    load = open('/proc/loadavg').read().split()[0]
    for number in range(ROUNDS + 1):
        names = list(every)
        random.shuffle(names)
        for name in names:
            result = run(every[name])
            if number > 0:  # the first round only fills the caches
                taken[name].append(result)
    version = subprocess.run([JAVA, '-version'], capture_output=True, text=True).stderr.split('\n')[1]
    print('%s, %d processors, %d rounds, load %s before and %s after\n' % (
        version, os.cpu_count(), ROUNDS, load, open('/proc/loadavg').read().split()[0]))
    return taken


def run(case, *arguments):
    """In a process of its own, which waits for the helper too: a JVM that ends first does not."""
    here, there = os.pipe()
    measured = os.fork()
    if measured == 0:
        ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: orphans become its children
        try:
            os.write(there, json.dumps(measure(case, *arguments)).encode())
        except Exception:
            traceback.print_exc()
        os._exit(0)  # not through what the parent has to clear away
    os.close(there)
    with os.fdopen(here) as pipe:
        result = pipe.read()
    os.waitpid(measured, 0)
    if not result:
        sys.exit('an application failed')
    return json.loads(result)


def measure(case, *arguments):
    options, environment = case
    begin, clock = time.monotonic(), time.time()
    # To files: the end of a pipe would be that of the helper, which may live longer. Without a timeout, for which Python
    # would look every 50 ms whether it has ended.
    with open(WORK + '/out', 'w+') as out, open(WORK + '/err', 'w+') as err:
        ended = subprocess.run([JAVA, *options, *arguments], env={**os.environ, **environment},
                               stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        wall = time.monotonic() - begin
        out.seek(0)
        err.seek(0)
        ended.stdout, ended.stderr = out.read(), err.read()
    try:
        while True:
            os.wait()
    except ChildProcessError:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode != 0:
        raise OSError(str(ended))
    return int(said(ended.stdout, 'Hello')) / 1000 - clock, wall, used.ru_utime + used.ru_stime, ended.stdout


def said(output, word):
    """What follows a word in what the application printed."""
    words = output.split()
    return words[words.index(word) + 1]


def classes(case):
    log = WORK + '/classes.log'
    run((['-Xlog:class+load:file=' + log, *case[0]], case[1]))
    return sum(1 for line in open(log) if 'source:' in line)


def megabytes(output):
    return int(said(output, 'VmRSS:')) / 1024


def median_and_quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4)
    return middle, low, high


def spread(values):
    return '%.2f (%.2f to %.2f)' % median_and_quartiles(values)


def difference(taken, name, i):
    """Spread of one figure's differences to the plain application of the same round."""
    return spread([there[i] - here[i] for there, here in zip(taken[name], taken['plain'])])


def main():
    prepare()
    with stores() as reach:
        every = cases(*reach)
        taken = rounds(every)
        print('plain: main after %s s, the end after %s s, %s s of processor time\n' % tuple(
            spread([seconds[i] for seconds in taken['plain']]) for i in (0, 1, 2)))
        print('| adds | s until main | s until the end | s of processor time | classes | MiB | threads |')
        print('|---|---|---|---|---|---|---|')
        plain_classes = classes(every['plain'])
        for name in list(every)[1:]:
            memory = []
            for _ in range(ROUNDS):
                here, there = (run(every[case], 'status')[3] for case in ('plain', name))
                memory.append(megabytes(there) - megabytes(here))
            threads = int(said(there, 'Threads:')) - int(said(here, 'Threads:'))
            print('| %s | %s | %s | %s | %d | %s | %d |' % (
                name, *(difference(taken, name, i) for i in (0, 1, 2)), classes(every[name]) - plain_classes,
                '%.0f (%.0f to %.0f)' % median_and_quartiles(memory), threads))


if __name__ == '__main__':
    main()
