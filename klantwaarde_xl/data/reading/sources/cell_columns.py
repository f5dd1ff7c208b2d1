"""Typed cells on disk: the numbers and days of a column as they are, beside a CSV of all that is text.

A cell stands in one of both. What is no number (or day) among the numbers (or days) of its column stands in
the CSV, marked where it is a number, and leaves a gap in them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat, zip_longest
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, runtime_checkable

from klantwaarde_xl.data.reading.sources.marked import MARK, cell_text, cell_value, marked

_ODD_TEXT = re.compile(rb'[",\r\n%s]' % MARK.encode())  # that a CSV has between quotes, or without its mark
_BETWEEN = b"\0"  # which no file that we read holds
_GAP = math.nan
_NOTHING = b'""'  # in a row of one field, which would be an empty line, and a CSV reader skips that
_UNIX = dt.date(1970, 1, 1).toordinal()


class Column(Protocol):
    """Cells of one kind."""

    @property
    def shown(self) -> Sequence[bytes]:
        """What stands in the file, UTF-8."""

    @property
    def numbers(self) -> Sequence[float] | None:
        """What numbers these are; None of texts."""


@runtime_checkable
class Columns(Protocol):
    """Rows of which no cell is empty, by column."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns from left to right."""

    def values(self) -> Sequence[Sequence[Any]]:
        """The same, row by row."""


@dataclass(frozen=True)
class CellColumn:
    """The numbers of a column: a double for each record, NaN where it has none.

    of_days: whether these are days since 1970.
    """

    path: Path
    of_days: bool

    def values(self, count: int | None = None) -> array[float]:
        """The numbers of the first records, or of all."""
        found = array("d")
        with self.path.open("rb") as file:
            found.frombytes(file.read(-1 if count is None else count * found.itemsize))
        return found

    def text(self, value: float) -> str:
        """One of its numbers as marked text."""
        return marked(dt.date.fromordinal(_UNIX + int(value)) if self.of_days else value)


@dataclass(frozen=True)
class Beside:
    """The columns that stand beside a CSV, by their place.

    of: that file, and no copy with other columns; count: its records; texts: places at which a text stands
    below the header.
    """

    of: Path
    columns: Mapping[int, CellColumn]
    count: int
    texts: frozenset[int]

    def told(self) -> dict[str, Any]:
        """All of it as JSON, for another process."""
        columns = {str(at): [str(one.path), one.of_days] for at, one in self.columns.items()}
        return {"columns": columns, "count": self.count, "texts": [*self.texts]}

    @classmethod
    def from_told(cls, of: Path, told: Mapping[str, Any]) -> Beside:
        """What another process told."""
        columns = {
            int(at): CellColumn(Path(path), of_days) for at, (path, of_days) in told["columns"].items()
        }
        return cls(of, columns, told["count"], frozenset(told["texts"]))

    @property
    def size(self) -> int:
        """Their bytes."""
        return sum(column.path.stat().st_size for column in self.columns.values())

    def filled(self, records: Iterable[list[str]], count: int | None = None) -> Iterator[list[str]]:
        """The first records of the CSV, or all, with the numbers in their gaps as marked text."""
        columns = [(at, one, one.values(count)) for at, one in sorted(self.columns.items())]
        for number, record in enumerate(records):
            for at, column, values in columns:
                if (value := values[number]) == value:
                    record.extend([""] * (at + 1 - len(record)))
                    record[at] = column.text(value)
            yield record


class _Growing:
    """The numbers of a column while they are written."""

    def __init__(self, *, of_days: bool) -> None:
        self.values = array("d")
        self.of_days = of_days

    def take(self, cells: Iterable[float | dt.date | str]) -> list[str]:
        """Keep the cells that are of its kind; the others as marked text, and nothing in place of these."""
        texts = []
        for cell in cells:
            if isinstance(cell, str) or isinstance(cell, dt.date) is not self.of_days:
                self.values.append(_GAP)
                texts.append(marked(cell))
            else:
                self.values.append(cell.toordinal() - _UNIX if isinstance(cell, dt.date) else cell)
                texts.append("")
        return texts


