"""Cells of replaced sheets that are the user's, written into the sheets that take their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from klantwaarde_xl.addresses import Area, address
from klantwaarde_xl.xlsx.formula_cells import formula_cells
from klantwaarde_xl.xlsx.moving.formulas import Followed, formula_inner
from klantwaarde_xl.xlsx.moving.places import Pair, Spot
from klantwaarde_xl.xlsx.parts import Structure
from klantwaarde_xl.xlsx.rows.looks import looks_of
from klantwaarde_xl.xlsx.scan import with_attribute
from klantwaarde_xl.xlsx.sheet_read import Cell, SheetXml

_PREFIXED = re.compile(r"""\s[\w.-]+:[\w.-]+=(?:"[^"]*"|'[^']*')""")  # attributes of other vocabularies


class Piece(NamedTuple):
    """What a cell gets: the style of the old one, and what it holds; None leaves the new one's."""

    style: bytes | None
    kind: bytes = b""
    inner: bytes | None = None


@dataclass
class Carried:
    """What one new sheet gets: pieces by row and column, and attributes of rows."""

    cells: dict[int, dict[int, Piece]] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)

    def put(self, row: int, column: int, piece: Piece) -> None:
        """Let a cell have a piece."""
        self.cells.setdefault(row, {})[column] = piece


def gather(
    structure: Structure, pairs: list[Pair], wanted: Mapping[Spot, Spot], how: Followed
) -> dict[str, Carried]:
    """All that is the user's in the tables of replaced sheets, and what single cells of them hold.

    wanted: by cell of an old sheet the cell of a new one that gets its contents. Returns by new sheet.
    """
    found: dict[str, Carried] = {}
    sheets = {pair.old.sheet.name for pair in pairs} | {sheet for sheet, _, _ in wanted}
    for sheet in structure.worksheets:
        if sheet.name in sheets:
            _Gatherer(structure, sheet.name, how, found).run(
                [pair for pair in pairs if pair.old.sheet == sheet],
                {spot[1:]: target for spot, target in wanted.items() if spot[0] == sheet.name},
            )
    return found


class _Gatherer:
    """One walk through one old sheet."""

    def __init__(self, structure: Structure, name: str, how: Followed, found: dict[str, Carried]) -> None:
        self._name, self._how, self._found = name, how, found
        sheet = structure.sheet(name)
        if sheet is None:
            raise LookupError(name)
        self._sheet = structure.archive.once(sheet.part, SheetXml)
        self._formulas = {(one.row, one.column): one.text for one in formula_cells(self._sheet)}

    def run(self, pairs: list[Pair], wanted: Mapping[tuple[int, int], Spot]) -> None:
        """Gather what tables have that is the user's, and the contents of single cells."""
        special = {id(pair): self._looks(pair) for pair in pairs}
        for row in self._sheet.rows():
            here = [pair for pair in pairs if pair.has_row(row.number)]
            for cell in self._sheet.cells(row) if here or wanted else ():
                target = wanted.get((row.number, cell.column))
                if target is not None:
                    self._put(target, Piece(None, cell.type, self._inner(cell, row.number, target)))
                for pair in here:
                    if cell.column in pair.columns:
                        self._of_table(pair, row.number, cell, special[id(pair)])

    def _looks(self, pair: Pair) -> Mapping[int, Mapping[int, str]]:
        """The cells of a table that look otherwise than their column; rows that do are noted."""
        looks = looks_of(self._sheet, pair.old.area, pair.old.top, pair.old.bottom)
        carried = self._found.setdefault(pair.new.sheet.name, Carried())
        for row, attributes in looks.attributes.items():
            target = pair.row(row)
            if attributes != looks.usual_attributes and target is not None:
                carried.rows[target] = _PREFIXED.sub("", attributes)
        return looks.special

    def _of_table(self, pair: Pair, row: int, cell: Cell, special: Mapping[int, Mapping[int, str]]) -> None:
        target = pair.row(row)
        if target is None:
            return
        spot = pair.new.sheet.name, target, pair.columns[cell.column]
        if cell.column in pair.own:
            self._put(spot, Piece(cell.style, cell.type, self._inner(cell, row, spot)))
        elif row >= pair.old.top:
            style = cell.style if cell.column in special.get(row, {}) else None
            if pair.typed and (row, cell.column) in self._formulas:
                self._put(spot, Piece(style, cell.type, self._inner(cell, row, spot)))
            elif style is not None:
                self._put(spot, Piece(style))

    def _put(self, spot: Spot, piece: Piece) -> None:
        self._found.setdefault(spot[0], Carried()).put(spot[1], spot[2], piece)

    def _inner(self, cell: Cell, row: int, spot: Spot) -> bytes:
        """What a cell holds, with a formula that looks where it looked; without the prefix of its sheet."""
        inner, prefix = cell.inner, self._sheet.prefix
        text = self._formulas.get((row, cell.column))
        if text:
            where = f"blad {self._name}, cel {address(row, cell.column)}"
            now = self._how.formula(text, self._name, where)
            place = Area(spot[1], spot[2], spot[1], spot[2])
            inner = formula_inner(self._sheet, inner, now, place)
        return inner.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else inner


def with_carried(sheet: SheetXml, carried: Carried) -> Iterator[bytes]:
    """A new worksheet with the pieces in their cells; its tags have no prefix."""
    left = set(carried.cells) | set(carried.rows)
    at = 0
    for row in sheet.rows():
        for number in sorted(number for number in left if number < row.number):
            left.discard(number)
            yield sheet.data[at : row.start]
            at = row.start
            yield _row(b'<row r="%d">' % number, {}, carried, number)
        if row.number in left:
            left.discard(row.number)
            yield sheet.data[at : row.start]
            opening = sheet.data[row.start : row.inner_start]
            opening = opening.removesuffix(b"/>").removesuffix(b">") + b">"
            cells = {cell.column: cell for cell in sheet.cells(row)}
            yield _row(with_attribute(opening, b"spans", None), cells, carried, row.number)
            at = row.end
    yield sheet.data[at : sheet.tail_start]
    for number in sorted(left):
        yield _row(b'<row r="%d">' % number, {}, carried, number)
    yield sheet.data[sheet.tail_start :]


def _row(opening: bytes, cells: Mapping[int, Cell], carried: Carried, number: int) -> bytes:
    pieces = carried.cells.get(number, {})
    attributes = carried.rows.get(number)
    if attributes is not None:
        opening = b'<row r="%d"%s>' % (number, attributes.encode())
    written = [
        _cell(number, column, cells.get(column), pieces.get(column)) for column in sorted({*cells, *pieces})
    ]
    return opening + b"".join(written) + b"</row>"


def _cell(row: int, column: int, cell: Cell | None, piece: Piece | None) -> bytes:
    style = cell.style if cell else b""
    kind = cell.type if cell else b"n"
    inner = cell.inner if cell else b""
    if piece is not None:
        style = style if piece.style is None else piece.style
        if piece.inner is not None:
            kind, inner = piece.kind, piece.inner
    look = b' s="%s"' % style if style else b""
    type_ = b' t="%s"' % kind if kind not in (b"", b"n") and inner else b""
    opening = b'<c r="%s"%s%s' % (address(row, column).encode(), look, type_)
    return opening + (b">" + inner + b"</c>" if inner else b"/>")
