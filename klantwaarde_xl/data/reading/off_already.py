"""Amounts from which what was paid back is off already, as sums show: then what they were before counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.contents import Cells

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.by_contents import Rows

_MOST = 1000  # rows with a refund, and as many without
_MOSTLY = 0.9
_CENT = 0.011


def before_refunds(rows: Rows, amount: int, back: int) -> int | None:
    """The column whose money less the refunds is the amount, in rows with and without any; None for none."""
    others = [at for at, header in enumerate(rows.headers) if header.strip() and at not in (amount, back)]
    said = f"regexp_matches({rows.cell(back)}, '[1-9]')"
    cells = ", ".join(rows.cell(at) for at in (amount, back, *others))
    there = f"select {cells} from lines where rij > {rows.header_row}"
    records = [
        record
        for which in (said, f"not {said}")
        for record in rows.con.execute(f"{there} and {which} order by rij limit {_MOST}").fetchall()
    ]
    columns = [
        Cells(at, rows.headers[at], tuple(texts)).numbers
        for at, texts in zip((amount, back, *others), zip(*records, strict=True), strict=True)
    ]
    if not columns:
        return None
    for at, numbers in zip(others, columns[2:], strict=True):
        known = [
            (first, abs(paid or 0.0), left)
            for first, paid, left in zip(numbers, columns[1], columns[0], strict=True)
            if first is not None and left is not None
        ]
        paid_back = [row for row in known if row[1]]
        fits = [abs(first - paid - left) < _CENT for first, paid, left in known]
        if (
            any(left for *_, left in known)
            and paid_back
            and all(abs(first - paid - left) < _CENT for first, paid, left in paid_back)
            and sum(fits) >= _MOSTLY * len(fits)
        ):
            return at
    return None
