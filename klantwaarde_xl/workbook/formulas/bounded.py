"""All formulas of a workbook made ready, when they are not more than `limits` allows."""

from __future__ import annotations

from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.limits import FORMULA_TEXT_EACH, MOST_ARRAY_CELLS, most_formula_text
from klantwaarde_xl.workbook.formulas.operands import Setting
from klantwaarde_xl.workbook.formulas.prepare import prepare
from klantwaarde_xl.workbook.formulas.prepared import Prepared
from klantwaarde_xl.xlsx.package import Package


def all_prepared(package: Package) -> list[Prepared] | None:
    """Return the formulas in their order; None when all their texts together are too long to read.

    Raises WorkbookUnsafe for array formulas that fill too many cells.
    """
    setting = Setting(
        package.areas(), bool(package.days_behind), package.hides_rows, package.last_row, package.held
    )
    text, filled = most_formula_text(package.size), MOST_ARRAY_CELLS
    found = []  # counted before the first is read: what is too much is known at once
    for sheet, cell in package.formula_cells():
        text -= len(cell.text) + FORMULA_TEXT_EACH
        filled -= cell.fills.cells if cell.is_array else 0
        if filled < 0:
            raise WorkbookUnsafe(
                f"Matrixformules vullen samen meer dan {format_number(MOST_ARRAY_CELLS, 0)} cellen.",
                where=f"blad {sheet}, {cell.fills.address}",
                remedy="Laat ze in Excel alleen de cellen vullen die u gebruikt, en sla het dan opnieuw op.",
            )
        if text < 0:
            return None
        found.append((sheet, cell))
    return [prepare(setting, sheet, cell) for sheet, cell in found]
