"""How often intervals hold the truth: 400 simulations of each, limits of the models included.

    pip install klantwaarde-xl[test]
    python benchmarks/dekking.py                    # everything, an hour on one core
    python benchmarks/dekking.py 40 contract kopen  # fewer, of what has such a word in its name

Printed is a table of docs/modellen.md: the share of intervals of 95 % that hold what was drawn (of the next
purchase of 50 %), the lowest and the highest of the figures where there are several. What is drawn stands in
benchmarks/draws.py.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from draws import DRAWS

from klantwaarde_xl.errors import NotAvailable

ROUNDS = 400


def main(arguments: list[str]) -> None:
    """Run what is asked for, a row of the table each."""
    rounds = int(arguments[0]) if arguments and arguments[0].isdigit() else ROUNDS
    words = [word for word in arguments if not word.isdigit()]
    warnings.simplefilter("ignore")
    print("| interval | nagebootst | cijfers | gedekt | laagste | hoogste |")
    print("|---|---|---|---|---|---|")
    for (group, drawn), draw in DRAWS.items():
        if words and not any(word in f"{group} {drawn}" for word in words):
            continue
        begin, found, none = time.process_time(), {}, 0
        for seed in range(rounds):
            try:
                held = draw(seed)
            except NotAvailable:  # no model has a best value: there is no interval to hold anything
                none += 1
                continue
            for label, inside in held.items():
                found.setdefault(label, []).append(np.mean(inside))
        shares = {label: float(np.mean(held)) for label, held in found.items()}
        each = [
            f"{share:.1%}"
            for share in (np.mean([*shares.values()]), min(shares.values()), max(shares.values()))
        ]
        print(f"| {group} | {drawn} | {len(shares)} | {' | '.join(each)} |", flush=True)
        detail = ", ".join(f"{label} {share:.1%} of {len(found[label])}" for label, share in shares.items())
        detail += f"; without an answer: {none}" if none else ""
        print(f"  {detail} ({time.process_time() - begin:.0f} s)", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
