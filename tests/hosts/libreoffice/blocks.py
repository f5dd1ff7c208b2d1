"""Examples and failures of the registry laid out on one sheet, one block of rows each."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.notation import Dialect, call_formula, place
from tests.cases import EXAMPLES, FAILURES

# What setFormula reads: English names, semicolons.
API = Dialect(";", ".", "TRUE()", "FALSE()", "DATE")
RANGES_FROM = 21


@dataclass(frozen=True)
class Block:
    key: str
    formula: str
    area: Area
    cells: tuple
    wanted: object
    close: float

    @property
    def is_spilled(self):
        return self.area.top != self.area.bottom


@cache
def blocks(dialect):
    """Every example and failure of every function, by its test id; laid out once."""
    found, row = {}, 1
    cases = [(p.id, p.values[0], p.values[1].args, p.values[1].result, p.values[1].close) for p in EXAMPLES]
    cases += [(f"{p.id} fails", p.values[0], p.values[1].args, p.values[1].error, 0.0) for p in FAILURES]
    for key, spec, args, wanted, close in cases:
        placed = place(args, row=row, column=RANGES_FROM, dialect=dialect)
        height, width = (len(wanted), len(wanted[0])) if isinstance(wanted, tuple) else (1, 1)
        area = Area(row, 1, row + height - 1, width)
        found[key] = Block(key, call_formula(spec, placed.texts, dialect), area, placed.cells, wanted, close)
        row = max([area.bottom, *(cell[0] for cell in placed.cells)]) + 2
    return found


def plain(value):
    """A cell of an example as (kind, content) for the driver."""
    if isinstance(value, CellError):
        return "formula", f"={value.text}"
    if isinstance(value, dt.date):
        return "value", date_to_serial(value)
    return ("text", value) if isinstance(value, str) else ("value", float(value))
