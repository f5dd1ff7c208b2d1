"""Amounts that name a side of the book, `25.00 CR` and `25.00 DR`: which side goes off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.text import TextColumn
from klantwaarde_xl.dutch import LETTER
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

# Behind the digits or a sign, in capitals; a letter before it makes it another word
CREDIT = f"(^|[^{LETTER[1:]})(CR|DR)$"


@dataclass(frozen=True)
class Sides:
    """What the sides of a column mean.

    negative: the SQL of what is less than nought in table number_text; known: that of what can be read; note:
    what to say (Dutch).
    """

    negative: str = "negative"
    known: str = "true"
    note: str = ""


NONE = Sides(known="side = ''")


def sides_of(con: duckdb.DuckDBPyConnection, column: TextColumn, bare: str) -> Sides:
    """What the sides in table number_text mean; bare: the SQL of other texts of the column, without any.

    A side beside amounts without one is the other way; one that all amounts have says nothing. Raises
    `Ambiguous` for both sides: money that came in is on the one in a bank's book, on the other in a shop's.
    """
    seen = {side for (side,) in con.execute("select distinct side from number_text").fetchall()}
    named = sorted(seen - {""})
    if not named:
        return Sides()
    if len(named) > 1:
        row, text = con.execute(
            f"select rij, t from number_text where side = '{named[0]}' order by rij limit 1"
        ).fetchall()[0]
        raise Ambiguous(
            "Er staan bedragen met CR en met DR: welke van de twee omzet is, hangt af van wiens boek het is.",
            where=f"{column.where(row)}: {text}",
            remedy="Zet in het bestand een minteken voor wat eraf gaat, in plaats van CR of DR. Of laat een "
            'van de twee weg met --zonder, zoals --zonder "Bedrag=*DR", met uw kop op de plaats van Bedrag.',
        )
    alone = "" not in seen and not con.execute(f"select 1 from raw where {bare} limit 1").fetchall()
    if alone:
        return Sides(note=f"elk bedrag heeft {named[0]}, dat zegt dus niets")
    return Sides(
        "(negative or side <> '')", note=f"bedragen met {named[0]} gaan eraf, de andere hebben geen teken"
    )
