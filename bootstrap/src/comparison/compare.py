#!/usr/bin/env python3
"""Runs the same tasks with secret-agent run and with each peer that is on the PATH, and prints a table.

    PATH=/where/the/peers/are:$PATH compare.py bootstrap/target/secret-agent/bin/secret-agent

It starts an OpenBao server in development mode and, for chamber, a moto server on this machine (those on the PATH, or what
the tests installed) with one secret. Tools that read Vault or AWS read it there; the others are given the value by the
simplest way they have.
"""
import glob, hashlib, json, os, pty, select, shutil, signal, socket, statistics, subprocess, sys, tempfile, time, urllib.request

VALUE = 'comparison-4be1a60f-value'
NAMES = 'TERM INT HUP QUIT USR1 USR2 WINCH'.split()
HERE = os.getcwd()
os.chdir(tempfile.mkdtemp(prefix='comparison-'))


def unused():
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        return 'http://127.0.0.1:%d' % free.getsockname()[1]


ADDRESS, AWS = unused(), unused()
DEAD = 'http://127.0.0.1:9'


def write(name, text, mode=0o600):
    with open(name, 'w') as file:
        file.write(text)
    os.chmod(name, mode)


def tools(agent, address=ADDRESS, aws=AWS, key='API_KEY'):
    """Each tool's command line and its variables; None where it does not read the server."""
    write('secrets.yaml', 'timeout: 5s\nbackends: {bao: {type: vault, address: "%s", kv-version: 2}}\n'
          'secrets: {bao: {"secret/run#%s": {env: API_KEY}}}\n' % (address, key))
    write('envconsul.hcl', 'vault { address = "%s" renew_token = false retry { attempts = 2 } }\n'
          'secret { path = "secret/run" no_prefix = true }\n' % address)
    write('secrets.yml', 'API_KEY: !var key\n')
    write('provider', '#!/bin/sh\nprintf %s ' + VALUE + '\n', 0o700)
    write('vals.yaml', 'API_KEY: ref+vault://secret/run?address=%s#/%s\n' % (address, key))
    write('key', VALUE)
    bao = {'VAULT_TOKEN': 'root', 'VAULT_ADDR': address}
    parameters = {'AWS_ACCESS_KEY_ID': 'x', 'AWS_SECRET_ACCESS_KEY': 'x', 'AWS_REGION': 'us-east-1',
                  'AWS_EC2_METADATA_DISABLED': 'true', 'CHAMBER_AWS_SSM_ENDPOINT': aws, 'CHAMBER_KMS_KEY_ALIAS': 'alias/aws/ssm'}
    reference = {'API_KEY': 'vault:secret/data/run#' + key}
    every = {
        'secret-agent run': ([agent, 'run', '--mapping', 'secrets.yaml', '--'], bao),
        'envconsul': (['envconsul', '-config', 'envconsul.hcl'], bao),
        'vault-env': (['vault-env'], {**bao, **reference}),
        'vals exec': (['vals', 'exec', '-f', 'vals.yaml', '--'], bao),
        'chamber exec': (['chamber', 'exec', 'run' if key == 'API_KEY' else 'absent', '--'], parameters),
        'summon': (['summon', '-p', os.path.abspath('provider'), '--'], {}),
        'murmur run': (['murmur', 'run', '--'], {'API_KEY': 'passthrough:' + VALUE}),
        'secret-init': (['secret-init'], {'API_KEY': 'file:' + os.path.abspath('key')}),
        'secrets-init': (['secrets-init'], {'API_KEY': VALUE}),
    }
    return {name: tool for name, tool in every.items() if shutil.which(tool[0][0])}


def run(tool, *command, **options):
    line, variables = tool
    if command[1:2] == ('-c',):
        # envconsul makes one line of its arguments, for a shell.
        write('task', command[2])
        command = (command[0], 'task')
    options = {'stdout': subprocess.PIPE, 'stderr': subprocess.DEVNULL, 'timeout': 60, **options}
    environment = {**os.environ, **variables, **options.pop('more', {})}
    try:
        return subprocess.run([*options.pop('before', []), *line, *command], env=environment, **options)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess([], 'hangs', b'')


