"""More rows than a sheet holds: which of them a workbook shows, and what it says of the rest.

Figures, charts and totals come from all rows; only what stands on the sheets is a part of them.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from klantwaarde_xl.addresses import MOST_ROWS
from klantwaarde_xl.data.reading.files import Checked
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.typed import TableSource
from klantwaarde_xl.data.results import Result, Row
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import WorkbookFull
from klantwaarde_xl.typed_words import as_typed

ROOM = 576  # rows of a sheet that are kept for what stands above a table, the user's own lines too
FITS = MOST_ROWS - ROOM
SHOWN = 10_000  # rows of a table that does not fit: enough to look at, and light to open
PART_OF_INPUT, PART_OF_CUSTOMERS = "deel_gegevens", "deel_klanten"
COMMAND = "klantwaarde analyse BRON --uit MAP"


def is_part(rows: int) -> bool:
    """Whether a table of so many rows is shown for a part only."""
    return rows > FITS


def shown_input(checked: Checked) -> list[Row]:
    """The rows of an input table that its sheet shows: all, or those of the last days."""
    return checked.rows(SHOWN if is_part(checked.count()) else None)


def shown_rows(result: Result, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a result that its sheet shows: all, or the highest where it says of which figure."""
    if not result.top or not is_part(len(rows)):
        return rows
    place = result.headers.index(result.top)
    return heapq.nlargest(SHOWN, rows, key=lambda row: (row[place] is not None, row[place]))


def said_of_input(checked: Checked) -> str | None:
    """What there is to say of an input table that is shown for a part; nothing of one that is whole."""
    rows = checked.count()
    if not is_part(rows):
        return None
    return f"de {_many(SHOWN)} laatste van {_many(rows)} {checked.table.name}"


def said_of_result(result: Result, rows: Sequence[Row]) -> str | None:
    """What there is to say of a result that is shown for a part; nothing of one that is whole."""
    if not result.top or not is_part(len(rows)):
        return None
    place = result.headers.index(result.top)
    sized = any(row[place] is not None for row in rows)
    shown, counted = f"{_many(SHOWN)} {result.counted[1]}", f"van {_many(len(rows))}"
    return f"de {shown} met de hoogste {result.top}, {counted}" if sized else f"{shown}, {counted}"


def in_cell(said: str | None) -> str | None:
    """The same where it stands in the workbook, with the way to all rows."""
    return f"{said}; alles: {COMMAND}" if said else None


def advice(source: Source) -> str:
    """The command that writes all of what came from a source, to type as it stands."""
    return f"klantwaarde analyse {_typed(source)} --uit uitkomsten"


def _typed(source: Source) -> str:
    """A source as the user types it; of a database only its words are known, not how they were typed."""
    if source.path is None or isinstance(source, TableSource):
        return "BRON"
    return as_typed(source.path)


def refuse_older(checked: Checked, template: str) -> WorkbookFull:
    """The error for rows that do not fit in a workbook whose version cannot say that it shows a part."""
    return WorkbookFull(
        f"{_many(checked.count())} rijen passen niet op een blad, en dit werkboek is van een oudere versie, "
        "die geen deel kan tonen.",
        where=str(checked.source),
        remedy=f"Maak een nieuw: klantwaarde nieuw {template} --gegevens {_typed(checked.source)} "
        "--uit NIEUW.xlsx",
    )


def _many(rows: int) -> str:
    return format_number(rows, 0)
