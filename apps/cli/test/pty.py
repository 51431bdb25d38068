"""Runs programs with a terminal of their own as standard input and output, several at once.

Reads {"jobs": N, "runs": [{"args": [...], "env": {...}, "columns": 80, "rows": 24}, ...]} from standard input and
writes [{"code": 0, "stdout": "...", "stderr": "..."}, ...], in the same order.
"""

import fcntl
import json
import os
import struct
import subprocess
import sys
import termios
from concurrent.futures import ThreadPoolExecutor


def read_all(master):
    parts = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # EIO: the other side is closed
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


def run(case):
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", case["rows"], case["columns"], 0, 0))
    child = subprocess.Popen(
        case["args"], stdin=slave, stdout=slave, stderr=subprocess.PIPE, env=case["env"], start_new_session=True
    )
    os.close(slave)
    with ThreadPoolExecutor(1) as reader:
        stderr = reader.submit(child.stderr.read)
        stdout = read_all(master)
        text = stdout.decode("utf-8", "replace").replace("\r\n", "\n")
        result = {"code": child.wait(), "stdout": text, "stderr": stderr.result().decode("utf-8", "replace")}
    os.close(master)
    return result


given = json.load(sys.stdin)
with ThreadPoolExecutor(given["jobs"]) as pool:
    json.dump(list(pool.map(run, given["runs"])), sys.stdout)
