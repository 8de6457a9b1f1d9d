"""Runs a command on a pseudo-terminal and types answers: typist.py FILE COMMAND…

Each line of FILE is what the terminal shows last before somebody types, a tab, and what they type. What the terminal shows
goes to standard output. Ends as the command ends.
"""

import os
import pty
import sys


def main():
    with open(sys.argv[1], encoding="utf8") as file:
        answers = [line.rstrip("\n").split("\t") for line in file]
    child, master = pty.fork()
    if child == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    shown = b""
    while True:
        try:
            octets = os.read(master, 65536)
        except OSError:
            break
        if not octets:
            break
        os.write(1, octets)
        shown += octets
        # Each question is answered once, and only what is shown after it asks the next.
        while answers and answers[0][0].encode() in shown:
            question, typed = answers.pop(0)
            shown = shown.split(question.encode(), 1)[1]
            os.write(master, (typed + "\r").encode())
    _, status = os.waitpid(child, 0)
    if answers:
        print(f"nobody asked: {answers[0][0]}")
        sys.exit(125)
    sys.exit(os.waitstatus_to_exitcode(status) & 255)


main()
