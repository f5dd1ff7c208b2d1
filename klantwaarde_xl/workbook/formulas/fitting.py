"""Whether the result of a call fits the place it has, and how it lies in the cells of an array formula."""

from __future__ import annotations

from typing import Any, TypeAlias

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.workbook.formulas.prepared import Prepared, Site, Takes

LARGEST_BLOCK = 200_000  # cells of one table inside another function
Rows: TypeAlias = "list[list[Any]]"


def fits_its_place(one: Prepared, site: Site) -> bool:
    """Whether the place of a call can hold a result of this size."""
    rows = site.rows()
    height, width = len(rows), len(rows[0])
    if one.follows is site:
        area = one.cell.fills
        return (height, width) == (area.bottom - area.top + 1, area.right - area.left + 1)
    if one.is_narrowed and site.takes is Takes.ALL and not one.is_call:
        return height == width == 1
    if site.takes is Takes.ONE:
        return height == width == 1
    if site.takes is Takes.LINE:
        return height == 1 or width == 1
    return height * width <= LARGEST_BLOCK


def fitted(rows: Rows, one: Prepared) -> Rows | None:
    """A result in the cells of an array formula; None when a program would choose other cells."""
    area = one.cell.fills
    height, width = area.bottom - area.top + 1, area.right - area.left + 1
    if (len(rows), len(rows[0])) == (height, width):
        return rows
    if one.cell.is_dynamic:
        return None
    if len(rows) == 1:
        rows = rows * height
    if len(rows[0]) == 1:
        rows = [line * width for line in rows]
    short = [[*line, *[CellError.NA] * (width - len(line))][:width] for line in rows[:height]]
    return short + [[CellError.NA] * width for _ in range(height - len(short))]
