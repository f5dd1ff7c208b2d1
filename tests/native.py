"""Native formulas of all examples and failures, in a workbook that any engine can compute."""

from typing import NamedTuple

import ironcalc
import xlsxwriter

from klantwaarde_xl.errors import BY_TEXT
from klantwaarde_xl.functions.notation import FILE, native_formula, place
from klantwaarde_xl.functions.registry import REGISTRY

COLUMNS = 5  # ranges start in this column, each case in rows of its own
_ROWS = 60


class Case(NamedTuple):
    id: str
    formula: str
    wanted: object
    cells: tuple


def cases():
    """Every call whose native formula should give the same: not those with text for a number."""
    found = []
    for spec in REGISTRY:
        calls = [(f"{spec.name}-{i}", e.args, e.result) for i, e in enumerate(spec.examples)]
        calls += [(f"{spec.name}-{f.error.name}-{i}", f.args, f.error) for i, f in enumerate(spec.failures)]
        for name, args, wanted in calls:
            if not spec.columns and _comparable(spec, args):
                row = 1 + len(found) * _ROWS
                placed = place(args, row=row, column=COLUMNS, dialect=FILE)
                formula = native_formula(spec, placed.texts)
                if formula is not None:
                    found.append(Case(name, formula, wanted, placed.cells))
    return found


def _comparable(spec, args):
    """A formula adds up text as zero and knows no required argument: there the kernel is stricter."""
    for arg, value in zip(spec.args, args, strict=False):
        words = {choice.word for choice in arg.choices}
        flat = value if isinstance(value, tuple) else (value,)
        if any(isinstance(one, str) and one not in words for one in flat):
            return False
        if value is None and not spec.is_optional(arg):
            return False
        if arg.choices and not isinstance(value, (str, type(None))):
            return False
    return True


def workbook(path):
    """Write all formulas in column A, with an absurd value that only computing removes."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for number, case in enumerate(cases()):
            page.write_formula(number, 0, case.formula, None, -98765)
            for row, column, cell in case.cells:
                if cell in BY_TEXT.values():
                    page.write_formula(row - 1, column - 1, f"={cell.text}")
                elif cell is not None:
                    page.write(row - 1, column - 1, cell)


def iron_values(path):
    """What IronCalc computes in column A; errors as `CellError`."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    values = [model.get_cell_value(0, number, 1) for number in range(1, len(cases()) + 1)]
    return [BY_TEXT.get(value, value) if isinstance(value, str) else float(value) for value in values]
