"""A summary below the rows, behind a gap: words and a number each, `Aantal orders | 113`, and no order."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.looks import is_day, is_number
from klantwaarde_xl.data.reading.export import Export, cell_of

_LAST = 30  # rows that are looked at
_WIDE = 4  # cells of a row of the table, at least; a line of a summary has two


def leave_out_summary(export: Export) -> None:
    """Leave out the last rows where each is a text and a number, behind a gap or a title, or a text alone.

    Such a row has no day, customer and amount together, so none of them is an order.
    """
    last = [(row, said) for row, said in _last(export) if said]
    found, above, numbers, title = [], None, False, False
    for row, said in last:
        if not _is_of_summary(said):
            above = row, said
            break
        found.append(row)
        numbers, title = numbers or len(said) > 1, len(said) == 1
    if not found or above is None or len(above[1]) < _WIDE:
        return
    if not numbers:
        export.leave_out(f"select unnest({found})", "alleen een regel tekst, geen order")
    elif title or found[-1] > above[0] + 1:
        export.leave_out(f"select unnest({found})", "een samenvatting onder de tabel, geen order")


def _last(export: Export) -> list[tuple[int, list[str]]]:
    """The last rows and what stands in them, the very last one first."""
    if (known := export.sample.by_row) is not None:
        since = max(known, default=0) - _LAST
        return [(row, [*filter(None, known[row])]) for row in sorted(known, reverse=True) if row > since]
    since = export.count("select max(rij) from lines") - _LAST
    cells = ", ".join(cell_of(at) for at in range(len(export.headers)))
    found = export.rows(f"""select rij, list_filter([{cells}], lambda one: one <> '')
        from lines where rij > {since} order by rij desc""")
    return [(row, said) for row, said in found]


def _is_of_summary(said: list[str]) -> bool:
    """Whether a row is a text, or a text and a number."""
    text, *numbers = said or [""]
    joined = [re.sub(r"(?<=\d)[\s'’](?=\d{3})", "", one) for one in numbers]  # of thousands
    known = all(is_number(one) and not is_day(one) for one in joined)
    return len(numbers) <= 1 and known and re.match(r"[^\W\d_]", text) is not None
