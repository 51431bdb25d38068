"""Runs a command and says what it cost: wall and CPU seconds, and the peak memory of its largest process.

Reads {"args": [...], "env": {...}, "cwd": "...", "stdout": "..."} from standard input; writes one JSON object.
Node cannot tell a child's CPU time and memory, and not every machine has GNU time.
"""

import json
import os
import subprocess
import sys
import time

given = json.load(sys.stdin)
with open(given["stdout"], "wb") as out, open(given["stdout"] + ".err", "wb") as err:
    began = time.perf_counter()
    child = subprocess.Popen(
        given["args"], env=given["env"], cwd=given["cwd"], stdin=subprocess.DEVNULL, stdout=out, stderr=err
    )
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
json.dump(
    {
        "code": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "mebibytes": usage.ru_maxrss / 1024,
    },
    sys.stdout,
)
