"""A person at a terminal: starts a program there, reads the screen, types."""
import fcntl, os, pty, select, struct, termios, time

LIMIT = 30
RUN = os.environ['RUN'] + ' run --mapping secrets.yaml '


class Person:
    def __init__(self, line, rows=24, columns=80):
        """The line is a shell's, and its command has the shell's place where it begins with exec."""
        self.screen = ''
        self.seen = 0
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(PS1='$ ', TERM='xterm', INPUTRC='/dev/null')
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('4H', rows, columns, 0, 0))
            os.execvp('sh', ['sh', '-c', line])

    def sees(self, text):
        """Waits until it appears behind what was seen before."""
        end = time.monotonic() + LIMIT
        while text not in self.screen[self.seen:]:
            if not self.look() or time.monotonic() > end:
                os.kill(self.pid, 9)
                raise SystemExit('%r is not seen in %r' % (text, self.screen))
        self.seen = self.screen.index(text, self.seen) + len(text)

    def look(self):
        if select.select([self.terminal], [], [], 0.05)[0]:
            try:
                piece = os.read(self.terminal, 65536)
            except OSError:
                return False
            self.screen += piece.decode(errors='replace')
        return True

    def types(self, text):
        os.write(self.terminal, text.encode())

    def resizes(self, rows, columns):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack('4H', rows, columns, 0, 0))

    def modes(self):
        return termios.tcgetattr(self.terminal)

    def waits(self, condition):
        end = time.monotonic() + LIMIT
        while not condition():
            self.look()
            if time.monotonic() > end:
                os.kill(self.pid, 9)
                raise SystemExit('it does not come about; the screen is %r' % self.screen)

    def ends(self):
        """Waits for the end of what was started: its exit code, or minus a signal's number."""
        status = []

        def ended():
            done, code = os.waitpid(self.pid, os.WNOHANG)
            if done:
                status.append(code)
            return done

        self.waits(ended)
        while select.select([self.terminal], [], [], 0)[0] and self.look():
            pass
        return os.waitstatus_to_exitcode(status[0])
