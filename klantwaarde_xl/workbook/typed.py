"""Cells that a user types into, with what comes out of them: a small form with named cells."""

from __future__ import annotations

from dataclasses import dataclass

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import known

_KINDS = {"procent": Kind.SHARE, "euro": Kind.AMOUNT, "euro2": Kind.AMOUNT, "aantal": Kind.COUNT}
_MOST = {Kind.SHARE: 1.0, Kind.COUNT: 1e9}


@dataclass(frozen=True)
class Typed:
    """A cell for one number of the user: its name, what it is, its number format, an example, its unit.

    between: its least and most; None for those of its kind.
    """

    name: str
    label: str
    form: str
    example: float | None
    unit: str
    between: tuple[float, float | None] | None = None

    @property
    def cell(self) -> b.Input:
        """The cell itself."""
        kind = _KINDS.get(self.form, Kind.NUMBER)
        between = self.between or (0, _MOST.get(kind))
        rule = Setting("", kind, self.label, self.unit, between=between, number=self.form)
        return b.Input(rule, self.name, self.example)


def words(
    name: str, label: str, *, default: str | None = None, example: str | None = None, most: int | None = None
) -> b.Input:
    """A cell for words of the user; default: what stands there at first; most: how many characters."""
    rule = Setting("", Kind.TEXT, label, "Uw eigen woorden mogen ook.", default=default, between=(None, most))
    return b.Input(rule, name, example)


def outcome(label: str, needed: str, formula: str, number: str, name: str) -> tuple[b.Cell, ...]:
    """A computed row of a form, empty while a cell that it needs is; needed: those, parted by commas."""
    return label, b.Formula(f"={known(needed, formula)}", number, "output", name), ""


def form_of(heading: str, entries: tuple[Typed, ...], *outcomes: tuple[b.Cell, ...]) -> b.Grid:
    """Cells to type into under each other, and below them what comes out."""
    rows = tuple((one.label, one.cell, one.unit) for one in entries)
    columns = (b.Column("gegeven"), b.Column("waarde", numbers=True), b.Column("eenheid", "unit"))
    return b.Grid(columns, (*rows, *outcomes), heading=heading)
