"""What to say of a source whose rows do not stand below its headers: there are none, or some stand above."""

from __future__ import annotations

from klantwaarde_xl.errors import FileUnreadable


def no_rows(what: str, where: str, header_row: int, above: int) -> FileUnreadable:
    """The error for a table of which nothing stands below the header; above: rows that stand above it."""
    if above:
        return rows_above(where, header_row, "daaronder staat niets")
    return FileUnreadable(
        f"Er staan geen {what} in.", where=where, remedy="Kies een bestand met rijen onder de koppen."
    )


def rows_above(where: str, header_row: int, how: str) -> FileUnreadable:
    """The error for headers that stand below rows of data, which nobody would read; how: what shows it."""
    return FileUnreadable(
        f"De koppen staan in rij {header_row}, en {how}.",
        where=where,
        remedy="Staan er gegevens boven, bijvoorbeeld omdat de koppen mee zijn gesorteerd, zet deze rij dan "
        "bovenaan.",
    )
