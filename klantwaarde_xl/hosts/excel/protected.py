"""Sheets of an open workbook that a user protected: Excel stops halfway there, so we do not begin."""

from __future__ import annotations

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.hosts.excel.book import OpenBook
from klantwaarde_xl.plan.resolve import Resolved


def refuse_protected(opened: OpenBook, resolved: Resolved) -> None:
    """Raise HostError when a plan writes on a protected sheet; only Excel on Windows tells which are.

    Our own sheets without tables are protected too: there a refresh writes in cells that are not locked.
    """
    if not opened.is_on_windows:
        return
    tables = [*(change.name for change in resolved.tables), *opened.below]
    named = [opened.cells[name] for name, _ in resolved.names]
    cells = [
        *(opened.tables[name].header_row_range for name in tables),
        *(cell for cell in named if cell.api.Locked),
    ]
    found = dict.fromkeys(cell.sheet.name for cell in cells if cell.sheet.api.ProtectContents)
    if found:
        raise HostError(
            "Er is niets geschreven: een blad waarop een verversing schrijft, is beveiligd.",
            where=", ".join(f"blad {name}" for name in found),
            remedy="Hef de beveiliging op (Controleren, Beveiliging blad opheffen) en ververs opnieuw.",
        )
