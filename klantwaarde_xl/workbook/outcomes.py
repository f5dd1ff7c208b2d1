"""Formulas that a user has among the rows of an input table: what they come to is read, so it must be there.

A program that does not compute (a script, a converter) saves a formula without what it comes to.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping

from klantwaarde_xl.addresses import address
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.data.tables import tables as input_tables
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.plan.plan import header
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.sheet_read import SheetXml

_SHOWN = 3  # cells that are named


def with_outcomes(
    package: Package, replaced: Container[str], compute: Callable[[Package], object]
) -> list[str]:
    """Give formulas without an outcome in the columns that are read theirs; say which cannot have it here.

    replaced: the names of the input tables that are not read from the workbook; compute: gives every formula
    of a workbook its value.
    """
    read = {one.sheet_table.casefold(): one for name, one in input_tables().items() if name not in replaced}
    if not package.days_behind and any(True for _ in _without(package, read)):
        compute(package)
    found: dict[str, list[str]] = {}
    for sheet, cell in _without(package, read):
        found.setdefault(sheet, []).append(cell)
    return [_told(sheet, cells) for sheet, cells in found.items()]


def _without(package: Package, read: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Sheet and address of each formula without a value under our own headers in these tables."""
    for table in package.structure.tables:
        ours = read.get(table.name.casefold())
        if ours is None:
            continue
        headers = {header(name) for name in ours.headers}
        columns = {
            table.area.left + at for at, one in enumerate(table.columns) if header(one.name) in headers
        }
        sheet = package.structure.archive.once(table.sheet.part, SheetXml)
        for row in sheet.rows_with(b"<%sf" % sheet.prefix) if sheet.has_formulas else ():
            if not table.top <= row.number <= table.bottom:
                continue
            for cell in sheet.cells(row):
                if (
                    cell.column in columns
                    and sheet.formula(cell) is not None
                    and sheet.value(cell, ()) is None
                ):
                    yield table.sheet.name, address(row.number, cell.column)


def _told(sheet: str, cells: list[str]) -> str:
    more = f" en nog {format_number(len(cells) - _SHOWN, 0)}" if len(cells) > _SHOWN else ""
    many = "1 formule" if len(cells) == 1 else f"{format_number(len(cells), 0)} formules"
    return (
        f"op blad {sheet} {'heeft' if len(cells) == 1 else 'hebben'} {many} geen uitkomst "
        f"({', '.join(cells[:_SHOWN])}{more}): die cellen tellen als leeg. "
        "Open het werkboek in Excel of Calc, sla het op en ververs opnieuw."
    )