class CellFile:
    """A CSV that is being written, with what stands beside it."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, path.open("wb")
        self._columns: dict[int, _Growing] = {}
        self._with_text: set[int] = set()
        self._count = 0

    def __enter__(self) -> CellFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add_header(self, records: Iterable[Sequence[Any]]) -> None:
        """Write records above the data, all of whose cells are text."""
        texts = [[cell_text(cell) for cell in record] for record in records]
        self._write(texts)
        self._count += len(texts)

    def add(self, rows: Columns | Sequence[Sequence[Any]]) -> None:
        """Write rows of cells, or of columns."""
        if isinstance(rows, Columns):
            self._add_columns(rows)
        elif rows:
            columns = zip_longest(*rows, fillvalue="")
            texts = [self._apart(at, cells) for at, cells in enumerate(columns)]
            self._write(zip(*texts, strict=True) if texts else repeat((), len(rows)))
            self._count += len(rows)

    def close(self) -> Beside:
        """Write what stands beside the CSV, and say what that is."""
        self._file.close()
        found = {}
        for at, column in self._columns.items():
            self._fill_up(column)
            path = self._path.with_name(f"{self._path.name}.{at}")
            with path.open("wb") as file:
                column.values.tofile(file)
            found[at] = CellColumn(path, column.of_days)
        return Beside(self._path, found, self._count, frozenset(self._with_text))

    def _add_columns(self, rows: Columns) -> None:
        count = len(rows.columns[0].shown)
        odd = any(one.numbers is None and _ODD_TEXT.search(_BETWEEN.join(one.shown)) for one in rows.columns)
        if odd or not all(math.isfinite(sum(one.numbers or ())) for one in rows.columns):
            self.add(rows.values())
            return
        texts: list[Iterable[bytes]] = []
        nothing = b"" if len(rows.columns) > 1 else _NOTHING
        for at, column in enumerate(rows.columns):
            known = self._columns.get(at)
            if column.numbers is None:
                self._with_text.add(at)
                texts.append(column.shown)
            elif known and known.of_days:
                texts.append(one.encode() for one in self._apart(at, column.numbers))
            else:
                self._growing(at, of_days=False).values.extend(column.numbers)
                texts.append(repeat(nothing, count))
        self._file.write(b"\n".join([*map(b",".join, zip(*texts, strict=True)), b""]))
        self._count += count

    def _apart(self, at: int, cells: Sequence[Any]) -> Sequence[str]:
        """Keep the numbers of a column; what else it holds, and nothing in their place."""
        kinds = {*map(type, cells)}
        if kinds == {float} and math.isfinite(sum(cells)) and not self._of_days(at):
            self._growing(at, of_days=False).values.extend(cells)
            return [""] * len(cells)
        values = [cell_value(cell) for cell in cells]
        first = next((value for value in values if not isinstance(value, str)), None)
        texts = (
            [*map(str, values)]
            if first is None
            else self._growing(at, of_days=isinstance(first, dt.date)).take(values)
        )
        if any(texts):
            self._with_text.add(at)
        return texts

    def _of_days(self, at: int) -> bool:
        return at in self._columns and self._columns[at].of_days

    def _growing(self, at: int, *, of_days: bool) -> _Growing:
        """A column with a place for each record so far; of_days: what it is, unless that is known."""
        column = self._columns.setdefault(at, _Growing(of_days=of_days))
        self._fill_up(column)
        return column

    def _fill_up(self, column: _Growing) -> None:
        column.values.extend(repeat(_GAP, self._count - len(column.values)))

    def _write(self, texts: Iterable[Sequence[str]]) -> None:
        lines = io.StringIO(newline="")
        # Which writes a row of one empty field as `_NOTHING`
        csv.writer(lines, lineterminator="\n").writerows(one or [""] for one in texts)
        self._file.write(lines.getvalue().encode())
