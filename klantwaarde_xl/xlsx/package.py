"""Lossless editing of parts of a workbook that a user owns.

A user's workbook is never loaded and saved by a library: that loses whatever the library does not
know. Here table bodies and named cells are replaced inside the parts, and every part that need not
change keeps its bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

from klantwaarde_xl.addresses import Area, address, area
from klantwaarde_xl.xlsx.added_sheet import SheetRows
from klantwaarde_xl.xlsx.apply import Applied, Edited
from klantwaarde_xl.xlsx.archive import Archive
from klantwaarde_xl.xlsx.areas import Areas
from klantwaarde_xl.xlsx.cell_values import Cached
from klantwaarde_xl.xlsx.cells_only import save_cells
from klantwaarde_xl.xlsx.chart_caches import renew_charts
from klantwaarde_xl.xlsx.erased import erase
from klantwaarde_xl.xlsx.formula_cells import FormulaCell, formula_cells, hides_rows, last_row
from klantwaarde_xl.xlsx.function_names import FunctionName, with_function_names
from klantwaarde_xl.xlsx.guard import guard, inspect
from klantwaarde_xl.xlsx.held import HeldBodies
from klantwaarde_xl.xlsx.hidden_charts import chart_names
from klantwaarde_xl.xlsx.mentions import Mention, mentions, texts_of
from klantwaarde_xl.xlsx.named import Named
from klantwaarde_xl.xlsx.odd_cells import Find, Place
from klantwaarde_xl.xlsx.parts import Structure, TableInfo, single_cell
from klantwaarde_xl.xlsx.pointing import Pointers
from klantwaarde_xl.xlsx.properties import with_properties
from klantwaarde_xl.xlsx.rows_under import Under, all_under
from klantwaarde_xl.xlsx.saving import Digested, Origin, replace_file
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.sheet_write import CellWriter
from klantwaarde_xl.xlsx.signature import refuse_signed
from klantwaarde_xl.xlsx.table_job import NewBody
from klantwaarde_xl.xlsx.table_read import OwnTable, headers_of, no_table, whole_table
from klantwaarde_xl.xlsx.values import DAYS_1904, Table, Value
from klantwaarde_xl.xlsx.words import Words

__all__ = ["Edited", "NewBody", "Package", "SheetRows"]

Told = TypeVar("Told")


class Package:
    """A workbook in memory: read its tables, names and formulas; edit them; save it."""

    def __init__(
        self, archive: Archive, origin: Origin | None = None, held: HeldBodies | None = None
    ) -> None:
        self._archive = archive
        self._origin = origin
        self.held = held or HeldBodies()
        self.structure = Structure(archive)

    @classmethod
    def open(cls, path: Path) -> Package:
        """Read a workbook after the guard has let it in; raises as `guard`."""
        path = Path(path)
        data = guard(path)
        return cls._from(data, Origin.of(path, data))

    @classmethod
    def from_bytes(cls, data: bytes) -> Package:
        """Read a workbook from memory, under the same guard."""
        inspect(data)
        return cls._from(data, None)

    @classmethod
    def _from(cls, data: bytes, origin: Origin | None) -> Package:
        return cls(Archive.read_from(data), origin)

    # Reading

    def sheet_names(self) -> list[str]:
        """Return the names of all sheets in the order of their tabs, hidden ones too."""
        return [sheet.name for sheet in self.structure.sheets]

    def table_names(self) -> list[str]:
        """Return the names of all tables."""
        return [table.name for table in self.structure.tables]

    def custom_properties(self) -> dict[str, str]:
        """Return the custom document properties as text."""
        return self.structure.custom_properties()

    def places(self) -> dict[str, tuple[str, Area, tuple[str, ...]]]:
        """Return where each table and named cell lies: sheet, area, and the table's headers."""
        found: dict[str, tuple[str, Area, tuple[str, ...]]] = {}
        for name in self.structure.names:
            cell = single_cell(name.formula)
            if cell is not None and not name.local:
                sheet, row, column = cell
                found[name.name] = (sheet, Area(row, column, row, column), ())
        for table in self.structure.tables:
            body = Area(table.top - 1, table.area.left, table.bottom, table.area.right)
            found[table.name] = (table.sheet.name, body, tuple(column.name for column in table.columns))
        return found

    @property
    def days_behind(self) -> int:
        """How many days less than others the workbook counts: 1462 when it counts from 1904."""
        return DAYS_1904 if self.structure.date1904 else 0

    def read_table(self, name: str) -> Table:
        """Return the headers and the body of a table; formulas give the value they last showed.

        Args:
            name: the table's name, whatever its capitals.

        Returns:
            Rows of float, str, bool, CellError and None; a date is a day number (see `days_behind`).

        Raises:
            WorkbookChanged: there is no such table.
        """
        table = self._table(name)
        return whole_table(self._sheet(table.sheet.part), table, self.structure.strings)

    def read_own(self, name: str, ours: Collection[int], keys: Collection[int], at: Pointers = ()) -> Table:
        """Return what a table has that is not ours, with the formulas in it and what is attached to rows.

        ours, keys: places of columns (from 0); of ours only the keys are read; at: as `pointers`. Columns
        beside the table that belong to its rows come behind its own. Without anything of the user's there
        are no rows. Left out are formulas that a calculated column gives to every row: nobody's to lose.
        """
        return OwnTable(self.structure, self._table(name)).read(ours, keys, at)

    def table_heads(self) -> dict[str, Table]:
        """Return all tables without their rows, and without those that have no header row."""
        tables = (table for table in self.structure.tables if table.header_rows == 1)
        return {one.name: Table(headers_of(one), (), one.top - 1, one.sheet.name) for one in tables}

    def not_single(self, prefix: str) -> list[str]:
        """Return the workbook's names with this prefix that do not point at one cell."""
        return [
            name.name
            for name in self.structure.names
            if not name.local
            and name.name.casefold().startswith(prefix.casefold())
            and single_cell(name.formula) is None
        ]

    def chart_names(self) -> list[str]:
        """Return the names of all charts, pictures and shapes on the sheets."""
        return [name for part in self.structure.drawings for name in chart_names(self._archive.read(part))]

    def _table(self, name: str) -> TableInfo:
        table = self.structure.table(name)
        if table is None:
            raise no_table(name)
        return table

    def read_names(self, prefix: str) -> dict[str, Value]:
        """Return the values of the workbook's named cells whose name starts with the prefix.

        Names of one sheet, of ranges, and of constants are left out.
        """
        wanted: dict[str, dict[tuple[int, int], list[str]]] = {}
        for name in self.structure.names:
            place = single_cell(name.formula)
            if name.local or place is None or not name.name.casefold().startswith(prefix.casefold()):
                continue
            sheet = self.structure.sheet(place[0])
            if sheet is not None:
                wanted.setdefault(sheet.part, {}).setdefault(place[1:], []).append(name.name)
        found: dict[str, Value] = {}
        for part, places in wanted.items():
            values = self._values(part, places)
            found |= {name: values.get(place) for place, names in places.items() for name in names}
        return found

    def _values(self, part: str, places: Mapping[tuple[int, int], object]) -> dict[tuple[int, int], Value]:
        sheet = self._sheet(part)
        rows = {row for row, _ in places}
        found: dict[tuple[int, int], Value] = {}
        for row in sheet.rows():
            if row.number in rows:
                for cell in sheet.cells(row):
                    if (row.number, cell.column) in places:
                        found[row.number, cell.column] = sheet.value(cell, self.structure.strings)
        return found

    def formulas(self) -> dict[str, dict[str, str]]:
        """Return every formula cell: sheet name → address → the text of its formula.

        A cell that follows a shared formula has no text of its own and gives the empty string.
        Sheets without formulas are left out.
        """
        found: dict[str, dict[str, str]] = {}
        for place in self.structure.worksheets:
            sheet = self._sheet(place.part)
            if not sheet.has_formulas:
                continue
            cells = found.setdefault(place.name, {})
            opening = b"<%sf" % sheet.prefix
            for row in sheet.rows():
                if sheet.data.find(opening, row.inner_start, row.inner_end) < 0:
                    continue
                for cell in sheet.cells(row):
                    formula = sheet.formula(cell)
                    if formula is not None:
                        cells[address(row.number, cell.column)] = formula.text
        return found

    def formula_cells(self) -> Iterator[tuple[str, FormulaCell]]:
        """Give every formula with its sheet, shared ones written out, with the cells that each fills."""
        for place in self.structure.worksheets:
            for cell in formula_cells(self._sheet(place.part)):
                yield place.name, cell

    @property
    def size(self) -> int:
        """How many bytes all parts have together, unpacked."""
        return self._archive.size

    def cells_that(self, find: Find) -> dict[str, list[Place]]:
        """Return the cells that are found, by sheet."""
        return {place.name: list(find(self._sheet(place.part))) for place in self.structure.worksheets}

    def areas(self) -> Areas:
        """Return where the sheets, tables and names are that formulas refer to."""
        return Areas(self.structure)

    def hides_rows(self, name: str) -> bool:
        """Whether a sheet has hidden rows."""
        sheet = self.structure.sheet(name)
        return sheet is not None and hides_rows(self._sheet(sheet.part))

    def last_row(self, name: str) -> int:
        """Return the number of the last row of a sheet that is written down; 1 for an empty sheet."""
        sheet = self.structure.sheet(name)
        return last_row(self._sheet(sheet.part)) if sheet is not None else 1

    def shown(self) -> dict[str, dict[str, Value]]:
        """Return what every formula cell last showed: sheet name → address → value."""
        parts = {sheet.name: sheet.part for sheet in self.structure.worksheets}
        found: dict[str, dict[str, Value]] = {}
        for name, cells in self.formulas().items():
            places = {area(where)[:2]: where for where in cells}
            found[name] = {places[place]: value for place, value in self._values(parts[name], places).items()}
        return found

    def _sheet(self, part: str) -> SheetXml:
        return self._archive.once(part, SheetXml)

    # Writing

    def edit(
        self,
        bodies: Sequence[NewBody] = (),
        cells: Mapping[str, Value] | None = None,
        added: SheetRows | None = None,
        charts: Mapping[str, bool] | None = None,
        *,
        then: Callable[[Package], object] | None = None,
    ) -> Edited:
        """Carry out all edits, or none.

        Args:
            bodies: other bodies for tables.
            cells: values for named cells.
            added: rows for the end of a sheet, which is made when it is not there.
            charts: by name, whether a chart is to be seen.
            then: what is still to be done to the workbook; it gets the edited one, from which large
                bodies may be `held` out until it is done, so that nothing walks through them.

        Returns:
            What changed, and what the user should know about it.

        Raises:
            WorkbookUnsafe: digitally signed, or XML that cannot be edited safely.
            WorkbookChanged: a table, header row or name is gone; a formula is in the way.
            WorkbookFull: the rows do not fit, or the user's own cells are in the way.
        """
        applied = Applied(
            self._archive.copy(), self.structure, bodies, cells or {}, added, charts or {}, holds=bool(then)
        )
        applied.run()
        if then is not None:
            edited = Package(applied.archive, held=applied.held)
            then(edited)
            applied.archive = edited._archive
            applied.held.fill(applied.archive)
        self._take(applied.archive)
        return applied.edited()

    def take_in(self, names: Collection[str]) -> dict[str, Under]:
        """Let tables have the rows that were typed or pasted right under them.

        names: of the tables, whatever their capitals. Returns by table, as the workbook writes it, which
        rows it took in. Raises as `edit`, and `WorkbookChanged` for a row right under that is none of them.
        """
        taken = all_under(self.structure, names)
        for name, under in taken.items():
            applied = Applied(self._archive.copy(), self.structure)
            applied.take_in(name, under)
            self._take(applied.archive)
        return taken

    def fill(self) -> None:
        """Put the bodies that are held out of this workbook in their places now."""
        self.change(lambda archive, _: self.held.fill(archive))

    def write_cached(
        self,
        values: Mapping[str, Mapping[str, Value]],
        filled: Mapping[str, Container[str]] | None = None,
    ) -> int:
        """Give formula cells the values they show until the next calculation; return how many there are.

        values: sheet name → address → value. None takes the old value away, so that no stale number shows;
        cells without a formula, and cells not mentioned, stay as they are. filled: sheet name → addresses of
        cells without a formula of their own that show a part of an array formula's result.
        """
        archive = self._archive.copy()
        count = 0
        for name, cells in values.items():
            sheet = self.structure.sheet(name)
            if sheet is None or not cells:
                continue
            xml = archive.once(sheet.part, SheetXml)
            writer = CellWriter(xml.prefix.decode(), date1904=self.structure.date1904)
            cached = Cached(xml, cells, writer, (filled or {}).get(name, ()), self.structure.strings)
            chunks = [*cached.chunks()]
            if cached.changed:
                archive.replace(sheet.part, chunks)
            count += cached.count
        self._take(archive)
        return count

    def set_properties(self, prefix: str, values: Mapping[str, str]) -> None:
        """Give the document these custom properties, in place of those whose name begins so."""
        self.change(lambda archive, structure: with_properties(archive, structure, prefix, values))

    def name_functions(self, wanted: Sequence[FunctionName]) -> Named:
        """Put functions among the workbook's names; see `function_names`."""
        refuse_signed(self._archive, self.structure)
        return self.change(lambda archive, structure: with_function_names(archive, structure, wanted))

    def erase(self, words: Words, instead: str, rows: tuple[str, Collection[int]]) -> None:
        """Take a name out of what stands beside the cells, as `erased` does."""
        self.change(lambda archive, structure: erase(archive, structure, words, instead, rows))

    def mentions(self, words: Words) -> list[Mention]:
        """Return every place where a name stands; see `mentions`."""
        return mentions(self.structure, words)

    def texts(self) -> frozenset[str]:
        """Return every text and every formula, as `texts_of` does."""
        return texts_of(self.structure)

    def renew_charts(self) -> bool:
        """Renew the copies of cells that charts carry; return whether some wait for bodies that are out."""
        return self.change(lambda archive, structure: renew_charts(archive, structure, self.held))

    def change(self, change: Callable[[Archive, Structure], Told]) -> Told:
        """Make a change in a copy of the package, and take the copy when it is made."""
        told = change(archive := self._archive.copy(), self.structure)
        self._take(archive)
        return told

    def _take(self, archive: Archive) -> None:
        self._archive = archive
        self.structure = Structure(archive)

    # Saving

    def to_bytes(self) -> bytes:
        """Return the workbook as a file."""
        return self._archive.to_bytes()

    def save_cells(self, path: Path, empty: Sequence[str] = ()) -> None:
        """Write a copy with the values and formulas of all worksheets, and empty ones of these names."""
        save_cells(self.structure, path, empty)

    def save(self, path: Path, *, backup: bool = True, now: dt.datetime | None = None) -> Path | None:
        """Write the workbook: at any moment the old file or the new one is there whole.

        path: the file it was opened from, or another; backup: copy an existing file to a dated name first,
        whose path is returned; now: the moment for that name. Raises WorkbookInUse as `replace_file`.
        """
        path = Path(path)
        origin = self._origin if self._origin is not None and self._origin.is_at(path) else None
        digest = b""

        def write(file: BinaryIO) -> None:
            nonlocal digest
            self._archive.write_to(written := Digested(file))
            digest = written.digest()

        kept = replace_file(path, write, backup=backup, now=now, origin=origin)
        if origin is not None:
            self._origin = Origin(origin.path, digest)
        return kept