def codes(tool):
    write('plain', '', 0o600)
    return ' '.join(str(run(tool, *command).returncode) for command in (  # minus a signal's number: it died of it
        ['sh', '-c', 'exit 41'], ['sh', '-c', 'kill -TERM $$'], ['sh', '-c', 'kill -KILL $$'], ['./plain'], ['./absent']))


def signals(tool):
    write('signals.py', 'import signal,sys\nnames=%r\n'
          'for n in names: signal.signal(getattr(signal,"SIG"+n), lambda s,f: print(signal.Signals(s).name[3:],flush=True))\n'
          'print("ready",flush=True)\nwhile True: signal.sigtimedwait([],1)\n' % NAMES)
    missing = [name for name in NAMES if not arrives(tool, name)]
    return 'all' if not missing else 'none' if missing == NAMES else 'not ' + ' '.join(missing)


def arrives(tool, name):
    child = subprocess.Popen([*tool[0], sys.executable, 'signals.py'], env={**os.environ, **tool[1]},
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        # Some log a line to standard output before.
        if not any(b'ready' in line for line in child.stdout):
            return False
        child.send_signal(getattr(signal, 'SIG' + name))
        return bool(select.select([child.stdout], [], [], 3)[0]) and child.stdout.readline().strip() == name.encode()
    finally:
        try:
            os.killpg(child.pid, 9)
        except ProcessLookupError:
            pass
        child.wait()


def first(tool):
    """As process 1: zombies that stay, and the exit code when it is sent a TERM."""
    done = run(tool, 'sh', '-c', '(sh -c "exit 3" & exit 0); sleep 1; grep -l "^State:.Z" /proc/[0-9]*/status | wc -l;'
               ' trap "exit 9" TERM; kill -TERM 1; i=0; while [ $i -lt 40 ]; do sleep 0.1; i=$((i+1)); done; exit 8',
               before=['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'])
    return '%s left, %s' % ((done.stdout.decode().split() or ['?'])[0], done.returncode)


def terminal(tool):
    """A person's view: whether it stays one, a mask there, Ctrl-C, and Ctrl-Z with fg in an interactive bash."""
    for name, value in tool[1].items():
        os.environ[name] = value
    os.environ['PS1'] = '$ '
    pid, master = pty.fork()
    if pid == 0:
        os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])
    screen = ['']

    def until(text, seconds=8):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([master], [], [], 0.1)[0]:
                screen[0] += os.read(master, 65536).decode(errors='replace')
            if text in screen[0]:
                screen[0] = screen[0].split(text, 1)[1]
                return True
        return False

    def types(text):
        os.write(master, text.encode())

    until('$ ')
    found = []
    write('task', 'test -t 0 && test -t 1 && echo tty; echo =$API_KEY=; exec cat')
    types(' '.join(tool[0]) + ' sh task\n')
    found.append('yes' if until('tty', 15) else 'no')
    found.append('masked' if not until('=' + VALUE, 2) else 'shown')
    time.sleep(0.5)
    types('\x1a')
    stopped = until('Stopped', 4)
    if stopped:
        types('fg\n')
        until('fg')
        time.sleep(0.5)
        types('again\n')
        stopped = until('again\r\nagain', 4)
    found.append('yes' if stopped else 'no')
    types('\x03')
    until('$ ', 3)
    types('echo code=$?.\n')
    until('code=$?.', 3)
    until('code=', 3)
    found.append(screen[0].split('.')[0] or '?')
    os.kill(pid, 9)
    os.close(master)
    os.waitpid(pid, 0)
    for name in [*tool[1], 'PS1']:
        del os.environ[name]
    return ', '.join(found)


def masks(tool):
    forms = {'whole': 'print(v)', 'byte by byte': 'for c in v: os.write(1, c.encode()); time.sleep(0.001)',
             'base64': 'print(base64.b64encode(v.encode()).decode())', 'URL': 'print(urllib.parse.quote(v+"&"+v))'}
    found = []
    for form, code in forms.items():
        out = run(tool, sys.executable, '-c', 'import os,time,base64,urllib.parse\nv=os.environ["API_KEY"]\n' + code).stdout
        plain = {'base64': __import__('base64').b64encode(VALUE.encode())[:20]}.get(form, VALUE.encode())
        if out and plain not in out:
            found.append(form)
    return ', '.join(found) or 'none'


def exact(tool):
    data = os.urandom(1 << 24)
    back = run(tool, 'cat', input=data).stdout
    return 'yes' if hashlib.sha256(back).digest() == hashlib.sha256(data).digest() else 'no'


