"""Columns of ours in which nothing stands: another one that fits is taken, or asked about, in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import cells_of
from klantwaarde_xl.data.reading.cells.looks import NOUGHT
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.layout.header_row import numbered, numbers_of
from klantwaarde_xl.data.reading.naming.headers import find_columns, needed_of, wanted_of
from klantwaarde_xl.data.reading.questions.guesses import amounts
from klantwaarde_xl.data.reading.questions.missing import columns_missing
from klantwaarde_xl.data.tables import Table

_NOUGHT = re.compile(NOUGHT, re.IGNORECASE)
_OF_CUSTOMERS = frozenset(["klant", "mail"])  # may be blank everywhere: orders of guests


def without_blank(
    rows: Rows, table: Table, found: Mapping[str, int], named: Mapping[str, str] | None
) -> dict[str, int]:
    """The places of our columns, none of which is blank on every row where another one fits.

    Raises `ColumnsMissing` where the amount is blank, no header is of another one, and numbers that can be
    amounts stand elsewhere.
    """
    named, places = named or {}, dict(found)
    blank = {at for name, at in places.items() if name not in named and _is_blank(rows, at)}
    if not rows.first or all(at not in blank or name in _OF_CUSTOMERS for name, at in places.items()):
        return places
    headers = ["" if at in blank else header for at, header in enumerate(rows.headers)]
    wanted = wanted_of(table, named)
    texts = numbered(headers, numbers_of(wanted))
    again = find_columns(texts, wanted, needed_of(table, named), rows.few)
    if again is not None:
        kept = {name: at for name, at in places.items() if name in _OF_CUSTOMERS and name not in again}
        return kept | again
    if places.get("bedrag") in blank and "stukprijs" not in places and amounts(cells_of(headers, rows.few)):
        raise columns_missing(headers, rows.first, table, rows.where, named)
    return places


def _is_blank(rows: Rows, place: int) -> bool:
    """Whether a column holds nothing, or dashes for nought alone."""
    texts = {row[place] for row in rows.first} - {""}
    if not all(map(_NOUGHT.fullmatch, texts)):
        return False
    filled = f"not regexp_full_match(lower({rows.cell(place)}), '({NOUGHT})?')"
    there = f"select 1 from lines where rij > {rows.header_row} and {filled} limit 1"
    return rows.are_all or not rows.con.execute(there).fetchall()
