"""A function call as the text of a formula: as a Dutch user types it, and as files hold it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from klantwaarde_xl.addresses import Area
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Cell, Cells, Example, Native, Spec


@dataclass(frozen=True)
class Dialect:
    """How one language of the spreadsheet writes a formula."""

    separator: str
    decimal: str
    true: str
    false: str
    date: str


DUTCH = Dialect(";", ",", "WAAR", "ONWAAR", "DATUM")
FILE = Dialect(",", ".", "TRUE", "FALSE", "DATE")


@dataclass(frozen=True)
class Placed:
    """Arguments laid out on a sheet: the text of each, and the cells that hold the ranges."""

    texts: tuple[str | None, ...]
    cells: tuple[tuple[int, int, Cell], ...]


def literal(value: Cell, dialect: Dialect) -> str:
    """Write a value inside a formula; a blank is empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return dialect.true if value else dialect.false
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, dt.date):
        parts = dialect.separator.join(str(part) for part in (value.year, value.month, value.day))
        return f"{dialect.date}({parts})"
    if isinstance(value, int):  # a choice's code too, which is a number with a name
        return str(int(value))
    return repr(float(value)).replace(".", dialect.decimal)


def is_range(value: Cells) -> bool:
    """Whether an example's argument is a range of cells."""
    return isinstance(value, tuple)


def place(args: Sequence[Cells], *, row: int, column: int, dialect: Dialect, sheet: str = "") -> Placed:
    """Lay ranges out in columns from a cell on, and write the other arguments as literals.

    sheet: the sheet that the ranges lie on, when the formula stands on another.
    """
    prefix = f"{sheet}!" if sheet else ""
    texts: list[str | None] = []
    cells: list[tuple[int, int, Cell]] = []
    for value in args:
        if not isinstance(value, tuple):
            texts.append(None if value is None else literal(value, dialect))
            continue
        rows = [one if isinstance(one, tuple) else (one,) for one in value]
        width = max(len(one) for one in rows)
        texts.append(prefix + Area(row, column, row + len(rows) - 1, column + width - 1).address)
        cells += [(row + i, column + j, cell) for i, one in enumerate(rows) for j, cell in enumerate(one)]
        column += width
    return Placed(tuple(texts), tuple(cells))


def call_formula(spec: Spec, texts: Sequence[str | None], dialect: Dialect) -> str:
    """`=NAAM(a;b)` from the text of each argument; arguments left out at the end disappear."""
    shown = ["" if text is None else text for text in texts]
    while shown and not shown[-1]:
        shown.pop()
    return f"={spec.name}({dialect.separator.join(shown)})"


def native_formula(spec: Spec, texts: Sequence[str | None]) -> str | None:
    """The same call as a plain Excel formula in file notation; None without a closed form.

    texts: file-notation text of each argument, None where one is left out.
    """
    given = sum(1 for _ in _without_tail(texts))
    form = next((form for form in spec.native if given <= form.before), None)
    if form is None:
        return None
    padded = [*texts, *[None] * (len(spec.args) - len(texts))]
    values = {
        arg.name: _operand(text) if text else literal(spec.defaults.get(arg.name), FILE)
        for arg, text in zip(spec.args, padded, strict=True)
    }
    for arg in spec.args:
        for choice in arg.choices:
            if values[arg.name].strip('"') == choice.word:
                values[arg.name] = str(choice.code)
    return "=" + _guarded(form).format_map(values)


def _without_tail(texts: Sequence[str | None]) -> list[str | None]:
    shown = list(texts)
    while shown and not shown[-1]:
        shown.pop()
    return shown


def _operand(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


# Too large for any engine: #NUM! in Excel, IronCalc and LibreOffice alike, where the square root of
# a negative number is an error of LibreOffice's own.
_NUM_ERROR = "EXP(1000)"


def _guarded(form: Native) -> str:
    formula = form.value
    if form.na:
        formula = f"IF({form.na},NA(),{formula})"
    if form.num:
        formula = f"IF({form.num},{_NUM_ERROR},{formula})"
    return formula


def shown_example(spec: Spec, example: Example) -> tuple[str, str]:
    """An example as a Dutch user reads it: the formula, and what it gives."""
    column, texts = 1, []
    for value in example.args:
        text, width = _shown_argument(value, column)
        texts.append(text)
        column += width
    formula = call_formula(spec, texts, DUTCH)
    if isinstance(example.result, tuple):
        wide = len(example.result[0]) if isinstance(example.result[0], tuple) else 1
        return formula, f"tabel van {len(example.result)} rijen en {wide} kolommen"
    if isinstance(example.result, (int, float)):
        return formula, format_number(round(float(example.result), 6))
    return formula, str(example.result)


def _shown_argument(value: Cells, column: int) -> tuple[str | None, int]:
    """A range of few plain numbers as an array constant, a longer one as a reference.

    column: the first that is free; also returns how many columns the reference takes.
    """
    if not isinstance(value, tuple):
        return None if value is None else literal(value, DUTCH), 0
    if len(value) <= 12 and all(isinstance(one, (int, float)) for one in value):
        return "{" + ";".join(literal(one, DUTCH) for one in value if not isinstance(one, tuple)) + "}", 0
    width = len(value[0]) if value and isinstance(value[0], tuple) else 1
    return Area(2, column, len(value) + 1, column + width - 1).address, width


def dutch(formula: str) -> str:
    """Placeholder."""
    return formula.replace(",", ";")
