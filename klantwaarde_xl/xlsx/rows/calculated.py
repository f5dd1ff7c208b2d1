"""A column of formulas that are all the same for their row: calculated, also where no table says so.

LibreOffice and other programs save a table without the formulas of its calculated columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from klantwaarde_xl.xlsx.references import Elsewhere, Move, Template, elsewhere

_OFF = "#REF!"
_DYNAMIC = re.compile(rb"""\scm=["']\d+["']""")


class Common(NamedTuple):
    """A formula as the first row has it; within: the table of which alone the cells go along, or none.

    is_array: whether each cell has it as an array of one cell; dynamic: the attribute by which a cell says
    that its program chose so, and not the user. first: the formula of the first row, where the others begin
    with the row above them. by_number: whether it looks at cells elsewhere by the number of its row, which
    no new row has; is_own: whether it looks at no row elsewhere, so that each place says what it is.
    """

    formula: str
    within: Move | None = None
    is_array: bool = False
    dynamic: str = ""
    first: str = ""
    by_number: bool = False
    is_own: bool = False


def dynamic_of(attributes: bytes) -> str:
    """The attribute of a cell, with a space before it, that makes its array formula a dynamic one."""
    found = _DYNAMIC.search(attributes)
    return found[0].decode() if found else ""


def common_formula(formulas: Mapping[int, str], move: Move) -> Common | None:
    """The formula of a column when all that it has agree; None when it has no such.

    formulas: by row of the sheet, of the column's cells in the table's body. More than half of the rows
    must have one; that of an only row must look at its row. They agree when each is what filling down
    makes of the first, or what moving rows makes of it: then only the table's own cells go along. The first
    row may begin what the others go on with (`=F5`, then `=G5+F6`).
    """
    height = move.bottom - move.top + 1
    if 2 * len(formulas) <= height:
        return None
    for within in (None, move):
        first = _at_top(formulas, move, within)
        if first:
            is_looked_at = height > 1 or _looks_at(first, move.top)
            return _common(first, within, move) if is_looked_at else None
    rest = {row: text for row, text in formulas.items() if row != move.top}
    if move.top in formulas and len(rest) > 1 and (first := _at_top(rest, move, None)):
        begins_above = Template(first).looks_at(move.top - 1)
        return _common(first, None, move)._replace(first=formulas[move.top]) if begins_above else None
    return None


def _at_top(formulas: Mapping[int, str], move: Move, within: Move | None) -> str:
    """What formulas are in the first row, when that is the same for all; else, or off the sheet, nothing."""
    at_top = (Template(text, within=within, row=row).at(move.top - row) for row, text in formulas.items())
    first = next(at_top)
    is_off_sheet = _OFF in first and not all(_OFF in text for text in formulas.values())
    return first if not is_off_sheet and all(one == first for one in at_top) else ""


def _common(first: str, within: Move | None, move: Move) -> Common:
    found = elsewhere(first, move) if within is None else Elsewhere(False, False)
    is_own = within is None and not any(found)
    return Common(first, within, by_number=found.cells, is_own=is_own)


def _looks_at(formula: str, row: int) -> bool:
    return Template(formula).looks_at(row) or "[#This Row]" in formula
