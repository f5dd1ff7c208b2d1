"""Rows typed or pasted right under a table: they are its rows, as in Excel, where a table grows by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from klantwaarde_xl.addresses import MOST_COLUMNS, Area, address, area
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.xlsx.follow import CellMover, FormulaRewriter
from klantwaarde_xl.xlsx.formula_cells import last_row
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.references import Move, Template, covers_rows, rewrite
from klantwaarde_xl.xlsx.rows.calculated import Common, common_formula, dynamic_of
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.rows.movers import move_behind_cells
from klantwaarde_xl.xlsx.rows.row_map import RowMap
from klantwaarde_xl.xlsx.scan import attribute, escape, tags, whole, with_attribute
from klantwaarde_xl.xlsx.sheet_read import Cell, Row, SheetXml
from klantwaarde_xl.xlsx.table_job import block_of
from klantwaarde_xl.xlsx.unfit import unfit


class Under(NamedTuple):
    """The rows under a table that belong to it: the first and the last."""

    first: int
    last: int


def all_under(structure: Structure, names: Collection[str]) -> dict[str, Under]:
    """The rows under the tables with these names, whatever their capitals; raises as `rows_under`."""
    wanted = {name.casefold() for name in names}
    found = {}
    for table in structure.tables:
        if table.name.casefold() in wanted:
            sheet = structure.archive.once(table.sheet.part, SheetXml)
            same = [one for one in structure.tables if one.sheet == table.sheet and one.part != table.part]
            if under := rows_under(sheet, table, same):
                found[table.name] = under
    return found


def rows_under(sheet: SheetXml, table: TableInfo, neighbours: Sequence[TableInfo]) -> Under | None:
    """The rows right under a table, without an empty one between, that have something in its columns.

    A table with a totals row ends there. Raises `WorkbookChanged` for a row that cannot be one of its rows:
    with merged cells, with a formula over its rows, or without what all of its rows have.
    """
    if table.totals_rows or last_row(sheet) <= table.bottom:
        return None
    first, last = table.bottom + 1, table.bottom
    merged = [*map(area, sheet.merged())]
    found: list[tuple[Row, list[Cell]]] = []
    start = looks_of(sheet, table.area, table.top, table.bottom)
    for row in sheet.rows(start.end, start.last) if start.start < start.end else sheet.rows():
        if row.number < first:
            continue
        if row.number != last + 1 or any(_holds(one.area, row.number, table) for one in neighbours):
            break
        cells = [cell for cell in sheet.cells(row) if _is_in(cell, table) and cell.has_content]
        if not cells:
            break
        last = row.number
        found.append((row, cells))
    if not found:
        return None
    needed = _needed(sheet, table)
    for row, cells in found:
        if any(_holds(place, row.number, table) for place in merged):
            raise _unfit(table, row.number, "heeft samengevoegde cellen")
        _check(sheet, table, row.number, cells, needed)
    return Under(first, last)


def _is_in(cell: Cell, table: TableInfo) -> bool:
    return table.area.left <= cell.column <= table.area.right


def _holds(place: Area, row: int, table: TableInfo) -> bool:
    """Whether an area has cells in a row, in the table's columns."""
    return (
        place.top <= row <= place.bottom and place.left <= table.area.right and place.right >= table.area.left
    )


def _needed(sheet: SheetXml, table: TableInfo) -> set[int]:
    """The columns of the sheet in which every row of the table has something that was typed there."""
    needed = {table.area.left + at for at, column in enumerate(table.columns) if column.formula is None}
    seen = 0
    for row in sheet.rows():
        if table.top <= row.number <= table.bottom:
            seen += 1
            needed &= {
                cell.column for cell in sheet.cells(row) if cell.has_content and sheet.formula(cell) is None
            }
        if row.number > table.bottom or not needed:
            break
    return needed if seen == table.bottom - table.top + 1 else set()


def _check(sheet: SheetXml, table: TableInfo, row: int, cells: Sequence[Cell], needed: set[int]) -> None:
    for cell in cells:
        formula = sheet.formula(cell)
        if formula is not None and covers_rows(formula.text, row):
            raise _unfit(table, row, f"heeft in {address(row, cell.column)} een formule over andere rijen")
    missing = sorted(needed - {cell.column for cell in cells})
    if missing:
        names = [table.columns[column - table.area.left].name for column in missing]
        raise _unfit(table, row, f"heeft niets bij {' en '.join(names)}")


def _unfit(table: TableInfo, row: int, why: str) -> WorkbookChanged:
    return unfit(table.name, table.sheet.name, row, why)


class _Calculated(NamedTuple):
    """The formula of a calculated column, what its cells say besides, and whether each is an array."""

    formula: Template
    attributes: str
    is_array: bool


