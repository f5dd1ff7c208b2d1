"""A job in a fresh process: what it costs, apart from what importing costs."""

from __future__ import annotations

import importlib
import os
import resource
import statistics
import subprocess
import sys
import time

# As a command begins: the threads of the linear algebra are set before numpy is there
IMPORTED = ("klantwaarde_xl.cli", "duckdb", "numpy", "klantwaarde_xl.data.reading.files")


def measure(script, name, folder, rounds):
    """Medians of CPU seconds and peak megabytes of a script's job, each time in a fresh process."""
    # A user's modules are compiled once, at the first command
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    runs = [
        subprocess.run(
            [sys.executable, script, "--job", name, str(folder)],
            capture_output=True,
            text=True,
            check=True,
            env=surroundings,
        ).stdout.split()[-2:]
        for _ in range(rounds)
    ]
    return [statistics.median(float(run[at]) for run in runs) for at in (0, 1)]


def report(job, folder):
    """Do one job and print what it cost; imports are paid before it begins, processes it starts count too."""
    for module in IMPORTED:
        importlib.import_module(module)
    begin = time.process_time()
    job(folder)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        time.process_time() - begin + children.ru_utime + children.ru_stime,
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        / 1024,
    )
