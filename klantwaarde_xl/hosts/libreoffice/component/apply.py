"""Apply the plan of a refresh to an open Calc document: check everything, then write in one step.

The worker has matched the headers and said which old row each new row continues, and what of the
user's will go. Here is what only the document knows: where a table stands, what stands below it,
whether it may be written at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellAddress, CellRangeAddress

from .facts import ERROR_TEXTS, TITLE, VALUE_ERROR, Refused, error_code
from .workbook import (
    ANNOTATION,
    CONTENT,
    columns_beside,
    has_totals,
    named_cells,
    overlap,
    shapes,
    table_cells,
    text_of,
)

REMOVABLE = 128  # com.sun.star.beans.PropertyAttribute
STEP = TITLE + ": ververs"


class TableArea:
    """A table on its sheet with the columns beside it, and what the plan will make of it."""

    def __init__(self, document: Any, write: dict[str, Any]) -> None:
        self.document = document
        self.name: str = write["name"]
        self.write = write
        self.range = document.DatabaseRanges.getByName(self.name)
        cells = table_cells(document, self.name)
        self.sheet = cells.getSpreadsheet()
        self.area = cells.getRangeAddress()
        self.has_totals = has_totals(document, self.name)
        self.lead, trail = columns_beside(document, self.name)
        self.right = self.area.EndColumn + trail
        self.width = self.right - self.area.StartColumn + 1
        self.first = self.area.StartRow + 1
        self.old = self.area.EndRow - self.area.StartRow - self.has_totals
        if self.old < 1:
            raise Refused(
                "De tabel heeft geen rij onder de kop.",
                f"{self.sheet.getName()}, tabel {self.name}",
                "Maak de tabel een lege rij langer.",
            )
        self.new = max(len(write["rows"]), 1)  # a table keeps one row, blank if need be
        self.sources: list[int] = list(write["sources"]) or [-1]
        program = set(write["positions"])
        self.theirs = [column for column in range(-self.lead, self.width) if column not in program]
        # Columns left of the table come behind all others
        self.typed = sorted(at if at < self.width else at - self.width - self.lead for at in write["typed"])
        self.moves: bool = write["moves"]

    def cells(self, row: int, height: int, left: int = 0, width: int = 0) -> Any:
        """Return cells of some columns, all without a width; row and left count from the body's first."""
        start = self.area.StartColumn + (left if width else -self.lead)
        end = start + width - 1 if width else self.right
        top = self.first + row
        return self.sheet.getCellRangeByPosition(start, top, end, top + height - 1)

    def copy(self, source: int, target: int, height: int) -> None:
        """Copy rows with their formats; relative references in formulas move along."""
        area = self.cells(source, height).getRangeAddress()
        corner = CellAddress(area.Sheet, area.StartColumn, self.first + target)
        self.sheet.copyRange(corner, area)


def apply(document: Any, plan: dict[str, Any]) -> None:
    """Write the plan; raises Refused, with nothing written, when something is in the way."""
    tables = [TableArea(document, write) for write in plan["tables"]]
    named = named_cells(document)
    _check(document, tables, [named[name] for name, _ in plan["names"]])
    if plan["lost"]:
        _check_lost(document, plan["lost"])
    undo = document.getUndoManager()
    undo.enterUndoContext(STEP)
    document.lockControllers()
    written = False
    try:
        if plan["lost"]:
            _keep_lost(document, plan["lost"])
        for table in tables:
            _write_table(table)
        for name, value in plan["names"]:
            _write(named[name], ((value,),), 1)
        _show_charts(document, plan["charts"])
        written = True
        _keep_properties(document, *plan["properties"])
    finally:
        document.unlockControllers()
        undo.leaveUndoContext()
        if not written and undo.isUndoPossible() and undo.getCurrentUndoActionTitle() == STEP:
            undo.undo()


# ── what the user loses ─────────────────────────────────────────────────────────────────────


def _lost_sheet(document: Any, name: str) -> Any:
    """The sheet on which lost values are kept, or None; sheet names ignore capitals."""
    sheets = document.getSheets()
    found = next((one for one in sheets.getElementNames() if one.lower() == name.lower()), None)
    return sheets.getByName(found) if found is not None else None


def _check_lost(document: Any, lost: dict[str, Any]) -> None:
    sheet = _lost_sheet(document, lost["sheet"])
    if document.isProtected() if sheet is None else sheet.isProtected():
        raise Refused(
            f"Waarden van uzelf ({len(lost['rows'])}) kunnen niet blijven waar zij staan, en het blad "
            f"{lost['sheet']} kan ze niet bewaren: er is beveiliging.",
            lost["sheet"],
            "Hef de beveiliging op (Extra, Bladstructuur beveiligen) en ververs opnieuw.",
        )


