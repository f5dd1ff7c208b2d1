"""The parts of a formula on its way to the engine: text, kind, size, and what it must not lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from klantwaarde_xl import formula as f
from klantwaarde_xl.errors import BY_TEXT
from klantwaarde_xl.workbook.formulas.prepared import Check, Parts, Unknowable
from klantwaarde_xl.xlsx.areas import Cells

Shape: TypeAlias = "tuple[int, int] | None"
ONE = (1, 1)


@dataclass
class Piece:
    """A part of a formula: its text, what it gives (n t b x), its size, the cells it stands for."""

    parts: Parts
    gives: str = "x"
    shape: Shape = ONE
    cells: Cells | None = None
    constant: object = None
    stays: bool = False  # means something else on another sheet
    if_moved: tuple[Check, ...] = ()  # what must hold before it may be computed on another sheet

    @classmethod
    def of(cls, parts: Parts, pieces: Sequence[Piece], gives: str, shape: Shape = ONE) -> Piece:
        """A part made of other parts."""
        made = cls(parts, gives, shape)
        for piece in pieces:
            made.stays |= piece.stays
            made.if_moved += piece.if_moved
        return made

    def alone(self) -> Parts:
        """The text as a formula of its own on another sheet."""
        return ["=", *(part for part in self.parts if part != "@")]


class Want:
    """What the place of a part takes: one value, cells, what SUM makes of arrays, or arrays."""

    ONE, CELLS, MIXED, ARRAY = "one", "cells", "mixed", "array"


def literal(node: f.Literal) -> Piece:
    """A constant as a part."""
    value = node.value
    gives = "b" if isinstance(value, bool) else "t" if isinstance(value, str) else "n"
    return Piece([constant_text(node)], gives, constant=value)


def constant_text(node: f.Literal | f.Fault) -> str:
    """A constant as the engine reads it."""
    if isinstance(node, f.Fault):
        return node.text
    return literal_text(node.value)


def literal_text(value: float | str | bool) -> str:
    """Write a value inside a formula for the engine."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def constant(node: f.Literal | f.Fault) -> object:
    """The value of a constant, errors as `CellError`."""
    return BY_TEXT.get(node.text) if isinstance(node, f.Fault) else node.value


def gives(name: str, usual: str, pieces: Sequence[Piece]) -> str:
    """What a function gives: IF gives numbers when all its branches do."""
    if name not in ("IF", "IFERROR", "IFNA"):
        return usual
    branches = pieces[1:] if name == "IF" else pieces
    is_number = len(branches) > 1 and all(piece.gives == "n" for piece in branches)
    return "n" if is_number else usual


def broadcast(left: Shape, right: Shape) -> Shape:
    """The size of two parts together; raises `Unknowable` where holes would come out."""
    if left is None or right is None:
        return None
    if left == right:
        return left
    height, width = (max(a, b) for a, b in zip(left, right, strict=True))
    for shape in (left, right):
        if shape[0] not in (1, height) or shape[1] not in (1, width):
            raise Unknowable
    return height, width
