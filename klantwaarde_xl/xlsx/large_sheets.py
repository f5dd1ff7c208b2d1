"""Worksheets of a million rows without filling the memory: read as a stream, unpacked once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import overload

from klantwaarde_xl.xlsx.alike import AlikeRows
from klantwaarde_xl.xlsx.digests import Running
from klantwaarde_xl.xlsx.parts import Structure, TableInfo
from klantwaarde_xl.xlsx.sheet_read import SheetXml
from klantwaarde_xl.xlsx.table_read import body_in_blocks, headers_of, no_table, refuse_too_large
from klantwaarde_xl.xlsx.values import Table, Value


@contextmanager
def unpacked(structure: Structure) -> Iterator[None]:
    """Within this, a large worksheet is unpacked once, however often it is asked for."""
    held = [structure.archive.once(place.part, SheetXml) for place in structure.worksheets]
    yield
    del held


def streamed_table(structure: Structure, name: str) -> Table:
    """As `Package.read_table`, with rows that are read each time that they are asked for, and raise then."""
    table = structure.table(name)
    if table is None:
        raise no_table(name)
    refuse_too_large(table)
    return Table(headers_of(table), _Rows(structure, table), table.top - 1, table.sheet.name)


class _Rows(Sequence[Sequence[Value]]):
    """The rows of a table, read from its worksheet as they are asked for."""

    def __init__(self, structure: Structure, table: TableInfo) -> None:
        self._structure, self._table = structure, table
        self._count = -1

    def _sheet(self) -> SheetXml:
        return self._structure.archive.once(self._table.sheet.part, SheetXml)

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for block in self.blocks():
            yield from block.values() if isinstance(block, AlikeRows) else block

    def blocks(self) -> Iterator[AlikeRows | Sequence[Sequence[Value]]]:
        """The rows, some thousands at a time, by column where they are alike."""
        table, count = self._table, 0
        running = Running(len(table.columns))
        for block in body_in_blocks(self._sheet(), table, self._structure.strings):
            running.add(block)
            count += len(block)
            yield block
        self._count = count
        if running.digests is not None:
            self._structure.digests[table.name] = running.digests

    def __len__(self) -> int:
        if self._count < 0:
            top, bottom = self._table.top, self._table.bottom
            numbers = (row.number for row in self._sheet().rows() if top <= row.number <= bottom)
            self._count = max(numbers, default=top - 1) - top + 1
        return self._count

    @overload
    def __getitem__(self, at: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Value]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Value] | Sequence[Sequence[Value]]:
        return list(self)[at]
