"""The words for a row that stands right under a table and is none of its rows."""

from __future__ import annotations

from klantwaarde_xl.errors import WorkbookChanged


def unfit(table: str, sheet: str, row: int, why: str) -> WorkbookChanged:
    """The refusal of a row right under a table that is none of its rows; why: `heeft niets bij datum`."""
    return WorkbookChanged(
        f"Rij {row} staat direct onder de tabel {table}, maar hoort er niet bij: zij {why}.",
        where=f"blad {sheet}, rij {row}",
        remedy="Hoort zij erbij, vul haar dan in zoals de andere; zo niet, laat er dan een rij leeg boven.",
    )
