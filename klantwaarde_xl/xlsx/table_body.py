"""Replacing the body of one table inside a worksheet's XML, leaving all other cells as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from klantwaarde_xl.addresses import MOST_ROWS, Area, address, area, column_letter
from klantwaarde_xl.errors import WorkbookChanged, WorkbookFull
from klantwaarde_xl.xlsx.archive import Whole
from klantwaarde_xl.xlsx.areas import Cells
from klantwaarde_xl.xlsx.digests import digests
from klantwaarde_xl.xlsx.follow import CellMover, FormulaRewriter, row_attributes
from klantwaarde_xl.xlsx.held import Held, is_large, mark
from klantwaarde_xl.xlsx.parts import TableInfo
from klantwaarde_xl.xlsx.references import Move, Template, rewrite
from klantwaarde_xl.xlsx.scan import attribute, escape, tags
from klantwaarde_xl.xlsx.sheet_read import Cell, Row, SheetXml
from klantwaarde_xl.xlsx.sheet_write import CellWriter, Column, TextCounts, blank
from klantwaarde_xl.xlsx.sql_rows import SqlRows
from klantwaarde_xl.xlsx.values import Value


class NewBody(NamedTuple):
    """Another body for a table.

    positions: the table's columns that are written, counted from 0, in the order of a row's values.
    The cells of all other columns are somebody else's and follow their row: sources has for each
    new row the old one that it continues, counted from 0 (None for none). What belongs to an old row
    that no new one continues goes.
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