def _keep_lost(document: Any, lost: dict[str, Any]) -> None:
    """Write the lost values under what their sheet already holds."""
    rows = list(lost["rows"])
    sheet = _lost_sheet(document, lost["sheet"])
    if sheet is None:
        sheets = document.getSheets()
        sheets.insertNewByName(lost["sheet"], sheets.getCount())
        sheet = sheets.getByName(lost["sheet"])
        rows.insert(0, tuple(lost["headers"]))
        top = 0
    else:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        top = cursor.getRangeAddress().EndRow + 1
    end = sheet.getCellRangeByPosition(0, top, len(lost["headers"]) - 1, top + len(rows) - 1)
    _write(end, tuple(rows), 0)


# ── checks ──────────────────────────────────────────────────────────────────────────────────


def _check(document: Any, tables: Sequence[TableArea], cells: Sequence[Any]) -> None:
    if document.isReadonly():
        raise Refused("Het werkboek is alleen-lezen geopend.", remedy="Sla het op onder een andere naam.")
    locked = [cell.getSpreadsheet() for cell in cells if cell.CellProtection.IsLocked]
    for sheet in [*(table.sheet for table in tables), *locked]:
        if sheet.isProtected():
            raise Refused(
                "Het blad is beveiligd.", sheet.getName(), "Hef de beveiliging op en ververs opnieuw."
            )
    for table in tables:
        _check_room(document, table)


def _check_room(document: Any, table: TableArea) -> None:
    where = table.sheet.getName() + ", tabel " + table.name
    if table.new == table.old:
        return
    if table.has_totals:
        raise Refused(
            "De tabel eindigt met een totaalrij en krijgt een ander aantal rijen.",
            where,
            "Zet de totaalrij uit of boven de tabel en ververs opnieuw.",
        )
    if table.new < table.old:
        return
    if table.first + table.new > table.sheet.getRows().getCount():
        raise Refused("De tabel past niet op het blad.", where, "Kies een kortere periode.")
    below = table.cells(table.old, table.new - table.old)
    space = below.getRangeAddress()
    occupied = list(below.queryContentCells(CONTENT | ANNOTATION).getRangeAddresses())
    others = [document.DatabaseRanges.getByName(n) for n in document.DatabaseRanges.getElementNames()]
    occupied += [
        other.getDataArea()
        for other in others
        if other.getName() != table.name and overlap(space, other.getDataArea())
    ]
    if occupied:
        raise Refused(
            f"Onder de tabel staat iets in de weg: de tabel groeit van {table.old} naar {table.new} rijen.",
            where + f", vanaf rij {min(part.StartRow for part in occupied) + 1}",
            "Verplaats wat onder de tabel staat en ververs opnieuw.",
        )


# ── writing ─────────────────────────────────────────────────────────────────────────────────


def _write_table(table: TableArea) -> None:
    # Calc drops notes from cells that get other values, and sorts rows without them
    notes = _take_notes(table)
    if table.new > table.old:
        _lengthen(table)
    if table.theirs or table.moves:
        _move_rows(table)
    _write_program_columns(table)
    if table.new < table.old:
        table.cells(table.new, table.old - table.new).clearContents(CONTENT | ANNOTATION)
    if table.new != table.old:
        area = table.area
        end = table.first + table.new - 1
        table.range.setDataArea(
            CellRangeAddress(area.Sheet, area.StartColumn, area.StartRow, area.EndColumn, end)
        )
    _put_notes(table, notes)


def _lengthen(table: TableArea) -> None:
    """Add rows like the first one, with its formats and formulas but without its values.

    One copy, then twice as many each time.
    """
    table.copy(0, table.old, 1)
    for left, width in _runs(sorted([*table.write["positions"], *table.typed])):
        table.cells(table.old, 1, left, width).clearContents(CONTENT)
    table.cells(table.old, 1).clearContents(ANNOTATION)
    done, wanted = 1, table.new - table.old
    while done < wanted:
        height = min(done, wanted - done)
        table.copy(table.old, table.old + done, height)
        done += height


def _move_rows(table: TableArea) -> None:
    """Let the user's cells follow their rows, and blank what they typed in rows that get a new owner.

    Calc sorts the rows itself, on numbers that stand for a moment in a column of the program: that
    keeps formulas and formats together, in one step however many rows move. Notes it leaves behind.
    """
    order, reused = _order(table.sources, table.old, max(table.old, table.new))
    _blank(table, reused)
    if order == sorted(order):
        return
    key = table.write["positions"][0]
    marks = tuple((float(place),) for place in order)
    _write(table.cells(0, len(order), key, 1), marks, table.old)
    field = uno.createUnoStruct("com.sun.star.table.TableSortField")
    field.Field, field.IsAscending = key + table.lead, True
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    settings = (("SortFields", fields), ("ContainsHeader", False), ("BindFormatsToContent", True))
    table.cells(0, len(order)).sort(tuple(PropertyValue(name, 0, value, 0) for name, value in settings))


