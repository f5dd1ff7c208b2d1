"""The body that a table has: what has to follow its rows, what stays beside it, what is in the way."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.addresses import Area, address, area
from klantwaarde_xl.errors import WorkbookChanged, WorkbookFull
from klantwaarde_xl.xlsx.follow import CellMover, FormulaRewriter
from klantwaarde_xl.xlsx.parts import TableColumn, TableInfo
from klantwaarde_xl.xlsx.references import Move, Template, elsewhere
from klantwaarde_xl.xlsx.rows.calculated import Common, common_formula, dynamic_of
from klantwaarde_xl.xlsx.rows.looks import looks_of, row_attributes
from klantwaarde_xl.xlsx.sheet_read import Cell, Row, SheetXml
from klantwaarde_xl.xlsx.table_job import Job


def _calculated(column: TableColumn, move: Move) -> str | None:
    """The formula that a table gives to a column; none where it goes by the number of a row elsewhere.

    Then each row keeps the formula that it has, and no new row has one.
    """
    formula = column.formula
    return None if formula and elsewhere(formula, move).cells else formula


class OldBody:
    """One table's rows as they are; columns count from the first that belongs to them.

    own: the columns that are not written. kept: of these the cells that move, by column and row of the
    sheet; totals: those of the totals row, with theirs. common: the formula of a calculated column, by
    column. outside: the cells left and right of all these, by row, as they become. below: attributes of
    rows under the body. place: where all these rows stand in the part; last_outside: the last other row.
    """

    def __init__(
        self,
        sheet: SheetXml,
        job: Job,
        mover: CellMover,
        rewriter: FormulaRewriter,
        neighbours: Sequence[TableInfo] = (),
    ) -> None:
        """Read the old body and check that the new one can take its place.

        Raises:
            WorkbookFull: cells, another table or a merged cell are in the way.
            WorkbookChanged: a formula reaches across the table's border.
        """
        self._sheet, self._job, self._mover, self._rewriter = sheet, job, mover, rewriter
        self._table, self._move = job.table, job.move
        self._where = f"tabel {job.table.name} op blad {job.table.sheet.name}"
        move = self._move
        columns = [None] * move.lead + list(job.table.columns) + [None] * move.trail
        self.formulas = [_calculated(column, move) if column else None for column in columns]
        self._arrays = {at for at, column in enumerate(columns) if column and column.is_array}
        written = {position + move.lead for position in job.body.positions}
        self.own = {at for at in range(len(columns)) if at not in written}
        self.kept: dict[int, dict[int, Cell]] = {at: {} for at in self.own}
        self.common: dict[int, Common] = {}
        self.outside: dict[int, tuple[str, str]] = {}
        self.totals: list[tuple[int, Cell]] = []
        self.below: dict[int, str] = {}
        self.last_outside = 0
        self._first: dict[int, str] = {}
        self._dynamic: dict[int, str] = {}
        self._check_neighbours(neighbours)
        self._check_formulas()
        self.looks = looks_of(sheet, job.table.area, move.top, move.bottom)
        self.place = self._collect()
        self._find_common()

    # What stands in the way

    def _check_neighbours(self, neighbours: Sequence[TableInfo]) -> None:
        move = self._move
        for other in neighbours:
            apart = other.area.left > move.outer_right or other.area.right < move.outer_left
            if not apart and move.end < other.area.top <= move.new_end:
                raise self._full(f"de tabel {other.name} staat eronder, in rij {other.area.top}")
        for merged in self._sheet.merged():
            place = area(merged)
            overlaps = place.left <= move.outer_right and place.right >= move.outer_left
            if overlaps and place.top <= max(move.end, move.new_end) and place.bottom >= move.top:
                raise self._full(f"de samengevoegde cellen {merged} staan in de weg", "Splits ze")

    def _check_formulas(self) -> None:
        """Refuse a formula that is stored once for cells both in and out of the rows we replace."""
        move = self._move
        body = Area(move.top, move.outer_left, move.bottom, move.outer_right)
        totals = Area(move.bottom + 1, move.outer_left, move.end, move.outer_right)
        for place, _ in self._mover.groups:
            if not (place.overlaps(body) or place.overlaps(totals)):
                continue
            if not (body.contains(place) or totals.contains(place)):
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

    # Reading the rows

    def _collect(self) -> tuple[int, int]:
        """Read every row that changes; returns where those rows begin and end."""
        move, sheet, looks = self._move, self._sheet, self.looks
        start, end, before = looks.start, looks.end, looks.last
        if self._has_more():
            for row in sheet.rows(looks.start, move.top - 1) if looks.start < looks.end else ():
                if row.number > move.bottom:
                    break
                if row.inner_end > row.inner_start:
                    self._collect_row(row)
        rows = sheet.rows(looks.end, looks.last) if looks.start < looks.end else sheet.rows()
        for row in rows:
            if row.number <= before and looks.start < looks.end:
                raise sheet.odd("rijen staan niet op volgorde")
            before = row.number
            if row.number <= move.bottom:  # no body: rows above the table
                continue
            if looks.start == looks.end and start == sheet.tail_start:
                start = end = row.start
            if row.number <= max(move.end, move.new_end):
                if kept := row_attributes(row.attributes):
                    self.below[row.number] = kept
                if row.inner_end > row.inner_start:
                    self._collect_row(row)
                end = row.end
            else:
                self.last_outside = row.number
        return start, end

    def _has_more(self) -> bool:
        """Whether the body has cells that are not simply replaced."""
        move = self._move
        return bool(self.own) or not self.looks.columns <= set(range(move.left, move.right + 1))

    def _collect_row(self, row: Row) -> None:
        left: list[bytes] = []
        right: list[bytes] = []
        inside: dict[int, Cell] = {}
        for cell in self._sheet.cells(row):
            if cell.column < self._move.outer_left:
                left.append(self._sheet.data[cell.start : cell.end])
            elif cell.column > self._move.outer_right:
                right.append(self._sheet.data[cell.start : cell.end])
            else:
                inside[cell.column - self._move.outer_left] = cell
        if left or right:
            self.last_outside = row.number
            rewritten = self._rewriter.cells
            self.outside[row.number] = (
                rewritten(b"".join(left)).decode(), rewritten(b"".join(right)).decode()
            )  # fmt: skip
        if row.number <= self._move.bottom:
            self._collect_body(row.number, inside)
        elif row.number <= self._move.end:
            self.totals += [(row.number, cell) for cell in inside.values()]
        else:
            for cell in inside.values():
                if cell.has_content:
                    place = address(row.number, cell.column)
                    is_beside = not self._move.left <= cell.column <= self._move.right
                    where = "onder een kolom die tegen de tabel aan staat" if is_beside else "onder de tabel"
                    raise self._full(f"in cel {place} {where} staat al iets")

    def _collect_body(self, number: int, inside: dict[int, Cell]) -> None:
        for at in self.own:
            own = inside.get(at)
            if own is None or not own.has_content:
                continue
            formula = self._sheet.formula(own)
            if self.formulas[at] is None or formula is None:
                self.kept[at][number] = own
            elif number == self._move.top:
                self._first[at] = self._mover.text(formula, number, own.column)
                self._dynamic[at] = dynamic_of(own.attributes)

    def _find_common(self) -> None:
        """Find the formula of every calculated column.

        With relative addresses only the cell itself says for which row the table's formula is written.
        """
        for at in self.own:
            given = self.formulas[at]
            if given is not None:
                text = given if Template(given).fixed else self._first.get(at, given)
                is_array = at in self._arrays
                self.common[at] = Common(text, None, is_array, self._dynamic.get(at, ""))
            else:
                self._find_in_cells(at)

    def _find_in_cells(self, at: int) -> None:
        """Find the formula that the cells of a column have in common, be it of one cell each or an array."""
        for is_array, read in ((False, self._mover.single), (True, self._mover.alone)):
            found = {row: text for row, cell in self.kept[at].items() if (text := read(cell, row))}
            common = common_formula(found, self._move) if found else None
            if common is not None:
                first = self.kept[at][min(found)]
                self.common[at] = common._replace(is_array=is_array, dynamic=dynamic_of(first.attributes))
                return
