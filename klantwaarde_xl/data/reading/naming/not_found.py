"""Columns that need not be there and were not found, though the cells of another look like theirs."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.cells.terms import term_named
from klantwaarde_xl.data.tables import Column, Kind, Table

_TERM = "termijn"


def say_not_found(
    rows: Rows, table: Table, places: Mapping[str, int], named: Mapping[str, str] | None
) -> list[str]:
    """Say in Dutch which columns of days, months or terms may be one of ours that is not read."""
    said = []
    free = [at for at, header in enumerate(rows.headers) if header.strip() and at not in places.values()]
    for column in table.columns:
        if column.required or column.name in places or column.name in (named or {}):
            continue
        fits = [at for at in free if _fits(column, rows.column(at))]
        if fits:
            shown = ", ".join(map(rows.name, fits))
            said.append(
                f"geen kolom is herkend als {column.name}, en {shown} kan het zijn: "
                f"{rows.typed(column.name, fits[0])}"
            )
    return said


def _fits(column: Column, cells: Cells) -> bool:
    if not cells.filled:
        return False
    if column.kind is Kind.DATE:
        return cells.is_days
    if column.kind is Kind.MONTH:
        return cells.is_days or cells.is_months
    return column.name == _TERM and all(term_named(text) is not None for text in cells.distinct)
