"""Replacing the body of one table inside a worksheet's XML, leaving all other cells as they are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from klantwaarde_xl.addresses import Area, column_letter
from klantwaarde_xl.xlsx.archive import Whole
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.digests import digests
from klantwaarde_xl.xlsx.follow import CellMover, FormulaRewriter
from klantwaarde_xl.xlsx.held import Held, is_large, mark
from klantwaarde_xl.xlsx.old_body import OldBody
from klantwaarde_xl.xlsx.parts import TableInfo
from klantwaarde_xl.xlsx.references import Move, Template, rewrite
from klantwaarde_xl.xlsx.rows.calculated import Common
from klantwaarde_xl.xlsx.rows.movers import move_behind_cells
from klantwaarde_xl.xlsx.rows.row_map import RowMap
from klantwaarde_xl.xlsx.scan import escape
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.sheet_write import Around, CellWriter, Column, TextCounts, blank
from klantwaarde_xl.xlsx.sql_rows import SqlRows
from klantwaarde_xl.xlsx.table_job import Job

_NO_STYLE = ("", ' s="0"')
_HIDDEN = re.compile(r"""\shidden=(?:"[^"]*"|'[^']*')""")


class Splice:
    """The new XML of a worksheet in which one table got another body."""

    def __init__(
        self,
        sheet: SheetXml,
        job: Job,
        *,
        moves: Sequence[Move],
        date1904: bool,
        neighbours: Sequence[TableInfo] = (),
        unhide: bool = False,
        rows: RowMap | None = None,
    ) -> None:
        """Read the old body and check that the new one can take its place.

        rows: where all rows of the sheet go; None when that is not the last of its tables.
        Raises as `OldBody`.
        """
        self.rekeyed = 0
        self.by_number: list[str] = []  # columns whose formulas new rows do not get, by letter
        self._sheet, self._job, self._moves = sheet, job, moves
        self._table, self._move = job.table, job.move
        self._unhide, self._rows = unhide, rows
        self._writer = CellWriter(sheet.prefix.decode(), date1904=date1904)
        self._rewriter = FormulaRewriter(sheet, job.table.sheet.name, moves)
        self._mover = CellMover(sheet, job.table.sheet.name, job.move, moves)
        index = {position + job.move.lead: at for at, position in enumerate(job.body.positions)}
        width = job.move.outer_right - job.move.outer_left + 1
        self._index = [index.get(at, -1) for at in range(width)]
        last = max(job.move.end, job.move.new_end)
        self._shares_rows = any(
            one.area.top <= last and one.area.bottom >= job.move.top for one in neighbours
        )
        self._old = OldBody(sheet, job, self._mover, self._rewriter, neighbours)

    @property
    def counts(self) -> TextCounts:
        """How many texts were cut off, and how many had to be escaped."""
        return self._writer.counts

    @property
    def last_row(self) -> int:
        """The last row of the sheet that holds cells."""
        return max(self._move.new_end, self._old.last_outside)

    @cached_property
    def _targets(self) -> dict[int, int]:
        """The new row of every old row that is continued."""
        return self._job.targets()

    @cached_property
    def _around(self) -> Around:
        """What a row of the new body has besides the values: its attributes, looks, cells beside it."""
        looks, move, old = self._old.looks, self._move, self._old
        special: dict[int, Mapping[int, str]] = {}
        for row, odd in looks.special.items():
            if (target := self._targets.get(row)) is not None:
                special[target] = {column - move.outer_left: style for column, style in odd.items()}
        return Around(self._attributes(), old.outside, special)

    def _attributes(self) -> dict[int, str]:
        """The attributes of the new rows; a row in which another table stands too is no one's: it stays."""
        looks, move = self._old.looks, self._move
        if self._shares_rows:
            there = {
                row: self._seen(kept) for row, kept in looks.attributes.items() if row <= move.new_bottom
            }
            return {row: kept for row, kept in there.items() if kept}
        usual = self._seen(looks.usual_attributes)
        found = dict.fromkeys(range(move.top, move.new_bottom + 1), usual) if usual else {}
        for row, target in self._targets.items() if looks.attributes else ():
            found[target] = self._seen(looks.attributes.get(row, ""))
        return {row: kept for row, kept in found.items() if kept}

    def _seen(self, attributes: str) -> str:
        return _HIDDEN.sub("", attributes) if self._unhide else attributes

    # Writing the new body

    def chunks(self, held: Held | None = None) -> Iterator[bytes]:
        """Give the worksheet with its new body, in pieces; in place of one that is held stands its mark."""
        sheet, move = self._sheet, self._move
        start, end = self._old.place
        yield self._rewriter.head(sheet.data[: sheet.head_end], move, self.last_row, self._unhide)
        yield from self._rewriter.between(sheet.head_end, start)
        if held is not None:
            yield held.mark
        else:
            yield from self._body()
        yield from self._below()
        yield from self._rewriter.between(end, sheet.tail_start)
        tail = self._rewriter.tail(sheet.data[sheet.tail_start :])
        yield move_behind_cells(tail, self._rows) if self._rows else tail

    def held(self) -> Held | None:
        """The new body, to be put in its place later: a large one, of which formulas can do with digests."""
        rows, move, date1904 = self._job.body.rows, self._move, self._writer.date1904
        if not is_large(len(rows)) or self._old.own:
            return None
        around = self._around
        has_neighbours = any(row <= move.new_bottom for row in around.outside)
        hides = any("hidden=" in attributes for attributes in around.attributes.values())
        if has_neighbours or hides:
            return None
        if isinstance(rows, SqlRows):
            found = rows.digests(date1904=date1904)
        else:
            found = digests(rows, len(self._index), date1904=date1904)
        if found is None:
            return None
        cells = Cells(move.sheet, Area(move.top, move.left, move.new_bottom, move.right))
        by_column = [found[source] for source in self._index]
        stands = mark(self._sheet.prefix.decode(), move.top)
        return Held(self._table.sheet.part, cells, by_column, stands, self._body)

    def _body(self) -> Iterator[bytes]:
        rows, top, around, own = self._job.body.rows, self._move.top, self._around, self._old.own
        if isinstance(rows, SqlRows) and not own and not is_large(len(around)):
            yield from rows.body(self._columns(), top, self._writer, around)
            return
        if not len(rows):
            rows = [[None] * len(self._job.body.positions)]
        chunks = self._writer.body(self._columns(), rows, top, around)
        is_ours = not (own or around.outside or around.attributes)
        yield from map(Whole, chunks) if is_ours else chunks

    def _columns(self) -> list[Column]:
        columns = []
        for at, source in enumerate(self._index):
            column = self._move.outer_left + at
            letter, style = column_letter(column), self._style(column, source)
            fill = None if source >= 0 else self._fill(at, letter, style)
            columns.append(Column(letter, style, source, fill))
        return columns

    def _style(self, column: int, source: int) -> str:
        """The style of a column; days that most rows show as numbers take that of the first row."""
        looks = self._old.looks
        usual, first = looks.usual.get(column, ""), looks.first.get(column, "")
        if usual in _NO_STYLE and first not in _NO_STYLE and source >= 0:
            row = next(iter(self._job.body.rows), None)
            return first if row is not None and isinstance(row[source], dt.date) else usual
        return usual

    def _fill(self, at: int, letter: str, style: str) -> Callable[[int], str]:
        """Return the function that writes a column of the user's, or a calculated column."""
        common = self._old.common.get(at)
        moved = self._move_kept(at, common)
        prefix = self._sheet.prefix.decode()
        special = {row: odd[at] for row, odd in self._around.special.items() if at in odd}
        if common is not None and common.by_number and len(self._targets) < len(self._job.body.rows):
            self.by_number.append(letter)
        if common is None or common.by_number:
            return lambda row: moved.get(row) or blank(letter, row, special.get(row, style), prefix)
        top = self._move.top
        text = rewrite(common.formula, self._table.sheet.name, self._moves, row=top)
        template = Template(text, within=common.within, row=top)
        begins = rewrite(common.first, self._table.sheet.name, self._moves, row=top)
        constant = escape(template.at(0)) if template.fixed else None

        def formula(row: int) -> str:
            text = constant if constant is not None else escape(template.at(row - top))
            if row == top and begins:
                text = escape(begins)
            kind = f' t="array" ref="{letter}{row}"' if common.is_array else ""
            opened = f'<{prefix}c r="{letter}{row}"{special.get(row, style)}{common.dynamic}>'
            return moved.get(row) or f"{opened}<{prefix}f{kind}>{text}</{prefix}f></{prefix}c>"

        return formula

    def _move_kept(self, at: int, common: Common | None) -> dict[int, str]:
        """The cells of a column that go with their row; a formula that each place says by itself does not."""
        is_own = common is not None and common.is_own
        moved: dict[int, str] = {}
        for row, cell in self._old.kept[at].items():
            target = self._targets.get(row)
            if target is not None and not (is_own and self._sheet.formula(cell)):
                moved[target] = self._mover.moved(cell, row, target)
                self.rekeyed += target != row
        return moved

    def _below(self) -> Iterator[bytes]:
        """Give the totals row, and what stood beside the rows that are gone."""
        move, old, prefix = self._move, self._old, self._sheet.prefix.decode()
        shift = move.new_end - move.end
        totals: dict[int, str] = {}
        for row, cell in old.totals:
            totals[row + shift] = totals.get(row + shift, "") + self._mover.moved(cell, row, row + shift)
        attributes = {row + shift: kept for row, kept in old.below.items() if row <= move.end}
        for row in range(move.new_bottom + 1, max(move.end, move.new_end) + 1):
            left, right = old.outside.get(row, ("", ""))
            cells = left + totals.get(row, "") + right
            kept = attributes.get(row, "")
            if cells or kept:
                yield f'<{prefix}row r="{row}"{kept}>{cells}</{prefix}row>'.encode()
