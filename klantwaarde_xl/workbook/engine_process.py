"""IronCalc in a process of its own, so that nothing it does can harm the program that asks.

`ironcalc.py` starts this file and talks JSON with it, a line a request and a line an answer. Native
code that prints, runs out of memory or crashes does so here. Imports nothing of ours: it starts in
a few hundredths of a second.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import Any


class Book:
    """One loaded workbook; every request is a method."""

    def __init__(self) -> None:
        self._model: Any = None

    def load(self, path: str) -> list[str]:
        """Load a file and return the names of its sheets."""
        import ironcalc

        self._model = ironcalc.load_from_xlsx(path, "en", "UTC", "en")
        return [sheet["name"] for sheet in self._model.get_worksheets_properties()]

    def write(self, cells: list[list[Any]]) -> None:
        """Set cells: sheet, row, column, then a formula in a list, a value, or None for nothing."""
        for sheet, row, column, content in cells:
            if isinstance(content, list):
                self._formula(sheet, row, column, *content)
            elif content is None:
                self._model.range_clear_contents(sheet, row, column, row, column)
            elif isinstance(content, bool):
                self._model.update_cell_with_bool(sheet, row, column, content)
            elif isinstance(content, str):
                self._model.update_cell_with_text(sheet, row, column, content)
            else:
                self._model.update_cell_with_number(sheet, row, column, float(content))

    def _formula(self, sheet: int, row: int, column: int, text: str, height: int = 0, width: int = 0) -> None:
        """A formula of one cell, or one that fills a block."""
        if not height:
            self._model.update_cell_with_formula(sheet, row, column, text)
            return
        self._model.range_clear_contents(sheet, row, column, row + height - 1, column + width - 1)
        self._model.set_user_array_formula(sheet, row, column, width, height, text)

    def evaluate(self) -> None:
        """Compute every formula."""
        self._model.evaluate()

    def read(self, areas: list[list[int]]) -> list[list[list[Any]]]:
        """Return the rows of each area; an error is a list of its text."""
        return [
            [
                [self._value(sheet, row, column) for column in range(left, right + 1)]
                for row in range(top, bottom + 1)
            ]
            for sheet, top, left, bottom, right in areas
        ]

    def _value(self, sheet: int, row: int, column: int) -> Any:
        value = self._model.get_cell_value(sheet, row, column)
        if isinstance(value, str) and value.startswith("#"):
            kind = str(self._model.get_cell_type(sheet, row, column))
            return [value] if kind.endswith("ErrorValue") else value
        return value

    def last(self, sheet: int) -> list[int]:
        """Return the last row and column in use."""
        _, bottom, _, right = self._model.get_sheet_dimensions(sheet)
        return [bottom, right]


def main() -> None:
    """Answer requests until there are no more."""
    for stop in (signal.SIGINT, signal.SIGTERM):  # for the program that asks: it ends this one by itself
        signal.signal(stop, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with contextlib.suppress(OSError):  # what native code prints goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with contextlib.suppress(ImportError, ValueError, OSError):  # no limits on Windows
        import resource

        memory, seconds = map(int, sys.argv[1:3])  # bytes of address space, and of one processor
        for kind, wanted in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
        ):
            at_most = resource.getrlimit(kind)[1]  # what the user's own system allows
            limit = wanted if at_most == resource.RLIM_INFINITY else min(wanted, at_most)
            resource.setrlimit(kind, (limit, limit))
    book = Book()
    for line in sys.stdin:
        method, *args = json.loads(line)
        try:
            answer = [getattr(book, method)(*args)]
        except BaseException as error:  # a panic of native code is no Exception
            answer = [None, f"{type(error).__name__}: {error}"]
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
