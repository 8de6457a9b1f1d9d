"""Runs a command on a pseudo-terminal of a given size: terminal.py ROWS COLUMNS COMMAND…

What the command writes goes to standard output as it is. Lines on standard input are orders: `type HEX` writes octets as
if typed, `size ROWS COLUMNS` changes the window. Ends as the command ends.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios


def resize(master, rows, columns):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def obey(master, child, line):
    order, *rest = line.split()
    if order == "type":
        os.write(master, bytes.fromhex(rest[0]))
    elif order == "size":
        resize(master, int(rest[0]), int(rest[1]))
        os.kill(child, signal.SIGWINCH)


def main():
    rows, columns = int(sys.argv[1]), int(sys.argv[2])
    child, master = pty.fork()
    if child == 0:
        # The window has its size before the command looks at it.
        resize(0, rows, columns)
        os.execvp(sys.argv[3], sys.argv[3:])
    waiting = ""
    watched = [master, 0]
    while True:
        ready, _, _ = select.select(watched, [], [])
        if 0 in ready:
            octets = os.read(0, 4096)
            if not octets:
                watched = [master]
            waiting += octets.decode()
            *lines, waiting = waiting.split("\n")
            for line in lines:
                obey(master, child, line)
        if master in ready:
            try:
                octets = os.read(master, 65536)
            except OSError:
                break
            if not octets:
                break
            os.write(1, octets)
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status) & 255)


main()
