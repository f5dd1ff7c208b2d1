"""Months side by side without a year that go on after December: those after it are of the next year."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from klantwaarde_xl.data.reading.cells.terms import period_of_year

_MONTHS = 12
_FARTHEST = 3  # months from one period to the next: quarters, or with some left out
_FEWEST_BACK = 3  # periods of which the newest may stand first


def years_of(names: Mapping[int, str], first: int) -> dict[int, int]:
    """The year of each period by its place, where that of the first is known: `nov`, `dec`, `jan`.

    names: by place, from left to right, without a year. The newest may stand first. All have the first's year
    where a name is no month or quarter, or where they go neither on nor back.
    """
    periods = [period_of_year(name, str(first), quarters=False) for name in names.values()]
    months = [period.start.month for period in periods if period is not None]
    same = dict.fromkeys(names, first)
    if len(months) < len(periods) or len(months) < 2:
        return same
    steps = [(after - before + _MONTHS // 2) % _MONTHS - _MONTHS // 2 for before, after in pairwise(months)]
    on, back = (all(0 < step * way <= _FARTHEST for step in steps) for way in (1, -1))
    if not on and not (back and len(months) >= _FEWEST_BACK):
        return same
    found = [first]
    for before, after in pairwise(months):
        turns = after < before if on else after > before
        found.append(found[-1] + (turns if on else -turns))
    return dict(zip(names, found, strict=True))
