"""A real kernel pseudo-terminal in front of a TCP port.

usage: pty-bridge.py HOST PORT LINK

LINK becomes a symbolic link to the terminal. TCP is connected as long as somebody has the terminal open, as a
modem's port is. On standard input: `drop` (the stick is pulled: the terminal hangs up and LINK is gone),
`back LINK` (it comes back there), `mute` and `unmute` (open, but no octet moves either way).
On standard output one word and its value a line: `up PATH`, `open`, `closed`, `gone`.
"""

import errno
import os
import select
import socket
import sys
import time
import tty

WATCH_S = 0.01
CONNECT_S = 2.0


class Bridge:
    def __init__(self, host, port, link):
        self.address = (host, int(port))
        self.link = link
        self.master = None
        self.tcp = None
        self.muted = False
        self.orders = b""

    def say(self, *words):
        print(*words, flush=True)

    def up(self):
        self.master, slave = os.openpty()
        tty.setraw(slave)
        path = os.ttyname(slave)
        # Closed again: from now on the master says "hung up" for as long as nobody has the terminal open.
        os.close(slave)
        os.set_blocking(self.master, False)
        fresh = self.link + ".new"
        if os.path.lexists(fresh):
            os.unlink(fresh)
        os.symlink(path, fresh)
        os.rename(fresh, self.link)
        self.say("up", path)

    def drop(self):
        if self.master is None:
            return
        if os.path.lexists(self.link):
            os.unlink(self.link)
        os.close(self.master)
        self.master = None
        self.disconnect()
        self.say("gone")

    def disconnect(self):
        if self.tcp:
            self.tcp.close()
        self.tcp = None

    def connect(self):
        until = time.monotonic() + CONNECT_S
        while True:
            try:
                self.tcp = socket.create_connection(self.address, timeout=CONNECT_S)
                # Nobody listening, a connection from the very port that it goes to can meet itself.
                if self.tcp.getsockname() == self.tcp.getpeername():
                    raise OSError(errno.ECONNREFUSED, "met itself")
                self.tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.say("open")
                return
            except OSError:
                self.disconnect()
                if time.monotonic() > until:
                    self.drop()
                    return
                time.sleep(WATCH_S)

    def closed(self):
        # A new terminal for the next one who opens LINK: locks and settings of the last one are gone with the old.
        self.disconnect()
        last = self.master
        self.say("closed")
        self.up()
        # Only now: LINK leads to a terminal at every moment.
        os.close(last)

    def from_terminal(self):
        try:
            data = os.read(self.master, 65536)
        except OSError as error:
            if error.errno == errno.EAGAIN:
                return
            self.closed()
            return
        if not self.muted:
            self.tcp.sendall(data)

    def from_modem(self):
        try:
            data = self.tcp.recv(4096)
        except OSError:
            data = b""
        if not data:
            self.drop()
        elif not self.muted:
            self.to_terminal(data)

    def to_terminal(self, data):
        while data:
            try:
                data = data[os.write(self.master, data) :]
            except BlockingIOError:
                # The terminal's buffer is full: its reader is slow, or has gone.
                events = select.poll()
                events.register(self.master, select.POLLOUT)
                if any(event & select.POLLHUP for _, event in events.poll(1000)):
                    return
            except OSError:
                return

    def order(self):
        data = os.read(0, 4096)
        if not data:
            return False
        self.orders += data
        while b"\n" in self.orders:
            line, self.orders = self.orders.split(b"\n", 1)
            self.obey(line.decode().split(" ", 1))
        return True

    def obey(self, words):
        if words[0] == "drop" and self.master is None:
            self.say("gone")
        elif words[0] == "drop":
            self.drop()
        elif words[0] == "back" and self.master is not None:
            self.say("up")
        elif words[0] == "back":
            self.link = words[1] if len(words) > 1 else self.link
            self.up()
        elif words[0] in ("mute", "unmute"):
            self.muted = words[0] == "mute"

    def is_open(self):
        events = select.poll()
        events.register(self.master, select.POLLIN)
        return not any(event & select.POLLHUP for _, event in events.poll(0))

    def turn(self):
        watched = [0] + ([self.master, self.tcp] if self.tcp else [])
        ready, _, _ = select.select(watched, [], [], None if self.tcp or self.master is None else WATCH_S)
        if 0 in ready and not self.order():
            return False
        if self.tcp and self.tcp in ready:
            self.from_modem()
        if self.tcp and self.master in ready:
            self.from_terminal()
        if self.master is not None and not self.tcp and self.is_open():
            self.connect()
        return True


def main():
    bridge = Bridge(*sys.argv[1:4])
    bridge.up()
    while bridge.turn():
        pass
    bridge.drop()


main()
