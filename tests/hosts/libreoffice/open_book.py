"""A workbook that is open in Calc: cells typed by what they are called, and all that it then shows."""

import datetime as dt
import shutil
from pathlib import Path

from klantwaarde_xl.addresses import Area, address, area
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.state import used_figure
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked

SHIPPED = Path(__file__).parents[3] / "templates"


class OpenBook:
    """A copy of a workbook of a template in Calc; use as a context."""

    def __init__(self, calc, name, path):
        self.calc, self.name, self.path = calc, name, path
        self.layout, self.package = layout_of(template(name)), Package.open(path)
        self._sheets, self._formulas = self.package.sheet_names(), self.package.formulas()

    @classmethod
    def shipped(cls, calc, name, folder):
        """The template that the project ships, filled with its example."""
        return cls(calc, name, Path(shutil.copy(SHIPPED / f"klantwaarde-{name}.xlsx", folder)))

    def __enter__(self):
        self._document = self.calc.open(path=str(self.path))
        return self

    def __exit__(self, *_):
        self.calc.close(self._document)

    def place(self, key):
        """The sheet and cell of a name, of (grid, header, row from 1), or of (name, columns to the right)."""
        if isinstance(key, str):
            spot = self.layout.names[key]
            return spot.sheet, address(spot.row, spot.column)
        if len(key) == 2:
            spot = self.layout.names[key[0]]
            return spot.sheet, address(spot.row, spot.column + key[1])
        field = self.layout.fields[key[0]]
        return field.sheet, address(field.top + key[2], field.column(key[1]))

    def type(self, values):
        """Fill cells, by `place` or as (sheet, cell); None empties one."""
        by_sheet = {}
        for key, value in values.items():
            where = key if isinstance(key, tuple) and key[0] in self._sheets else self.place(key)
            by_sheet.setdefault(where[0], []).append(_typed(where[1], value))
        for sheet, cells in by_sheet.items():
            self.calc.write(self._document, cells=cells, sheet=self._sheets.index(sheet))

    def type_rows(self, table, rows):
        """Paste rows in the first empty ones of an input table and under it; Calc makes no table wider."""
        sheet, body, _ = self.package.places()[table]
        held = self.package.read_table(table).rows
        first = body.top + 1 + (0 if all(cell is None for cell in held[0]) else len(held))
        self.type(
            {
                (sheet, address(row, body.left + at)): value
                for row, cells in enumerate(rows, first)
                for at, value in enumerate(cells)
                if value is not None
            }
        )
        return first, first + len(rows) - 1

    def look(self):
        """What every sheet with formulas shows, as far as these reach."""
        found = {}
        for index, sheet in enumerate(self._sheets):
            places = [area(cell) for cell in self._formulas.get(sheet, ())]
            if not places:
                continue
            reach = Area(1, 1, max(one.bottom for one in places), max(one.right for one in places))
            rows = self.calc.many(self._document, [reach.address], index)[0]
            found[sheet] = {
                address(row, column): None if value == "" else value
                for row, values in enumerate(rows, 1)
                for column, value in enumerate(values, 1)
            }
        return Looked(self.name, found)

    def computed(self, looked, leave_out=("Controle",)):
        """The values of the formula cells by place, without those that count what asks for attention."""
        return {
            (sheet, cell): looked.shown[sheet][cell]
            for sheet, cells in self._formulas.items()
            if sheet not in leave_out
            for cell in cells
            if "kc_meldingen" not in cells[cell]
        }

    def entries(self):
        """The cells to fill in, as ((sheet, cell), rule)."""
        return [((spot.sheet, address(spot.row, spot.column)), rule) for spot, _, rule in self.layout.entries]

    def stand(self, looked, setting):
        """Whether what stands in a setting was used by the last refresh."""
        spot = self.layout.names[used_figure(setting).cell]
        return looked.shown[spot.sheet][address(spot.row, spot.column + 1)]

    def refusals(self):
        """What Calc says of each cell to fill in when something else is typed, by place."""
        found = {}
        for sheet in {place[0] for place, _ in self.entries()}:
            cells = [cell for (one, cell), _ in self.entries() if one == sheet]
            said = self.calc.refusals(self._document, cells=cells, sheet=self._sheets.index(sheet))
            found |= {(sheet, cell): one for cell, one in zip(cells, said, strict=True)}
        return found

    def save(self):
        """Save as Calc does, over the file itself."""
        self.calc.save(self._document, path=str(self.path))


def errors(looked):
    """Error values anywhere but #N/A on Berekening, for which a chart draws nothing."""
    return [
        (sheet, cell, value)
        for sheet, cells in looked.shown.items()
        for cell, value in cells.items()
        if isinstance(value, CellError | int) and not (sheet == "Berekening" and value is CellError.NA)
    ]


def _typed(cell, value):
    if isinstance(value, dt.date):
        value = date_to_serial(value)
    return (cell, "text", value or "") if value is None or isinstance(value, str) else (cell, "value", value)
