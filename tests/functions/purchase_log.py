"""A log of purchases, and what to ask of it."""

from __future__ import annotations

import random
from collections.abc import Iterator

from klantwaarde_xl.functions.spec import Cells


def log(rows: int) -> tuple[tuple[str, ...], tuple[int, ...], tuple[float, ...]]:
    """Purchases and refunds of a third as many customers, over three years."""
    draw = random.Random(rows)
    customers = tuple(f"K{draw.randrange(rows // 3)}" for _ in range(rows))
    days = tuple(44000 + draw.randrange(1100) for _ in customers)
    return customers, days, tuple(float(draw.randrange(-90, 999)) for _ in customers)


def questions(rows: int) -> Iterator[tuple[str, tuple[Cells, ...]]]:
    """Calls of every function over purchases: on a log of so many rows, and on the smallest ones."""
    customers, days, amounts = log(rows)
    for nesting in ("los", "genest"):
        yield "RFM", (customers, days, amounts, 44800, nesting)
    for shown in ("retentie", "klanten", "omzet", "perklant", "waarde"):
        yield "COHORTTABEL", (customers, days, amounts, shown, "kwartaal", 44900)
    yield "COHORTTABEL", (customers, days, None, None, "jaar")
    yield "RETENTIECURVE", (customers, days, "maand", 44950.5)
    for returned in ("nieuw", "behouden"):
        yield "KLANTSTROOM", (customers, days, "kwartaal", returned, 44800)
    yield "CLVPERKLANT", (customers, days, amounts, 0.3, 0.1, 44300)
    yield "ABCKLASSEN", (customers, tuple(map(abs, amounts)), 0.5, 0.9)
    for average in ("gemiddelde", "mediaan"):
        for weight in ("aankopen", "klanten"):
            yield "AANKOOPINTERVAL", (customers, days, average, weight)
    for same_day in ("samen", "apart"):
        yield "AFHAAKTABEL", ((*customers, *customers[:50]), (*days, *days[:50]), 60, 5, same_day)
        yield "AANKOPENPERKLANT", (customers, days, 44300, 44600.5, "alle", same_day)
    for one in ((("A",), (44000,), (5.0,)), (("A", "B"), (44000, 44100), (5.0, -5.0))):
        yield "COHORTTABEL", one
        yield "RETENTIECURVE", one[:2]
        yield "KLANTSTROOM", one[:2]
        yield "CLVPERKLANT", one
        yield "AFHAAKTABEL", one[:2]
    yield "CLVPERKLANT", (("A",), (44000,), (5.0,), 1, 0, 43000)  # nobody: the headers only
    yield "KLANTSTROOM", (("A", "A", "B", "B", "C"), (1, 2, 32, 33, 61))  # about the day that never was
