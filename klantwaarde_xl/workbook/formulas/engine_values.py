"""Values on their way between the engine and our functions: what each shows the other."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.plan.plan import Value
from klantwaarde_xl.workbook.formulas.pieces import literal_text
from klantwaarde_xl.workbook.ironcalc import Shown


def is_engines_own(value: object) -> bool:
    """Whether it is an error that the engine has and Excel has not."""
    return isinstance(value, tuple) or value is CellError.NAME


def value_of(shown: Shown) -> Value:
    """A cell's value for a kernel; an error of the engine's own is never used in the end."""
    return CellError.NA if isinstance(shown, tuple) else shown


def fifteen_digits(value: Any) -> Any:
    """A number with the fifteen digits that a spreadsheet keeps in text."""
    return float(f"{value:.15g}") if type(value) is float else value


def literal_of(value: Any) -> str:
    """A value inside a formula, in brackets so that no operator takes part of it."""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
        return f"({literal_text(float(value))})"
    return literal_text("" if value is None else value)


def content_of(value: Any) -> Any:
    """What to write into a cell of the engine for a value."""
    if isinstance(value, CellError):
        return [f"={value.text}"]
    return "" if value is None else value
