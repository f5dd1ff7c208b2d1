"""Text of ours in a workbook: custom properties, which Excel, LibreOffice and openpyxl keep when they save.

Excel takes 255 characters for a text, so it stands in as many properties as it needs. They hold ASCII only,
and no text that a program could take for an escape of its own.
"""

from __future__ import annotations

from klantwaarde_xl.xlsx.package import Package
from klantwaarde_xl.xlsx.properties import LONGEST


def text_in(package: Package, prefix: str) -> str:
    """The text that was kept under names that begin so, whatever their capitals; empty without."""
    pieces = sorted(
        (name.casefold(), text)
        for name, text in package.custom_properties().items()
        if name.casefold().startswith(prefix)
    )
    return "".join(text for _, text in pieces)


def keep_text(package: Package, prefix: str, text: str) -> None:
    """Keep a text of ASCII, in place of the one that was kept so; an empty one keeps none."""
    safe = text.replace("_x", "_\\u0078")  # programs read `_x0041_` as a character of its number
    pieces = [safe[at : at + LONGEST] for at in range(0, len(safe), LONGEST)]
    package.set_properties(prefix, {f"{prefix}{number:03}": piece for number, piece in enumerate(pieces, 1)})
