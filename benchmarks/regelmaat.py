"""What a model of buying makes of customers who buy in step: the figures in `docs/modellen.md`.

    python benchmarks/regelmaat.py [SHOPS]

For times between purchases of shape 1 (at random), 2 and 4 it draws SHOPS shops (4) of 1,500 customers, fits
Pareto/NBD to three years, and holds what it says against the years after.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the shops, which the tests draw too

from klantwaarde_xl.kernels.models.checks.regularity import regularity
from tests.kernels.models.test_regularity import held_against_later, seen, shop

SHOPS = 4


def main() -> None:
    """Print a line for each shape."""
    shops = int(sys.argv[1]) if sys.argv[1:] else SHOPS
    print(f"{'shape':<8}{'found':>8}{'told':>8}{'bought':>8}{'total':>8}")
    for shape in (1.0, 2.0, 4.0):
        drawn = [shop(shape, 1500, seed) for seed in range(shops)]
        found = [regularity(seen(*one)[0]).shape for one in drawn]
        told, bought, total = np.mean([held_against_later(*one) for one in drawn], axis=0)
        print(f"{shape:<8g}{np.mean(found):>8.2f}{told:>8.0%}{bought:>8.0%}{total - 1:>+8.0%}")


if __name__ == "__main__":
    main()
