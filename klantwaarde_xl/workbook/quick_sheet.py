"""A sheet of XlsxWriter that reads a formula once: its own looks for thirty functions, one after another.

It also knows the heights that it was given.
"""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

_CALLED = re.compile(r"(\w+)\(")


class QuickSheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A sheet on which a function that needs a prefix in a file is looked up by its name."""

    _prefixed: dict[str, bool] = {}  # noqa: RUF012 - known once for all sheets

    def __init__(self) -> None:
        super().__init__()
        self.heights: dict[int, float] = {}  # by row, from nought

    def set_row(self, row: int, height: float | None = None, *more: Any, **named: Any) -> Any:
        """As XlsxWriter's own."""
        if height is not None:
            self.heights[row] = height
        return super().set_row(row, height, *more, **named)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """As XlsxWriter's own, which is asked of a function once, and of a formula with one of those."""
        odd = (
            expand_future_functions or self.use_future_functions or formula[:1] == "{" or formula[-1:] == "}"
        )
        if odd or any(map(self._has_prefix, _CALLED.findall(formula))):
            return str(super()._prepare_formula(formula, expand_future_functions))
        return formula.removeprefix("=")

    def _has_prefix(self, name: str) -> bool:
        if name not in self._prefixed:
            call = f"{name}("
            self._prefixed[name] = super()._prepare_formula(call) != call
        return self._prefixed[name]
