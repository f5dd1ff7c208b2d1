"""A workbook whose defined names are functions, with calls of them, computed by IronCalc from the file itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ironcalc
import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.lambdas.definition import Lambda, lambdas
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Cells

_ERRORS = {CellError.NA: "=NA()", CellError.DIV0: "=1/0"}
_ROOM = 14  # rows between calls, more than a table of the examples may take where an error is expected


class Calls:
    """Calls in a workbook: `add` them, `compute`, and see each beside what the kernel gives."""

    def __init__(self, path: Path, named: Sequence[Lambda] | None = None) -> None:
        self._path = path
        self._book = xlsxwriter.Workbook(path)
        self._sheet, self._data = self._book.add_worksheet("T"), self._book.add_worksheet("D")
        for one in named or lambdas().values():
            assert self._book.define_name(one.name, f"={one.stored}") == 0
        self._at = self._row = 0
        self._calls: list[tuple[str, tuple[Cells, ...], Any, int]] = []

    def add(self, name: str, args: tuple[Cells, ...], *, blank_is_cell: bool = False) -> None:
        """Call a function; ranges stand in cells, and so do single values.

        blank_is_cell: None is an empty cell, and not an argument left out.
        """
        texts: list[str] = []
        column = height = 0
        for value in args:
            if value is None and not blank_is_cell:
                texts.append("")
                continue
            rows = _rows(value)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    self._put(self._row + i, column + j, cell)
            width = len(rows[0])
            place = xl_range(self._row, column, self._row + len(rows) - 1, column + width - 1)
            one = xl_rowcol_to_cell(self._row, column)
            texts.append("D!" + (place if isinstance(value, tuple) else one))
            column, height = column + width, max(height, len(rows))
        while texts and not texts[-1]:
            texts.pop()
        wanted = call(REGISTRY[name], [_rows(one) if isinstance(one, tuple) else one for one in args])
        formula = f"={name}({','.join(texts)})"
        self._sheet.write_dynamic_array_formula(self._at, 0, self._at, 0, formula, None, 0)
        self._calls.append((name, args, wanted, self._at))
        self._row += height + 1
        self._at += (len(wanted) if isinstance(wanted, list) else 1) + _ROOM

    def _put(self, row: int, column: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, CellError):
            self._data.write_formula(row, column, _ERRORS[value], None, value.text)
        elif isinstance(value, dt.date):
            self._data.write_datetime(row, column, value)
        elif isinstance(value, bool):
            self._data.write_boolean(row, column, value)
        elif isinstance(value, str):
            self._data.write_string(row, column, value)
        else:
            self._data.write_number(row, column, float(value))

    def different(self, *, or_not_available: frozenset[str] = frozenset()) -> list[str]:
        """The calls that give something else than the kernel.

        or_not_available: functions that may say #N/A where their closed form has lost its digits.
        """
        self._book.close()
        model = ironcalc.load_from_xlsx(str(self._path), "en", "UTC", "en")
        model.evaluate()
        off = []
        for name, args, wanted, at in self._calls:
            rows = wanted if isinstance(wanted, list) else [[wanted]]
            shown = [
                [model.get_cell_value(0, at + i + 1, j + 1) for j in range(len(row))]
                for i, row in enumerate(rows)
            ]
            flat = ([cell for row in table for cell in row] for table in (shown, rows))
            for got, want in zip(*flat, strict=True):
                beyond = got == "#N/A" and name in or_not_available and isinstance(want, float)
                if not (beyond or _same(got, want)):
                    off.append(f"{name}{args}: {got} and not {want}")
                    break
        return off


def _rows(value: Cells) -> list[list[Any]]:
    if not isinstance(value, tuple):
        return [[value]]
    return [list(one) if isinstance(one, tuple) else [one] for one in value]


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, CellError):
        return bool(got == wanted.text)
    if isinstance(wanted, str):
        return bool(got == wanted or (wanted == "" and got is None))
    if isinstance(wanted, dt.date):
        return isinstance(got, float)
    if isinstance(wanted, bool) or isinstance(got, (bool, str)) or got is None:
        return got is wanted
    return bool(abs(got - wanted) <= 1e-9 * max(1e-3, abs(wanted)))
