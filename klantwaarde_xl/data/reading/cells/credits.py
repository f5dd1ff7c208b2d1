"""Amounts that name a side of the book, `25.00 CR` and `25.00 DR`: which side goes off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.dutch import LETTER
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

# Behind the digits or a sign, in capitals; a letter before it makes it another word
CREDIT = f"(^|[^{LETTER[1:]})(CR|DR|DB)$"


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
    if column.sided:
        return Sides()
    if len(named) > 1:
        raise _question(con, column)
    alone = "" not in seen and not con.execute(f"select 1 from raw where {bare} limit 1").fetchall()
    if alone:
        return Sides(note=f"elk bedrag heeft {named[0]}, dat zegt dus niets")
    return Sides(
        "(negative or side <> '')", note=f"bedragen met {named[0]} gaan eraf, de andere hebben geen teken"
    )


def _question(con: duckdb.DuckDBPyConnection, column: TextColumn) -> Ambiguous:
    """Which side goes off: what there is less of first, for most of what is written down is sold."""
    sides = con.execute(f"""
        select side, count(*), arg_min(t, n.rij), min(n.rij)
        from raw join number_text n on n.t = {column.text}
        where side <> '' group by 1 order by 2, 1""").fetchall()
    few, many = sides[0], sides[-1]
    header = column.header or column.name

    def sold(kept: str, off: str) -> str:
        return f'--retour "{header}=*{off}" als {kept} verkocht is en {off} eraf gaat'

    return Ambiguous(
        f"Er staan bedragen met {many[0]} en met {few[0]}: welke van de twee omzet is, hangt af van wiens "
        "boek het is. Op een factuurlijst is DR of DB verkocht en CR een creditnota; op een afschrift is CR "
        "ontvangen.",
        where=f"{column.where(few[3])}: {few[2]}",
        remedy=f"Zeg het: {sold(many[0], few[0])}, of {sold(few[0], many[0])}. Telt een van de twee niet, "
        f'laat haar dan weg: --zonder "{header}=*{few[0]}" of --zonder "{header}=*{many[0]}".',
    )