def large(tool):
    return 'yes' if run(tool, 'sh', '-c', 'test $V4999 = x', more={'V%d' % i: 'x' for i in range(5000)}).returncode == 0 else 'no'


def gigabyte(tool):
    write('log', ('INFO request served, 12 ms, cache hit\n' * 30000))
    line = 'i=0; while [ $i -lt %d ]; do cat log; i=$((i+1)); done' % ((1 << 30) // os.path.getsize('log'))
    begin = time.monotonic()
    subprocess.run(['sh', '-c', '{ ' + line + '; } | cat >/dev/null'])
    middle = time.monotonic()
    write('task', line)
    piped = subprocess.Popen([*tool[0], 'sh', 'task'], env={**os.environ, **tool[1]}, stdout=subprocess.PIPE)
    subprocess.run(['cat'], stdin=piped.stdout, stdout=subprocess.DEVNULL)
    piped.wait()
    return '%.1f s (%.1f)' % (time.monotonic() - middle, middle - begin)


def left(tool):
    return 'stays' if run(tool, 'sh', '-c', 'echo ${VAULT_TOKEN-none}').stdout.strip() == b'root' else 'removed'


def refused(tool):
    begin = time.monotonic()
    if os.path.exists('ran'):
        os.remove('ran')
    code = run(tool, 'touch', 'ran', timeout=20).returncode
    return '%s%s, %.0f s' % (code, ', started' if os.path.exists('ran') else '', time.monotonic() - begin)


def found(name, package):
    return shutil.which(name) or glob.glob(os.path.expanduser('~/.cache/secret-agent-tests/%s-*/bin/%s' % (package, name)))[0]


def main(agent):
    bao = found('bao', 'openbao')
    moto = subprocess.Popen([found('moto_server', 'moto'), '-H', '127.0.0.1', '-p', AWS.rsplit(':', 1)[1]],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = subprocess.Popen([bao, 'server', '-dev', '-dev-root-token-id=root', '-dev-no-store-token',
                               '-dev-listen-address=' + ADDRESS[7:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(urllib.request.Request(
                    ADDRESS + '/v1/secret/data/run', json.dumps({'data': {'API_KEY': VALUE}}).encode(), {'X-Vault-Token': 'root'}))
                break
            except OSError:
                time.sleep(0.1)
        chamber = tools(agent).get('chamber exec')
        for _ in range(100):
            if not chamber or subprocess.run(['chamber', 'write', 'run', 'api_key', VALUE], stderr=subprocess.DEVNULL,
                                             env={**os.environ, **chamber[1]}).returncode == 0:
                break
        tables(agent)
    finally:
        for one in (server, moto):
            one.terminate()
            one.wait()


def tables(agent):
    rows = [('exit 41, TERM, KILL, 126, 127', codes), ('signals that arrive', signals), ('process 1: zombies, TERM', first),
            ('terminal, output there, Ctrl-Z and fg, Ctrl-C', terminal), ('masks', masks), ('16 MB of any bytes', exact),
            ('5000 variables', large), ('1 GB of output (cat)', gigabyte), ('VAULT_TOKEN in the command', left)]
    for title, task in rows:
        for name, tool in tools(agent).items():
            print('%-46s| %-17s| %s' % (title, name, task(tool)), flush=True)
    reading = ('secret-agent run', 'envconsul', 'vault-env', 'vals exec', 'chamber exec')
    for title, changed in (('server gone', {'address': DEAD, 'aws': DEAD}), ('secret not there', {'key': 'ABSENT'})):
        for name, tool in tools(agent, **changed).items():
            if name in reading:
                print('%-46s| %-17s| %s' % (title, name, refused(tool)), flush=True)
    starts = {name: [] for name in tools(agent)}
    for _ in range(9):
        for name, tool in tools(agent).items():
            before, begin = os.times(), time.monotonic()
            run(tool, 'true')
            after = os.times()
            starts[name].append((time.monotonic() - begin, after[2] + after[3] - before[2] - before[3]))
    for name, times in starts.items():
        print('%-46s| %-17s| %.2f s, %.2f s of processor' % (
            'run -- true, median of 9', name, *(statistics.median(t[i] for t in times) for i in (0, 1))), flush=True)


main(os.path.join(HERE, sys.argv[1]))
