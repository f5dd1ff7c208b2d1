"""A small shop, made up: the log of transactions on which the examples of forecasts run."""

from __future__ import annotations

import datetime as dt

# By customer: days since 1 January 2024 and euros; the minus is a refund of part of a purchase
_BOUGHT = (
    ((141, 29), (338, 24)),
    ((185, 21),),
    ((59, 17),),
    ((158, 90), (202, 49), (241, 40)),
    ((173, 16),),
    ((152, 15),),
    ((32, 37), (185, 42), (208, 40)),
    ((89, 29), (110, 15), (179, 12)),
    ((121, 25),),
    ((50, 47),),
    ((74, 108),),
    ((133, 80), (302, 119)),
    ((3, 24), (30, 58), (41, 39), (50, 19), (52, 30), (157, 35), (184, 42), (191, 30),
     (199, 28), (208, 20), (247, 22), (282, 34), (288, 32), (335, 14)),
    ((27, 25), (38, 12), (58, 16), (67, 30), (82, 19), (94, 38), (134, 21), (180, 16),
     (203, 17), (225, 30), (231, 21), (261, 18), (262, 21), (285, 26), (299, 7), (357, 19)),
    ((136, 13), (328, 20)),
    ((40, 49),),
    ((113, 30), (146, 30), (191, 27)),
    ((96, 19), (98, 63)),
    ((112, 22), (130, 20)),
    ((56, 16),),
    ((191, 13), (225, 14), (273, 29)),
    ((146, 50), (148, 12), (158, 18)),
    ((1, 48), (21, 28), (102, 76), (347, 21)),
    ((113, 61),),
    ((2, 17),),
    ((70, 35),),
    ((87, 72), (98, 99), (112, 41), (115, -41)),
    ((45, 31),),
    ((112, 41), (157, 22)),
    ((66, 38), (145, 38), (205, 57)),
    ((25, 14), (32, 15), (136, 14), (141, 63), (216, 32)),
    ((54, 45), (91, 40), (221, 61), (225, -20)),
)  # fmt: skip
_ROWS = [(at, day, euros) for at, bought in enumerate(_BOUGHT) for day, euros in bought]

CUSTOMERS = tuple(f"K{at + 1:02d}" for at, _, _ in _ROWS)
DATES = tuple(dt.date(2024, 1, 1) + dt.timedelta(days=day) for _, day, _ in _ROWS)
AMOUNTS = tuple(float(euros) for _, _, euros in _ROWS)
CHANNELS = tuple("winkel" if at % 3 else "web" for at, _, _ in _ROWS)
END = dt.date(2024, 12, 31)
MIDDLE = dt.date(2024, 9, 30)
EARLY = dt.date(2024, 6, 20)
LATER, LATEST = dt.date(2025, 4, 1), dt.date(2025, 6, 30)
BEFORE = dt.date(2020, 1, 1)
