"""usage: terminal.py WIDTH PROGRAM ARGUMENT... Runs a command that takes long on a terminal of that width, presses Ctrl-C
once its progress line stands there, and prints "as it should be" if all of it was."""
import fcntl, os, pty, select, signal, struct, sys, termios, time

ERASE = '\r\x1b[K'
LIMIT = 300  # seconds, on the slowest machine; on an idle one the line comes after 0.7, the end a second after Ctrl-C

width, words = int(sys.argv[1]), sys.argv[2:]
here, there = pty.openpty()
fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack('HHHH', 24, width, 0, 0))
child = os.fork()
if child == 0:
    os.setsid()
    for descriptor in range(3):
        os.dup2(there, descriptor)
    os.execve(words[0], words, dict(os.environ, TERM='xterm'))
os.close(there)
out, pressed, end = '', False, time.time() + LIMIT
while True:
    assert time.time() < end, 'no end, ' + ('after' if pressed else 'before') + ' Ctrl-C: ' + repr(out[-300:])
    if not select.select([here], [], [], 1)[0]:
        continue
    try:
        out += os.read(here, 65536).decode()
    except OSError:
        break
    if not pressed and out.count(ERASE) >= 3:
        os.kill(child, signal.SIGINT)
        pressed = True
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
lines = out.replace('\r\n', ERASE).split(ERASE)
assert pressed and status == 130, (pressed, status, out[-300:])
assert lines[-2:] == ['edgewise: interrupted', ''], out[-300:]
drawn = [l for l in out.split(ERASE)[1:] if '\r\n' not in l]
assert len(drawn) >= 2 and max(map(len, drawn)) < width, drawn
assert all(drawn) and (width < 20 or drawn[-1].endswith(' s')), drawn
print('as it should be')
