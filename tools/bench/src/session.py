"""Runs a program on a terminal of its own, does what it is told, and says when each thing was done.

Reads {"args": [...], "env": {...}, "columns": 80, "rows": 24, "steps": [...]} from standard input. A step is one of
{"expect": "regex"}          wait until what came since the step before matches; with "type", type that first
{"key": "text"}              type, wait for the first bytes of the answer, then for silence
{"watch": seconds}           do nothing, and see what the program does meanwhile
Writes a list with, for each step: seconds since the start or since the key, bytes that came, and for a watch the CPU
seconds used and the resident memory in MiB.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

patience = 60
silence = 0.04
given = json.load(sys.stdin)
pid, master = pty.fork()
if pid == 0:
    # The size has to be there before the program looks.
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", given["rows"], given["columns"], 0, 0))
    os.execvpe(given["args"][0], given["args"], given["env"])
began = time.perf_counter()


def more(timeout):
    """What the program writes within the time; nothing when it writes nothing."""
    if not select.select([master], [], [], timeout)[0]:
        return b""
    try:
        return os.read(master, 1 << 16)
    except OSError:  # EIO: the program has ended
        raise SystemExit(f"the program ended too early; it said: {said[-2000:]!r}")


def cpu():
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident():
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]) / 1024


def expect(pattern, typed=""):
    text, asked = b"", time.perf_counter()
    os.write(master, typed.encode())
    while not re.search(pattern.encode(), text):
        if time.perf_counter() - asked > patience:
            raise SystemExit(f"{pattern!r} did not come; it said: {text[-2000:]!r}")
        text += more(0.05)
    return {"seconds": time.perf_counter() - began, "bytes": len(text)}


def key(text):
    at = time.perf_counter()
    os.write(master, text.encode())
    part = more(2)
    seconds, size = time.perf_counter() - at, len(part)
    while part:
        part = more(silence)
        size += len(part)
    return {"seconds": seconds, "bytes": size}


def watch(seconds):
    before, size, until = cpu(), 0, time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        size += len(more(left))
    return {"seconds": seconds, "bytes": size, "cpu": cpu() - before, "mebibytes": resident()}


def step(one):
    if "expect" in one:
        return expect(one["expect"], one.get("type", ""))
    return key(one["key"]) if "key" in one else watch(one["watch"])


def end():
    """Ends the program in order, so that it keeps what it compiled for its next start; it has two seconds."""
    os.kill(pid, signal.SIGTERM)
    until = time.perf_counter() + 2
    while time.perf_counter() < until and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if select.select([master], [], [], 0.01)[0]:
            try:
                os.read(master, 1 << 16)
            except OSError:  # EIO: the program has ended
                break
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


said = b""
try:
    results = [step(one) for one in given["steps"]]
finally:
    end()
json.dump(results, sys.stdout)
