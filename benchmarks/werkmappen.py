"""What it costs to make all workbooks, filled with the example data, as `klantwaarde demo` makes them.

    python benchmarks/werkmappen.py [rounds]

Each round in a fresh process (three of them): the example data are drawn and read once, then every workbook
is made. It prints the CPU seconds of each step of the last round, processes that ended within it included,
and of all workbooks the median. The goal is ten for the ten; the sheet of all functions is told apart.
"""

from __future__ import annotations

import datetime as dt
import importlib
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import IMPORTED

ROUNDS = 3
GOAL = 10  # CPU seconds, for the ten
APART = "functies"


def spent():
    """CPU seconds of this process and of those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def one_round(folder):
    """Make everything, and print the seconds of each step."""
    from klantwaarde_xl.cli.demo import make_demo

    for module in IMPORTED:
        importlib.import_module(module)
    steps = []
    make_demo(folder, now=dt.datetime.now(), step=lambda name: steps.append((name, spent())))
    ends = [at for _, at in steps[1:]] + [spent()]
    for (name, begin), end in zip(steps, ends, strict=True):
        print(f"{end - begin:.3f} {name}")


def workbooks(steps):
    """The seconds of the ten together; data and the sheet of functions are not of them."""
    return sum(cost for name, cost in steps.items() if name.endswith("schrijven") and APART not in name)


def main():
    if sys.argv[1:2] == ["--round"]:
        one_round(Path(sys.argv[2]))
        return
    totals, steps = [], {}
    for _ in range(int(sys.argv[1]) if sys.argv[1:] else ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, "--round", folder]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        split = (line.split(" ", 1) for line in said.splitlines())
        steps = {name: float(cost) for cost, name in split}
        totals.append(workbooks(steps))
    for name, cost in steps.items():
        print(f"{cost:6.2f}  {name}")
    print(f"{statistics.median(totals):6.2f}  the ten workbooks together, of {GOAL}")


if __name__ == "__main__":
    main()
