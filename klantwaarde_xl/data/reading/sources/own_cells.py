"""The cells of a sheet of ours to a CSV and what stands beside it, a column at a time where that goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from klantwaarde_xl.data.reading.sources.cell_columns import CellFile, Columns
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.reading.sources.text import RawText


@runtime_checkable
class InBlocks(Protocol):
    """Rows that come by column where they are alike."""

    def blocks(self) -> Iterator[Columns | Sequence[Sequence[Any]]]:
        """Some thousands of rows at a time."""


def from_cells(
    headers: Sequence[str], rows: Sequence[Sequence[Any]], folder: Path, source: Source, first_row: int
) -> RawText:
    """Write headers and rows of typed cells; first_row: that of the headers."""
    path = folder / "cellen.csv"
    with CellFile(path) as file:
        file.add_header([headers])
        for block in rows.blocks() if isinstance(rows, InBlocks) else [rows]:
            file.add(block)
        return RawText(path, ",", source, first_row, typed=file.close())