def plan_job(table: TableInfo, body: NewBody) -> Job:
    """Match a new body with its table.

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
    place = table.area
    move = Move(
        sheet=table.sheet.name,
        left=place.left,
        right=place.right,
        header=place.top,
        top=table.top,
        bottom=table.bottom,
        new_bottom=bottom,
        totals=table.totals_rows,
    )
    return Job(table, body, move)


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
    ) -> None:
        """Read the old body and check that the new one can take its place.

        Raises:
            WorkbookFull: cells, another table or a merged cell are in the way.
            WorkbookChanged: a formula reaches across the table's border.
        """
        self.rekeyed = 0
        self._sheet, self._job, self._moves = sheet, job, moves
        self._table, self._move = job.table, job.move
        self._unhide = unhide
        self._where = f"tabel {job.table.name} op blad {job.table.sheet.name}"
        self._writer = CellWriter(sheet.prefix.decode(), date1904=date1904)
        self._rewriter = FormulaRewriter(sheet, job.table.sheet.name, moves)
        self._mover = CellMover(sheet, job.table.sheet.name, job.move, moves)
        index = {position: at for at, position in enumerate(job.body.positions)}
        self._index = [index.get(position, -1) for position in range(len(job.table.columns))]
        self._own = {at for at, source in enumerate(self._index) if source < 0}  # the user's, or a formula
        self._styles: dict[int, str] = {}
        self._attributes: dict[int, str] = {}
        self._outside: dict[int, tuple[str, str]] = {}
        self._kept: dict[int, dict[int, Cell]] = {at: {} for at in self._own}
        self._first_formulas: dict[int, str] = {}
        self._totals: list[tuple[int, Cell]] = []
        self._zone = (0, 0)
        self._last_outside = 0
        self._check_neighbours(neighbours)
        self._check_formulas()
        self._collect()

    @property
    def counts(self) -> TextCounts:
        """How many texts were cut off, and how many had to be escaped."""
        return self._writer.counts

    @property
    def last_row(self) -> int:
        """The last row of the sheet that holds cells."""
        return max(self._move.new_end, self._last_outside)

    # What stands in the way

    def _check_neighbours(self, neighbours: Sequence[TableInfo]) -> None:
        move = self._move
        for other in neighbours:
            apart = other.area.left > move.right or other.area.right < move.left
            if not apart and move.end < other.area.top <= move.new_end:
                raise self._full(f"de tabel {other.name} staat eronder, in rij {other.area.top}")
        for tag in tags(self._sheet.data, self._sheet.tail_start):
            if tag.name != b"mergeCell":
                continue
            merged = attribute(self._sheet.data[tag.start : tag.end], b"ref") or ""
            place = area(merged)
            overlaps = place.left <= move.right and place.right >= move.left
            if overlaps and place.top <= max(move.end, move.new_end) and place.bottom >= move.top:
                raise self._full(f"de samengevoegde cellen {merged} staan in de weg", "Splits ze")

    def _check_formulas(self) -> None:
        """Refuse a formula that is stored once for cells both in and out of the rows we replace."""
        move = self._move
        body = Area(move.top, move.left, move.bottom, move.right)
        totals = Area(move.bottom + 1, move.left, move.end, move.right)
        for place, _ in self._mover.groups:
            if not (_overlap(place, body) or _overlap(place, totals)):
                continue
            if not (_within(place, body) or _within(place, totals)):
                raise WorkbookChanged(
                    f"De formule in {place.address} loopt door over de rand van de tabel {self._table.name}.",
                    where=self._where,
                    remedy="Typ in de cellen buiten de tabel de formule opnieuw.",
                )

    def _full(self, reason: str, remedy: str = "Verplaats wat eronder staat") -> WorkbookFull:
        rows = len(self._job.body.rows)
        return WorkbookFull(
            f"De tabel {self._table.name} krijgt {rows} rijen, maar {reason}.",
            where=self._where,
            remedy=f"{remedy}, of zet het naast de tabel of op een ander blad.",
        )

    # Reading the old body

    def _collect(self) -> None:
        """Read every row that changes, and note where those rows begin and end."""
        move, sheet = self._move, self._sheet
        start = end = -1
        before = 0
        for row in sheet.rows():
            if row.number <= before:
                raise sheet.odd("rijen staan niet op volgorde")
            before = row.number
            if row.number < move.top:
                self._last_outside = row.number
                continue
            if start < 0:
                start = end = row.start
            if row.number <= max(move.end, move.new_end):
                self._collect_row(row)
                end = row.end
            else:
                self._last_outside = row.number
        self._zone = (start, end) if start >= 0 else (sheet.tail_start, sheet.tail_start)

    def _collect_row(self, row: Row) -> None:
        kept = row_attributes(row.attributes, unhide=self._unhide and row.number <= self._move.bottom)
        if kept:
            self._attributes[row.number] = kept
        if row.inner_end == row.inner_start:
            return
        in_body = row.number <= self._move.bottom
        if in_body and not self._own and row.number > self._move.top and self._all_inside(row):
            return
        left: list[bytes] = []
        right: list[bytes] = []
        inside: dict[int, Cell] = {}
        for cell in self._sheet.cells(row):
            if cell.column < self._move.left:
                left.append(self._sheet.data[cell.start : cell.end])
            elif cell.column > self._move.right:
                right.append(self._sheet.data[cell.start : cell.end])
            else:
                inside[cell.column - self._move.left] = cell
        if left or right:
            self._last_outside = row.number
            rewritten = self._rewriter.cells
            self._outside[row.number] = (
                rewritten(b"".join(left)).decode(), rewritten(b"".join(right)).decode()
            )  # fmt: skip
        if in_body:
            self._collect_body(row.number, inside)
        elif row.number <= self._move.end:
            self._totals += [(row.number, cell) for cell in inside.values()]
        else:
            for at, cell in inside.items():
                if cell.has_content:
                    place = address(row.number, self._move.left + at)
                    raise self._full(f"in cel {place} onder de tabel staat al iets")

    def _all_inside(self, row: Row) -> bool:
        """Say whether a row's first and last cell lie within the table; cells are in order."""
        columns = self._sheet.outermost(row)
        return columns is not None and columns[0] >= self._move.left and columns[1] <= self._move.right

    def _collect_body(self, number: int, inside: dict[int, Cell]) -> None:
        if number == self._move.top:
            for at, cell in inside.items():
                if cell.style:
                    self._styles[at] = f' s="{cell.style.decode()}"'
        for at in self._own:
            own = inside.get(at)
            if own is None or not own.has_content:
                continue
            formula = self._sheet.formula(own)
            if self._table.columns[at].formula is None or formula is None:
                self._kept[at][number] = own
            elif number == self._move.top:
                self._first_formulas[at] = self._mover.text(formula, number, own.column)

    # Writing the new body

    def chunks(self, held: Held | None = None) -> Iterator[bytes]:
        """Give the worksheet with its new body, in pieces; in place of one that is held stands its mark."""
        sheet, move = self._sheet, self._move
        start, end = self._zone
        yield self._rewriter.head(sheet.data[: sheet.head_end], move, self.last_row, self._unhide)
        yield self._rewriter.cells(sheet.data[sheet.head_end : start])
        if held is not None:
            yield held.mark
        else:
            yield from self._body()
        yield from self._below()
        yield self._rewriter.cells(sheet.data[end : sheet.tail_start])
        yield self._rewriter.tail(sheet.data[sheet.tail_start :])

    def held(self) -> Held | None:
        """The new body, to be put in its place later: a large one, of which formulas can do with digests."""
        rows, move, date1904 = self._job.body.rows, self._move, self._writer.date1904
        has_neighbours = any(row <= move.new_bottom for row in self._outside)
        hides = any("hidden=" in attributes for attributes in self._attributes.values())
        if not is_large(len(rows)) or self._own or has_neighbours or hides:
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
        rows, top = self._job.body.rows, self._move.top
        kept = max(len(self._outside), len(self._attributes))
        if isinstance(rows, SqlRows) and not self._own and not is_large(kept):
            yield from rows.body(self._columns(), top, self._writer, self._attributes, self._outside)
            return
        if not len(rows):
            rows = [[None] * len(self._job.body.positions)]
        chunks = self._writer.body(self._columns(), rows, top, self._attributes, self._outside)
        is_ours = not (self._own or self._outside or self._attributes)
        yield from map(Whole, chunks) if is_ours else chunks

    def _columns(self) -> list[Column]:
        places = self._places() if any(self._kept.values()) else {}
        columns = []
        for at, source in enumerate(self._index):
            letter, style = column_letter(self._move.left + at), self._styles.get(at, "")
            fill = None if source >= 0 else self._fill(at, letter, style, places)
            columns.append(Column(letter, style, source, fill))
        return columns

    def _places(self) -> dict[int, int]:
        """Return the new row of every old row that is continued."""
        top = self._move.top
        return {top + old: top + new for new, old in enumerate(self._job.body.sources) if old is not None}

    def _fill(self, at: int, letter: str, style: str, places: dict[int, int]) -> Callable[[int], str]:
        """Return the function that writes a column of the user's, or a calculated column."""
        moved = self._move_kept(at, places)
        prefix = self._sheet.prefix.decode()
        column = self._table.columns[at]
        if column.formula is None:
            return lambda row: moved.get(row) or blank(letter, row, style, prefix)
        template = Template(rewrite(self._formula(at), self._table.sheet.name, self._moves))
        top = self._move.top
        constant = escape(template.at(0)) if template.fixed else None

        def formula(row: int) -> str:
            text = constant if constant is not None else escape(template.at(row - top))
            kind = f' t="array" ref="{letter}{row}"' if column.is_array else ""
            cell = f'<{prefix}c r="{letter}{row}"{style}><{prefix}f{kind}>{text}</{prefix}f></{prefix}c>'
            return moved.get(row) or cell

        return formula

    def _formula(self, at: int) -> str:
        """Return a calculated column's formula for the first row.

        With relative addresses only the cell itself says which row they were written for.
        """
        formula = self._table.columns[at].formula or ""
        return formula if Template(formula).fixed else self._first_formulas.get(at, formula)

    def _move_kept(self, at: int, places: dict[int, int]) -> dict[int, str]:
        moved: dict[int, str] = {}
        for row, cell in self._kept[at].items():
            target = places.get(row)
            if target is not None:
                moved[target] = self._mover.moved(cell, row, target)
                self.rekeyed += target != row
        return moved

    def _below(self) -> Iterator[bytes]:
        """Give the totals row, and what stood beside the rows that are gone."""
        move, prefix = self._move, self._sheet.prefix.decode()
        shift = move.new_end - move.end
        totals: dict[int, str] = {}
        for row, cell in self._totals:
            totals[row + shift] = totals.get(row + shift, "") + self._mover.moved(cell, row, row + shift)
        for row in range(move.new_bottom + 1, max(move.end, move.new_end) + 1):
            left, right = self._outside.get(row, ("", ""))
            cells = left + totals.get(row, "") + right
            attributes = self._attributes.get(row, "")
            if cells or attributes:
                yield f'<{prefix}row r="{row}"{attributes}>{cells}</{prefix}row>'.encode()


def _overlap(one: Area, other: Area) -> bool:
    return (
        one.top <= other.bottom and one.bottom >= other.top
        and one.left <= other.right and one.right >= other.left
    )  # fmt: skip


def _within(one: Area, other: Area) -> bool:
    return (
        one.top >= other.top and one.bottom <= other.bottom
        and one.left >= other.left and one.right <= other.right
    )  # fmt: skip
