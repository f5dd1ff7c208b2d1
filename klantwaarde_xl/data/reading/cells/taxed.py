"""What people write behind an amount: with or without VAT, `12,50 incl.`, or how it was paid, `30,00 pin`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.sources.text import TextColumn
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    import duckdb

# Behind the digits, in capitals and without blanks
OF_VAT = r"[(]?(IN|EX)(?:CL?(?:USIEF|USIVE)?[.]?(?:BTW|VAT|MWST)?|(?:BTW|VAT|MWST))[)]?$"
_WAYS = "CONTANT|CASH|PIN|GEPIND|BANK|TIKKIE|IDEAL|KAS|BETAALD|VOLDAAN|OVERGEMAAKT"
HOW_PAID = rf"[(]?(?:PER|MET|VIA|BETAALD)?(?:{_WAYS})[)]?$"
_SAYS = {"IN": "met btw", "EX": "zonder btw"}


def vat_said(con: duckdb.DuckDBPyConnection, column: TextColumn) -> str:
    """What to say (Dutch) of amounts in table number_text that name VAT; empty where none does.

    Raises `Ambiguous` where some are with VAT and others without, or some without beside others that say
    nothing: such a sum is no revenue.
    """
    if not con.execute("select 1 from number_text where taxed <> '' limit 1").fetchall():
        return ""
    seen = con.execute(f"""
        select taxed, count(*), min(texts.rij), arg_min(said, texts.rij)
        from (select rij, {column.text} as said from raw) texts join number_text n on n.t = said
        where taxed <> '' group by 1 order by 3""").fetchall()
    every = con.execute(f"select count(*) from raw where {column.text} <> ''").fetchall()[0][0]
    kind, count, row, text = seen[0]
    if len(seen) > 1 or (kind == "EX" and count < every):
        others = "andere met btw of zonder dat erbij staat" if kind == "EX" else "andere zonder btw"
        raise Ambiguous(
            f"Kolom {column.name} heeft bedragen waar bij staat dat zij {_SAYS[kind]} zijn ({text}), en "
            f"{others}.",
            where=column.where(row),
            remedy="Reken ze in het bestand om, zodat alle met of alle zonder btw zijn, en laat dat woord "
            "weg.",
        )
    if count == every:
        return f"bij elk bedrag staat dat het {_SAYS[kind]} is"
    rest = format_number(every - count, 0)
    return (
        f"bij {format_number(count, 0)} staat dat het {_SAYS[kind]} is, zoals {text}; bij {rest} staat "
        "niets: gelezen alsof die dat ook zijn"
    )
