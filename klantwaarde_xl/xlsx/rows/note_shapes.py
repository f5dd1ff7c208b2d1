"""The shapes of notes and form controls in a legacy drawing (VML), which is not always well-formed XML."""

from __future__ import annotations

import re

from klantwaarde_xl.xlsx.rows.row_map import CellMap

_SHAPE = re.compile(rb"<((?:\w+:)?shape)(?=[\s>]).*?</\1\s*>\s*", re.S)
_IS_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_ROW = re.compile(rb"(<(?:\w+:)?Row\s*>\s*)(\d+)(?=\s*<)")
_COLUMN = re.compile(rb"(<(?:\w+:)?Column\s*>\s*)(\d+)(?=\s*<)")
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor\s*>)([^<]*)(?=<)")
_FIELDS = 8  # column, offset, row, offset; twice


def move(data: bytes, cells: CellMap) -> bytes:
    """Shapes go with the cell of their note, a control with the cell under its corner."""
    return _SHAPE.sub(lambda match: _moved(match[0], cells), data)


def _moved(shape: bytes, cells: CellMap) -> bytes:
    anchor = _ANCHOR.search(shape)
    fields = anchor[2].split(b",") if anchor else []
    if _IS_NOTE.search(shape):
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        if row is None or column is None:
            return shape
        at = int(row[2]), int(column[2])
        target = cells.cell(at[0] + 1, at[1] + 1)
        if target is None:
            return b""
        down, right = (b"%d" % (number - 1) for number in target)
        shape = _ROW.sub(lambda match: match[1] + down, shape, count=1)
        shape = _COLUMN.sub(lambda match: match[1] + right, shape, count=1)
        return _shifted(shape, fields, target[0] - 1 - at[0], target[1] - 1 - at[1])
    if len(fields) != _FIELDS or not fields[0].strip().isdigit() or not fields[2].strip().isdigit():
        return shape
    at = int(fields[2]), int(fields[0])
    target = cells.cell(at[0] + 1, at[1] + 1)
    if target is None:
        return shape
    return _shifted(shape, fields, target[0] - 1 - at[0], target[1] - 1 - at[1])


def _shifted(shape: bytes, fields: list[bytes], down: int, right: int) -> bytes:
    """A shape some rows and columns further; the notation of its place stays."""
    if not (down or right) or len(fields) != _FIELDS:
        return shape
    for at, by in ((0, right), (2, down), (4, right), (6, down)):
        number = fields[at].strip()
        if not number.lstrip(b"-").isdigit():
            return shape
        if by:
            fields[at] = fields[at].replace(number, b"%d" % max(0, int(number) + by))
    return _ANCHOR.sub(lambda match: match[1] + b",".join(fields), shape, count=1)
