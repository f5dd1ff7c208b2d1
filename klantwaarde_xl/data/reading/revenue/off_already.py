"""Amounts from which what was paid back is off already, as sums show: then what they were before counts."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.cells.contents import Cells

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.cells.rows import Rows
    from klantwaarde_xl.data.reading.revenue.sums import Numbers

_MOST = 1000  # rows with a refund, and as many without
_MOSTLY = 0.9
_CENT = 0.011


def before_refunds(rows: Rows, amount: int, back: int) -> int | None:
    """The column whose money less the refunds is the amount, in rows with and without any; None for none."""
    (left, paid), others = _columns(rows, amount, back)
    return next((at for at, first in others.items() if _is_left(first, paid, left)), None)


def off_beside(rows: Rows, amount: int, back: int) -> int | None:
    """The column whose money less the refunds and another column is the amount; None for none."""
    (left, paid), others = _columns(rows, amount, back)
    return next(
        (
            at
            for at, first in others.items()
            for other, more in others.items()
            if other != at and any(more) and _is_left(_less(first, more), paid, left)
        ),
        None,
    )


def _less(first: Numbers, more: Numbers) -> Numbers:
    return [
        None if one is None else one - math.copysign(abs(off or 0.0), one)
        for one, off in zip(first, more, strict=True)
    ]


def _columns(rows: Rows, amount: int, back: int) -> tuple[tuple[Numbers, Numbers], dict[int, Numbers]]:
    """The amount, the refunds, and every other column by its place, in rows with a refund and without."""
    others = [at for at, header in enumerate(rows.headers) if header.strip() and at not in (amount, back)]
    if rows.are_all:
        records = sorted(rows.first, key=lambda record: re.search("[1-9]", record[back]) is None)
    else:
        said = f"regexp_matches({rows.cell(back)}, '[1-9]')"
        cells = ", ".join(rows.cell(at) for at in range(len(rows.headers)))
        there = f"select {cells} from lines where rij > {rows.header_row}"
        records = [
            [*record]
            for which in (said, f"not {said}")
            for record in rows.con.execute(f"{there} and {which} order by rij limit {_MOST}").fetchall()
        ]
    columns: list[Numbers] = [
        Cells(at, rows.headers[at], tuple(record[at] for record in records)).numbers
        for at in (amount, back, *others)
    ]
    return (columns[0], columns[1]), dict(zip(others, columns[2:], strict=True))


def _is_left(whole: Numbers, back: Numbers, amount: Numbers) -> bool:
    known = [
        (first, abs(paid or 0.0), left)
        for first, paid, left in zip(whole, back, amount, strict=True)
        if first is not None and left is not None
    ]
    paid_back = [row for row in known if row[1]]
    fits = [abs(first - paid - left) < _CENT for first, paid, left in known]
    return (
        any(left for *_, left in known)
        and bool(paid_back)
        and all(abs(first - paid - left) < _CENT for first, paid, left in paid_back)
        and sum(fits) >= _MOSTLY * len(fits)
    )
