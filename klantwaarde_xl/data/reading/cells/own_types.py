"""Which columns of a workbook are read as what their cells are: numbers and days, and not texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.sources.typed import OR_FLAG, cell
from klantwaarde_xl.data.reading.sources.typed_lines import DATE, NUMBER
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import EPOCH, FIRST_YEAR

if TYPE_CHECKING:
    import duckdb

NUMBERS = (Kind.AMOUNT, Kind.NUMBER)
_DAYS = (Kind.DATE, Kind.MONTH)
_TEXTS = (Kind.KEY, Kind.TEXT)


def own_values(
    con: duckdb.DuckDBPyConnection,
    columns: Sequence[Column],
    places: Mapping[str, int],
    typed: Mapping[int, str],
    header_row: int,
    today: dt.date,
    *,
    swapped: bool,
) -> dict[str, str]:
    """The SQL of a column's cells in lines, by its name, of those that are read with their own type.

    typed: the types of columns n of lines, by place; today: after its next year, no date can be; swapped:
    day and month of real dates change places. Numbers below a header of days are days where all can be; what
    else is of another kind than its column is read, and refused, as the text that it shows.
    """
    found = {}
    for column in columns:
        place = places.get(column.name)
        if place is None or place not in typed or column.name in OR_FLAG:
            continue
        value, type_ = f"n{place}", typed[place]
        if type_ == NUMBER and column.kind in (*NUMBERS, *_TEXTS):
            found[column.name] = cell(column, type_, value) or value
        elif column.kind in _DAYS and not swapped:
            if type_ == DATE:
                found[column.name] = value
            elif _are_days(con, value, header_row, today):
                found[column.name] = f"date '{EPOCH}' + cast({value} as int)"
    return found


def _are_days(con: duckdb.DuckDBPyConnection, value: str, header_row: int, today: dt.date) -> bool:
    """Whether all numbers of a column are days of a spreadsheet that can be."""
    least, end = ((dt.date(year, 1, 1) - EPOCH).days for year in (FIRST_YEAR, today.year + 2))
    day = f"{value} >= {least} and {value} < {end} and {value} = floor({value})"
    return not con.execute(f"select 1 from lines where rij > {header_row} and not ({day}) limit 1").fetchall()
