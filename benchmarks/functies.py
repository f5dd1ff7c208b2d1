"""What a column call costs beside converting its cells, beside a loop, and what a cold start costs.

    python benchmarks/functies.py

Everything runs in this one script; it prints CPU seconds (medians) and ratios. The peers: numpy on
the same nested lists (`numpy.asarray`), a Python loop over the scalar call, and the bare import of
numpy and xlwings.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import numpy as np

from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY

ROWS = 100_000
ROUNDS = 7


def cpu(work, rounds=ROUNDS):
    """Median CPU seconds of some work."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)


# Ordinary values of each argument: the lowest and the highest
RANGES = {
    "CAC": ((100, 10_000), (1, 500)),
    "RETENTIE": ((1_000, 2_000), (500, 900), (0, 400)),
    "CLV": ((10, 500), (0.1, 0.9), (0.01, 0.2), (0, 0.01), None),
    "KLANTWAARDE": ((10, 500), (1, 20), (0, 300), (0.1, 0.9), (0.01, 0.2), (0, 0.05)),
}


def columns(name):
    """A column for each argument, as a host hands it over: rows of one cell; a choice by its word."""
    rng = np.random.default_rng(1)
    return [
        [[value] for value in rng.uniform(*bounds, ROWS).tolist()] if bounds else [["nu"]] * ROWS
        for bounds in RANGES[name]
    ]


def column_calls():
    """Each elementwise function on 100,000 rows, against conversion alone and against a loop."""
    print(f"{'function':<22}{'convert s':>10}{'call s':>9}{'ratio':>8}{'loop s':>9}{'faster':>8}")
    for name in RANGES:
        spec = REGISTRY[name]
        cells = columns(name)
        plain = [column for column in cells if not isinstance(column[0][0], str)]
        convert = cpu(lambda plain=plain: [np.asarray(column, dtype=float) for column in plain])
        whole = cpu(lambda spec=spec, cells=cells: call(spec, cells))
        some = [[column[i][0] for column in cells] for i in range(2_000)]
        looped = cpu(lambda spec=spec, some=some: [call(spec, row) for row in some], 3)
        loop = looped * ROWS / len(some)
        print(
            f"{name:<22}{convert:>10.4f}{whole:>9.4f}{whole / convert:>8.2f}{loop:>9.2f}{loop / whole:>8.0f}"
        )


def cold_start():
    """CPU seconds of fresh interpreters."""
    print()
    for label, code in (
        ("python", "pass"),
        ("import numpy", "import numpy"),
        ("the whole registry", "import klantwaarde_xl.functions.registry"),
        ("import numpy, xlwings", "import numpy, xlwings"),
        ("Excel host, registered", "import klantwaarde_xl.hosts.excel"),
    ):
        times = []
        for _ in range(ROUNDS):
            script = f"{code}\nimport time; print(time.process_time())"
            run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
            times.append(float(run.stdout))
        print(f"{label:<26}{statistics.median(times):>8.3f} s")


if __name__ == "__main__":
    column_calls()
    cold_start()