def _put_notes(table: TableArea, notes: Sequence[tuple[int, int, str, bool]]) -> None:
    """Give the notes that were taken to the rows that continue theirs."""
    held, places = table.sheet.getAnnotations(), {source: at for at, source in enumerate(table.sources)}
    for row, column, text, shown in notes:
        if row not in places:
            continue
        place = table.first + places[row]
        held.insertNew(CellAddress(table.area.Sheet, column, place), text)
        if shown:
            table.sheet.getCellByPosition(column, place).getAnnotation().setIsVisible(True)


def _take_notes(table: TableArea) -> list[tuple[int, int, str, bool]]:
    """Remove the notes of a table's rows; return of each its row, column and text, and whether it shows."""
    held = table.sheet.getAnnotations()
    columns = range(table.area.StartColumn - table.lead, table.right + 1)
    found = []
    for number in reversed(range(held.getCount())):
        note = held.getByIndex(number)
        place = note.getPosition()
        if place.Column in columns and table.first <= place.Row < table.first + table.old:
            found.append((place.Row - table.first, place.Column, text_of(note), note.getIsVisible()))
            held.removeByIndex(number)
    return found


def _order(sources: Sequence[int], old: int, height: int) -> tuple[list[int], list[int]]:
    """For each row of the table its new place, and the old rows that become another's.

    A new row without an old one takes the next row that nobody claims: first the old rows that have
    gone, then the rows just added. What is left over goes to the end.
    """
    claimed = set(sources)
    free = [row for row in range(height) if row not in claimed]
    taken = iter(free)
    rows = [source if source >= 0 else next(taken) for source in sources]
    reused = [row for row in free[: len(free) - len(list(taken))] if row < old]
    used = set(rows)
    rows += [row for row in range(height) if row not in used]
    order = [0] * height
    for place, row in enumerate(rows):
        order[row] = place
    return order, reused


def _blank(table: TableArea, reused: Sequence[int]) -> None:
    if not reused:
        return
    for top, height in _runs(reused):
        table.cells(top, height).clearContents(ANNOTATION)
    if not table.typed:
        return
    ranges = table.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    parts = [
        table.cells(top, height, left, width).getRangeAddress()
        for top, height in _runs(reused)
        for left, width in _runs(table.typed)
    ]
    ranges.addRangeAddresses(tuple(parts), True)
    ranges.clearContents(CONTENT | ANNOTATION)


def _show_charts(document: Any, charts: Sequence[tuple[str, bool]]) -> None:
    """Show charts that have something to draw again; one without stays over the cell that says so.

    Calc does not undo that a chart was hidden, and does not save it in an .xlsx: a user who undoes a
    refresh would miss his chart. Showing one does no harm.
    """
    wanted = {name for name, shown in charts if shown}
    for shape in shapes(document) if wanted else ():
        if shape.Name in wanted:
            shape.Visible = True


def _keep_properties(document: Any, prefix: str, values: dict[str, str]) -> None:
    """Give the document these properties in place of those whose names begin so.

    Calc does not undo that; they say of which refresh they are.
    """
    held = document.DocumentProperties.UserDefinedProperties
    for name in [one.Name for one in held.PropertySetInfo.Properties]:
        if name.lower().startswith(prefix):
            held.removeProperty(name)
    for name, text in values.items():
        held.addProperty(name, REMOVABLE, text)


def _write_program_columns(table: TableArea) -> None:
    positions, rows = table.write["positions"], table.write["rows"]
    order = sorted(range(len(positions)), key=positions.__getitem__)
    start = 0
    for left, width in _runs(sorted(positions)):
        wanted = order[start : start + width]
        start += width
        target = table.cells(0, table.new, left, width)
        if rows:
            _write(target, tuple(tuple(row[i] for i in wanted) for row in rows), table.old)
        else:
            target.clearContents(CONTENT)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (start, length) for each stretch of consecutive numbers."""
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[i - 1] + 1:
            yield numbers[start], i - start
            start = i


def _write(cells: Any, rows: tuple[tuple[Any, ...], ...], old: int) -> None:
    """Write values; text stays text even when it looks like a formula, a None empties its cell.

    old: how many of the rows were there before.
    """
    _touch_blanks(cells, rows[:old])
    plain = tuple(tuple("" if v is None or v != v else v for v in row) for row in rows)
    cells.setDataArray(plain)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None and value != value:
                text = ERROR_TEXTS.get(error_code(value), ERROR_TEXTS[VALUE_ERROR])
                cells.getCellByPosition(j, i).setFormula("=" + text)


def _touch_blanks(cells: Any, rows: tuple[tuple[Any, ...], ...]) -> None:
    """Fill blank cells one by one first: undoing setDataArray brings old values back, but no blanks."""
    here = cells.getRangeAddress()
    for part in cells.queryEmptyCells().getRangeAddresses():
        for row in range(part.StartRow, min(part.EndRow, here.StartRow + len(rows) - 1) + 1):
            for column in range(part.StartColumn, part.EndColumn + 1):
                i, j = row - here.StartRow, column - here.StartColumn
                if rows[i][j] not in (None, ""):
                    cells.getCellByPosition(j, i).setValue(0.0)
