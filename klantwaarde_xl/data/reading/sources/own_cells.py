"""The cells of a sheet of ours to marked text, a column at a time where a column is all numbers or texts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import MARK, RawText, cell_text

_MARK = MARK.encode()
_BETWEEN = b"\0"  # which no file that we read holds
_ODD_TEXT = re.compile(rb'[",\r\n%s]' % _MARK)  # a text that a CSV has between quotes, or without its mark
# A number whose digits are those that `cell_text` gives: few enough to hold, and not too near to nought
_NUMBER = rb"(?:0|-?(?:[1-9][0-9]{0,8}|0(?=\.(?:[1-9]|0[1-9]|00[1-9]|000[1-9])))(?:\.[0-9]{0,5}[1-9])?)"
_NUMBERS = re.compile(rb"%s(?:\0%s)*+" % (_NUMBER, _NUMBER))


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


@runtime_checkable
class InBlocks(Protocol):
    """Rows that come by column where they are alike."""

    def blocks(self) -> Iterator[Columns | Sequence[Sequence[Any]]]:
        """Some thousands of rows at a time."""


def from_cells(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], folder: Path, source: Source, first_row: int
) -> RawText:
    """Write headers and rows of typed cells as marked text; first_row: that of the headers."""
    path = folder / "cellen.csv"
    with path.open("wb") as file:
        file.write(_in_rows([headers]))
        for block in rows.blocks() if isinstance(rows, InBlocks) else [rows]:
            file.write(_in_columns(block) if isinstance(block, Columns) else _in_rows(block))
    return RawText(path, ",", source, first_row)


def _in_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    # A row of one empty field would be an empty line, which a CSV reader skips
    csv.writer(text, lineterminator="\n").writerows([cell_text(cell) for cell in row] or [""] for row in rows)
    return text.getvalue().encode()


def _in_columns(rows: Columns) -> bytes:
    """The same of rows by column."""
    found: list[Sequence[bytes]] = []
    for column in rows.columns:
        together = _BETWEEN.join(column.shown)
        if column.numbers is None:
            if _ODD_TEXT.search(together):
                return _in_rows(rows.values())
            found.append(column.shown)
            continue
        together = (together + _BETWEEN).replace(b".0" + _BETWEEN, _BETWEEN).removesuffix(_BETWEEN)
        if _NUMBERS.fullmatch(together):
            found.append((_MARK + together.replace(_BETWEEN, _BETWEEN + _MARK)).split(_BETWEEN))
        else:
            found.append([cell_text(number).encode() for number in column.numbers])
    return b"\n".join([*map(b",".join, zip(*found, strict=True)), b""])
