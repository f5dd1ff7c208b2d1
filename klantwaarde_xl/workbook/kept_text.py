"""Text of ours in a workbook: custom properties, which Excel, LibreOffice and openpyxl keep when they save.

Excel takes 255 characters for a text, so it stands in as many properties as it needs. They hold ASCII only,
and no text that a program could take for an escape of its own.
"""

from __future__ import annotations

from klantwaarde_xl.plan.written import PREFIX
from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.property_text import pieces, text_of


def text_in(package: Package, prefix: str) -> str:
    """The text that was kept under names that begin so, whatever their capitals; empty without."""
    return text_of(package.custom_properties(), prefix)


def keep_text(package: Package, prefix: str, text: str) -> None:
    """Keep a text of ASCII, in place of the one that was kept so; an empty one keeps none."""
    package.set_properties(prefix, pieces(prefix, text))


def kept_of_cells(package: Package) -> frozenset[str]:
    """The texts that keep what a refresh wrote, two letters a cell, in which chance makes a short name."""
    kept = package.custom_properties().items()
    return frozenset(str(text) for name, text in kept if name.casefold().startswith(PREFIX))