class Grown:
    """The new XML of a worksheet in which a table took in the rows under it; their cells stay."""

    def __init__(self, sheet: SheetXml, table: TableInfo, move: Move, moves: Sequence[Move]) -> None:
        self._sheet, self._table, self._move, self._moves = sheet, table, move, moves
        self._rewriter = FormulaRewriter(sheet, table.sheet.name, moves)
        self._mover = CellMover(sheet, table.sheet.name, move, moves)
        stay = {row: row for row in range(move.top, move.new_bottom + 1)}
        self.rows = RowMap([block_of(move, stay)], table.sheet.name)
        self._usual = looks_of(sheet, table.area, move.top, move.bottom).usual
        self._given = dict(_of_columns(sheet.data[: sheet.head_end]))

    def chunks(self) -> Iterator[bytes]:
        """Give the worksheet: formulas follow, and looks and calculated columns go on in the new rows."""
        sheet, move = self._sheet, self._move
        yield sheet.data[: sheet.head_end]
        at = sheet.head_end
        formulas = self._formulas()
        for row in sheet.rows() if formulas or any(self._usual.values()) else ():
            if move.bottom < row.number <= move.new_bottom:
                yield self._rewriter.cells(sheet.data[at : row.inner_start])
                yield self._filled(row, formulas)
                at = row.inner_end
        yield self._rewriter.cells(sheet.data[at : sheet.tail_start])
        yield move_behind_cells(self._rewriter.tail(sheet.data[sheet.tail_start :]), self.rows)

    def _formulas(self) -> dict[int, _Calculated]:
        """By column of the sheet what the cells of a calculated column hold."""
        move, found, dynamic = self._move, dict[tuple[int, bool], dict[int, str]](), dict[int, str]()
        for row in self._sheet.rows_with(b"<%sf" % self._sheet.prefix):
            if move.top <= row.number <= move.bottom:
                for cell in self._sheet.cells(row):
                    if move.outer_left <= cell.column <= move.outer_right:
                        text = self._mover.single(cell, row.number)
                        array = self._mover.alone(cell, row.number)
                        if text or array:
                            found.setdefault((cell.column, bool(array)), {})[row.number] = text or array
                            dynamic.setdefault(cell.column, dynamic_of(cell.attributes))
        given = {move.left + at: column.formula for at, column in enumerate(self._table.columns)}
        made: dict[int, _Calculated] = {}
        for (column, is_array), by_row in found.items():
            said = given.get(column)
            is_fixed = said is not None and Template(said).fixed
            common = Common(said or "") if is_fixed else common_formula(by_row, move)
            if common is not None:
                look = self._usual.get(column, "") + dynamic[column]
                made.setdefault(column, _Calculated(self._template(common), look, is_array))
        return made

    def _template(self, common: Common) -> Template:
        top = self._move.top
        text = rewrite(common.formula, self._table.sheet.name, self._moves, row=top)
        return Template(text, within=common.within, row=top)

    def _filled(self, row: Row, formulas: dict[int, _Calculated]) -> bytes:
        """The cells of a row with those of calculated columns that are empty there."""
        sheet, prefix = self._sheet, self._sheet.prefix.decode()
        cells = {cell.column: cell for cell in sheet.cells(row)}
        pieces: dict[int, bytes] = {column: self._dressed(cell) for column, cell in cells.items()}
        for column, one in formulas.items():
            if column in cells and cells[column].has_content:
                continue
            text = escape(one.formula.at(row.number - self._move.top))
            place = address(row.number, column)
            opened = f'<{prefix}c r="{place}"{one.attributes}>'
            kind = f' t="array" ref="{place}"' if one.is_array else ""
            pieces[column] = f"{opened}<{prefix}f{kind}>{text}</{prefix}f></{prefix}c>".encode()
        return b"".join(pieces[column] for column in sorted(pieces))

    def _dressed(self, cell: Cell) -> bytes:
        """A cell as most of its column looks, where nobody gave it a look of its own."""
        text = self._rewriter.cells(self._sheet.data[cell.start : cell.end])
        usual = self._usual.get(cell.column, "") if _is_in(cell, self._table) else ""
        if not usual or cell.style not in (b"", b"0", self._given.get(cell.column, b"0")):
            return text
        end = len(b"<%sc" % self._sheet.prefix) + len(cell.attributes)
        bare = with_attribute(text[:end] + b">", b"s", None).removesuffix(b">")
        return bare + usual.encode() + text[end:]


def _of_columns(head: bytes) -> Iterator[tuple[int, bytes]]:
    """The styles that a worksheet gives to whole columns: its cells have them until they get their own."""
    known = 0
    for tag in tags(head):
        text = head[tag.start : tag.end]
        if tag.name == b"col" and (style := attribute(text, b"style")):
            first, last = (whole(attribute(text, name)) for name in (b"min", b"max"))
            last = min(last, MOST_COLUMNS)
            yield from ((column, style.encode()) for column in range(max(first, known + 1), last + 1))
            known = max(known, last)
