"""The cells of a table in a worksheet as values: all of them, or what is the user's with its formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from klantwaarde_xl.addresses import column_letter
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import CellError, WorkbookChanged, WorkbookUnsafe
from klantwaarde_xl.limits import MOST_TABLE_CELLS
from klantwaarde_xl.xlsx.alike import AlikeRows
from klantwaarde_xl.xlsx.day_styles import as_day, day_styles
from klantwaarde_xl.xlsx.follow import CellMover
from klantwaarde_xl.xlsx.many_rows import blocks_of
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.pointing import Pointers, pointed_at
from klantwaarde_xl.xlsx.rows.beside import apart, beside, held_outside
from klantwaarde_xl.xlsx.rows.calculated import common_formula
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.rows.movers import attached_to
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.table_job import block_of, move_of
from klantwaarde_xl.xlsx.values import MOST_OVER, Note, Pointed, Table, Value

_RICH = "afbeelding of gegevenstype in de cel"


def headers_of(table: TableInfo) -> tuple[str, ...]:
    """The headers of a table, from left to right."""
    return tuple(column.name for column in table.columns)


def whole_table(sheet: SheetXml, table: TableInfo, strings: Sequence[str]) -> Table:
    """A table with its body; formulas give the value they last showed."""
    refuse_too_large(table)
    return Table(headers_of(table), list(body_of(sheet, table, strings)), table.top - 1, table.sheet.name)


def refuse_too_large(table: TableInfo) -> None:
    """Raise `WorkbookUnsafe` for a table of more cells than may be read."""
    cells = table.area.cells
    if cells > MOST_TABLE_CELLS:
        raise WorkbookUnsafe(
            f"De tabel {table.name} heeft {format_number(cells, 0)} cellen; hoogstens "
            f"{format_number(MOST_TABLE_CELLS, 0)} kunnen hier worden gelezen.",
            where=f"blad {table.sheet.name}, {table.area.address}",
            remedy="Maak de tabel in Excel zo groot als de gegevens (Tabelontwerp, Formaat wijzigen).",
        )


def body_of(sheet: SheetXml, table: TableInfo, strings: Sequence[str]) -> Iterator[Sequence[Value]]:
    """Give the rows of a table down to the last that is written down."""
    for block in body_in_blocks(sheet, table, strings):
        yield from block.values() if isinstance(block, AlikeRows) else block


def body_in_blocks(
    sheet: SheetXml, table: TableInfo, strings: Sequence[str]
) -> Iterator[AlikeRows | Sequence[Sequence[Value]]]:
    """The same, some thousands of rows at a time, by column where they are alike."""
    left, width = table.area.left, table.area.right - table.area.left + 1
    blank: tuple[Value, ...] = (None,) * width
    expected = table.top
    for block in blocks_of(sheet, left, width, strings, table.top):
        if isinstance(block, AlikeRows):
            block = block.between(table.top, table.bottom)
            if block.first > table.bottom:
                return
            if block.first > expected:
                yield [blank] * (block.first - expected)
            if len(block):
                yield block
                expected = max(expected, block.first) + len(block)
            continue
        rows: list[Sequence[Value]] = []
        for number, values in block:
            if number > table.bottom:
                yield rows
                return
            if number >= table.top:
                rows += [blank] * (number - expected)
                rows.append(values)
                expected = max(expected, number) + 1
        yield rows


def no_table(name: str) -> WorkbookChanged:
    """Return the error for a table that is not there."""
    return WorkbookChanged(
        f"De tabel {name} staat niet in het werkboek.",
        where=f"tabel {name}",
        remedy="Geef de tabel in Excel bij Tabelontwerp haar oude naam terug.",
    )


def texts_under(structure: Structure, sheet: str, header: str) -> dict[int, str]:
    """The texts under a header in the first row of a sheet, by row; none without that sheet or header."""
    place = structure.sheet(sheet)
    if place is None:
        return {}
    xml = structure.archive.once(place.part, SheetXml)
    found: dict[int, str] = {}
    at: int | None = None
    for number, row in enumerate(xml.rows()):
        for cell in xml.cells(row):
            value = xml.value(cell, structure.strings)
            if number == 0 and value == header:
                at = cell.column
            elif cell.column == at and isinstance(value, str):
                found[row.number] = value
    return found


class OwnTable:
    """What a table and the columns beside it hold of the user's."""

    def __init__(self, structure: Structure, table: TableInfo) -> None:
        refuse_too_large(table)
        self._structure, self._table = structure, table
        self._sheet = structure.archive.once(table.sheet.part, SheetXml)
        held = held_outside(structure, table)
        around = beside(structure, table, held)
        self._move, self._apart = move_of(table, around), apart(structure, table, held, *around)

    def read(self, ours: Collection[int], keys: Collection[int], found: Pointers) -> Table:
        """As `Package.read_own`."""
        table, move = self._table, self._move
        place_of = dict(zip(self._columns(), range(move.outer_right - move.outer_left + 1), strict=True))
        attached = attached_to(self._structure, table.sheet.part, block_of(move, {}))
        looks = looks_of(self._sheet, table.area, table.top, table.bottom)
        height = table.bottom - table.top + 1
        bound = bool(attached) or looks.differ(height, move.outer_left, move.outer_right)
        theirs = {column: place for column, place in place_of.items() if place not in ours}
        over = self._over({column: place for column, place in place_of.items() if place in ours}, height)
        pointed = self._pointed(found)
        if not theirs and not bound and not self._apart and not over and not pointed:
            return Table(headers_of(table), (), table.top - 1, table.sheet.name)
        headers = self._headers()
        wanted = theirs | {column: place for column, place in place_of.items() if place in keys}
        rows, formulas = self._cells(wanted, height, len(place_of), frozenset(theirs))
        notes = [
            Note(one.row - table.top, f"{headers[place_of[one.column]]} ({one.kind})", one.text)
            for one in attached
            if one.text
        ]
        formulas |= over
        top, sheet = table.top - 1, table.sheet.name
        return Table(headers, rows, top, sheet, formulas, notes, bound, self._apart, pointed)

    def _pointed(self, found: Pointers) -> list[Pointed]:
        table, move = self._table, self._move
        body = table.area._replace(top=table.top, bottom=table.bottom)
        return pointed_at(found, table.sheet.name, body, outer=(move.outer_left, move.outer_right))

    def _over(self, ours: Mapping[int, int], height: int) -> dict[int, list[str | None]]:
        """The formulas in our columns, where we write values: somebody typed them over these.

        Of a column with many the first ones have their text, which is all that is told of them.
        """
        table, sheet = self._table, self._sheet
        found: dict[int, list[str | None]] = {}
        many: Counter[int] = Counter()
        mover = CellMover(sheet, table.sheet.name, self._move, ())
        for row in sheet.rows_with(b"<%sf" % sheet.prefix) if sheet.has_formulas else ():
            if table.top <= row.number <= table.bottom:
                for cell in sheet.cells(row):
                    formula = sheet.formula(cell) if cell.column in ours else None
                    if formula is not None:
                        at = ours[cell.column]
                        many[at] += 1
                        text = mover.text(formula, row.number, cell.column) if many[at] <= MOST_OVER else "…"
                        each = found.setdefault(at, [None] * height)
                        each[row.number - table.top] = f"={text}"
        return found

    def _columns(self) -> list[int]:
        """The columns of the sheet: those of the table, then those right and left of it."""
        move = self._move
        return [
            *range(move.left, move.right + 1),
            *range(move.right + 1, move.outer_right + 1),
            *range(move.outer_left, move.left),
        ]

    def _headers(self) -> tuple[str, ...]:
        """The headers; one beside the table is what stands in the header row, or its letter."""
        found = list(headers_of(self._table))
        beside = self._columns()[len(found) :]
        texts = self._header_texts() if beside else {}
        taken = {text.strip().casefold() for text in found}
        for column in beside:
            letter, text = column_letter(column), texts.get(column, "")
            name = text or letter
            found.append(f"{name} ({letter})" if name.casefold() in taken else name)
            taken.add(name.casefold())
        return tuple(found)

    def _header_texts(self) -> dict[int, str]:
        row = next((row for row in self._sheet.rows() if row.number == self._table.area.top), None)
        cells = self._sheet.cells(row) if row else ()
        values = {cell.column: self._sheet.value(cell, self._structure.strings) for cell in cells}
        return {column: value.strip() for column, value in values.items() if isinstance(value, str)}

    def _cells(
        self, wanted: Mapping[int, int], height: int, width: int, theirs: Collection[int]
    ) -> tuple[list[list[Value]], dict[int, list[str | None]]]:
        """The values and the formulas of some columns; wanted: by column of the sheet its place.

        theirs: those in which a number that is shown as a day is that day.
        """
        table, sheet, strings = self._table, self._sheet, self._structure.strings
        rows: list[list[Value]] = [[None] * width for _ in range(height)]
        formulas: dict[int, dict[int, str]] = {}
        mover = CellMover(sheet, table.sheet.name, self._move, ())
        days = day_styles(self._structure) if theirs else frozenset()
        for row in sheet.rows():
            if not table.top <= row.number <= table.bottom:
                continue
            for cell in sheet.cells(row):
                at = wanted.get(cell.column)
                if at is None:
                    continue
                formula = sheet.formula(cell)
                calculated = at < len(table.columns) and table.columns[at].formula is not None
                if formula is not None and calculated:
                    continue
                value = sheet.value(cell, strings)
                if isinstance(value, CellError) and cell.is_rich:
                    value = _RICH  # what programs that do not know it show is an error
                if cell.column in theirs and cell.style in days:
                    value = as_day(value, date1904=self._structure.date1904)
                rows[row.number - table.top][at] = value
                if formula is not None:
                    text = mover.text(formula, row.number, cell.column)
                    formulas.setdefault(at, {})[row.number] = text
        return rows, self._without_common(formulas, rows)

    def _without_common(
        self, formulas: Mapping[int, Mapping[int, str]], rows: list[list[Value]]
    ) -> dict[int, list[str | None]]:
        """The formulas by place in the body, without those that are the same for every row."""
        top, found = self._table.top, {}
        for at, by_row in formulas.items():
            if all(by_row.values()) and common_formula(by_row, self._move) is not None:
                for row in by_row:
                    rows[row - top][at] = None
                continue
            each: list[str | None] = [None] * len(rows)
            for row, text in by_row.items():
                each[row - top] = f"={text}" if text else ""
            found[at] = each
        return found
