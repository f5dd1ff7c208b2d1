"""Cells that one program takes otherwise than another: booleans, and values in an unusual notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from klantwaarde_xl.xlsx.scan import place_of
from klantwaarde_xl.xlsx.sheet_read import Cell, SheetXml

_BOOLEAN = re.compile(rb"""t=(?<=\st=)["']b["']""")  # a pattern that starts with letters is soon sought
_NUMBER = re.compile(rb"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_TYPED = re.compile(rb"""\st=["']""")
# A quick look at a sheet or row, for what starts with letters of its own: an ISO date or a typed cell without
# contents; a space before an end, and a cell opened for nothing
_UNTYPED = re.compile(rb"""t=["'](?:d["']|[nbes]["'][^<>]*/>)""")
_SIGNS = (b" </", b'"></', b"'></", b'"> </')


class Place(NamedTuple):
    """A cell: its row, its column, and what it holds."""

    row: int
    column: int
    value: float | bool | None


@lru_cache(maxsize=8)
def _odd_value(prefix: bytes) -> re.Pattern[bytes]:
    """A value that is empty or starts oddly; not behind a formula, whose value is no business of ours."""
    tag = rb"<%sv" % re.escape(prefix)
    return re.compile(rb"%s(?<!f>%s)(?:\s[^<>]*)?(?:/>|>(?:\s|</|true|false|[+.]))" % (tag, tag))


Find: TypeAlias = Callable[[SheetXml], Iterator[Place]]


def booleans(sheet: SheetXml) -> Iterator[Place]:
    """Give every cell that holds a boolean of itself."""
    if not _BOOLEAN.search(sheet.data, sheet.head_end, sheet.tail_start):
        return
    for row in sheet.rows():
        if _BOOLEAN.search(sheet.data, row.inner_start, row.inner_end):
            for cell in sheet.cells(row):
                if cell.type == b"b" and sheet.formula(cell) is None:
                    value = sheet.value(cell, ())
                    if isinstance(value, bool):
                        yield Place(row.number, cell.column, value)


def oddly_written(sheet: SheetXml) -> Iterator[Place]:
    """Give every number, boolean, date and empty cell that is not written as most programs do.

    The format allows `<c t="n"/>` and `<v/>` for an empty cell, `true` for a boolean, spaces around
    a number, and a date in words; not every reader of it knows.
    """
    if not _may_have_odd(sheet, sheet.head_end, sheet.tail_start):
        return
    for row in sheet.rows():
        if not _may_have_odd(sheet, row.inner_start, row.inner_end):
            continue
        for cell in sheet.cells(row):
            if _is_odd(sheet, cell) and sheet.formula(cell) is None:
                value = sheet.value(cell, ())
                if value is None or isinstance(value, float | bool):
                    yield Place(row.number, cell.column, value)


def _may_have_odd(sheet: SheetXml, start: int, end: int) -> bool:
    return any(place_of(sheet.data, sign, start, end) >= 0 for sign in _SIGNS) or any(
        pattern.search(sheet.data, start, end) for pattern in (_UNTYPED, _odd_value(sheet.prefix))
    )


def _is_odd(sheet: SheetXml, cell: Cell) -> bool:
    kind = cell.type
    if kind in (b"str", b"inlineStr"):
        return False
    found = sheet.value_pattern.search(cell.inner)
    text = found[1] if found else b""
    if not text.strip():
        return bool(cell.inner or _TYPED.search(cell.attributes))
    if kind == b"n":
        return _NUMBER.fullmatch(text) is None
    return kind == b"d" or (kind == b"b" and text not in (b"0", b"1"))
