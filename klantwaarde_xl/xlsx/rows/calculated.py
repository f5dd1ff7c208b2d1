"""A column of formulas that are all the same for their row: calculated, also where no table says so.

LibreOffice and other programs save a table without the formulas of its calculated columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from klantwaarde_xl.xlsx.references import Move, Template

_DYNAMIC = re.compile(rb"""\scm=["']\d+["']""")


class Common(NamedTuple):
    """A formula as the first row has it; within: the table of which alone the cells go along, or none.

    is_array: whether each cell has it as an array of one cell; dynamic: the attribute by which a cell says
    that its program chose so, and not the user.
    """

    formula: str
    within: Move | None = None
    is_array: bool = False
    dynamic: str = ""


def dynamic_of(attributes: bytes) -> str:
    """The attribute of a cell, with a space before it, that makes its array formula a dynamic one."""
    found = _DYNAMIC.search(attributes)
    return found[0].decode() if found else ""


def common_formula(formulas: Mapping[int, str], move: Move) -> Common | None:
    """The formula of a column when all that it has agree; None when it has no such.

    formulas: by row of the sheet, of the column's cells in the table's body. More than half of the rows
    must have one; that of an only row must look at its row. They agree when each is what filling down
    makes of the first, or what moving rows makes of it: then only the table's own cells go along.
    """
    height = move.bottom - move.top + 1
    if 2 * len(formulas) <= height:
        return None
    for within in (None, move):
        at_top = (Template(text, within=within, row=row).at(move.top - row) for row, text in formulas.items())
        first = next(at_top)
        if first and all(one == first for one in at_top):
            return Common(first, within) if height > 1 or _looks_at(first, move.top) else None
    return None


def _looks_at(formula: str, row: int) -> bool:
    return Template(formula).looks_at(row) or "[#This Row]" in formula
