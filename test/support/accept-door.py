"""What systemd does for a socket with Accept=yes: one process for each connection, whose instance has the kernel's word
for who connected.

usage: accept-door.py SOCKET UID GID COMMAND...

Each connection becomes standard input of COMMAND, run as UID and GID, in which %i is `counter-pid-uid` of the peer
(SO_PEERCRED). Standard error of the commands is this one's. Says `ready` when it listens. Needs root for another UID.
"""

import os
import socket
import struct
import sys

path, uid, gid, *command = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind(path)
os.chmod(path, 0o666)
listener.listen(64)
print("ready", flush=True)

count = 0
while True:
    connection, _ = listener.accept()
    pid, peer, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    count += 1
    instance = f"{count}-{pid}-{peer}"
    if os.fork() == 0:
        # The command belongs to nobody here, so that nothing waits for it.
        if os.fork() != 0:
            os._exit(0)
        listener.close()
        os.dup2(connection.fileno(), 0)
        os.dup2(2, 1)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(int(gid))
            os.setuid(int(uid))
        words = [instance if word == "%i" else word for word in command]
        os.execvp(words[0], words)
    connection.close()
    os.wait()
