"""What is to become of one table: its new body, and how its rows and its last row move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from klantwaarde_xl.addresses import MOST_ROWS
from klantwaarde_xl.errors import WorkbookChanged, WorkbookFull
from klantwaarde_xl.xlsx.parts import TableInfo
from klantwaarde_xl.xlsx.references import Move
from klantwaarde_xl.xlsx.rows.row_map import Block
from klantwaarde_xl.xlsx.values import Value


class NewBody(NamedTuple):
    """Another body for a table.

    positions: the table's columns that are written, counted from 0, in the order of a row's values.
    The cells of all other columns, of those that touch the table, and all else that belongs to single
    rows are somebody else's and follow their row: sources has for each new row the old one that it
    continues, counted from 0 (None for none). What belongs to an old row that no new one continues goes.
    """

    table: str
    positions: Sequence[int]
    rows: Sequence[Sequence[Value]]
    sources: Sequence[int | None] = ()


class Job(NamedTuple):
    """One table, what is written into it, and how its last row moves."""

    table: TableInfo
    body: NewBody
    move: Move

    def targets(self) -> dict[int, int]:
        """The new row of the sheet of every old row that is continued."""
        top = self.move.top
        return {top + old: top + new for new, old in enumerate(self.body.sources) if old is not None}

    def block(self) -> Block:
        """How the rows move, for what belongs to them."""
        return block_of(self.move, self.targets())


def plan_job(table: TableInfo, body: NewBody, beside: tuple[int, int]) -> Job:
    """Match a new body with its table; beside: how many columns left and right belong to its rows.

    Raises:
        WorkbookChanged: the header row is gone.
        WorkbookFull: more rows than a sheet holds.
    """
    where = f"tabel {table.name} op blad {table.sheet.name}"
    if table.header_rows != 1:
        raise WorkbookChanged(
            f"De tabel {table.name} heeft geen kopregel.",
            where=where,
            remedy="Zet in Excel bij Tabelontwerp de Veldnamenrij weer aan.",
        )
    bottom = table.top + max(1, len(body.rows)) - 1
    if bottom + table.totals_rows > MOST_ROWS:
        raise WorkbookFull(
            f"{len(body.rows)} rijen passen niet op een blad; een blad heeft 1.048.576 rijen.",
            where=where,
            remedy="Met `klantwaarde analyse BRON --uit MAP` schrijft u alles naar bestanden.",
        )
    return Job(table, body, move_of(table, beside, bottom))


def move_of(table: TableInfo, beside: tuple[int, int], bottom: int | None = None) -> Move:
    """A table whose body ends on another row; None for the row it ends on."""
    place = table.area
    return Move(
        sheet=table.sheet.name,
        left=place.left,
        right=place.right,
        header=place.top,
        top=table.top,
        bottom=table.bottom,
        new_bottom=table.bottom if bottom is None else bottom,
        totals=table.totals_rows,
        lead=beside[0],
        trail=beside[1],
    )


def block_of(move: Move, targets: dict[int, int]) -> Block:
    """The rows of a table and where they go, for what belongs to them."""
    return Block(
        move.outer_left,
        move.outer_right,
        move.header,
        move.top,
        move.bottom,
        move.new_bottom,
        move.totals,
        targets,
    )
