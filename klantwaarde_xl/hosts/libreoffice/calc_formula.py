"""References in a formula as Calc writes it: `$Klanten.B4` in place of `Klanten!B4`."""

from __future__ import annotations

import re

_TEXT = re.compile(r'("(?:[^"]|"")*")')
# Not in another file ('file:///…'#$Blad1.A1), and no function with a point in its name
_SHEET = re.compile(r"(?<![#\w.'$])\$?('(?:[^']|'')+'|\w+)\.(?=\$?[A-Z]{1,3}\$?\d)")


def as_excel(text: str) -> str:
    """A formula of Calc's with the sheets of its references as Excel writes them; all else stays."""
    pieces = _TEXT.split(text.removeprefix("="))
    return "".join(
        piece if at % 2 else _SHEET.sub(lambda found: f"{found[1]}!", piece)
        for at, piece in enumerate(pieces)
    )
