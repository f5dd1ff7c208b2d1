"""What became of functions that were put among a workbook's names, closed or open."""

from __future__ import annotations

from typing import NamedTuple


class Named(NamedTuple):
    """Names that came, names that were renewed, and those that mean something else, which stay.

    local: a function and the sheet that has a name of its own for it, which goes before the workbook's there.
    """

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    taken: tuple[str, ...]
    local: tuple[tuple[str, str], ...] = ()

    def warnings(self) -> list[str]:
        """What the user must know, in Dutch; each without capital and full stop."""
        said = []
        if self.taken:
            said.append(f"deze namen betekenen hier al iets anders en blijven zo: {', '.join(self.taken)}")
        for sheet in dict.fromkeys(sheet for _, sheet in self.local):
            names = ", ".join(name for name, there in self.local if there == sheet)
            said.append(
                f"op het blad {sheet} is {names} al een naam van dat blad, en formules daar gebruiken die. "
                "Wilt u er de functie, hernoem of verwijder die dan: Formules, Namen beheren"
            )
        return said
