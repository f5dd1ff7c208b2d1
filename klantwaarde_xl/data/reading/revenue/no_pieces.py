"""Money on a line of no pieces: what was taken out of an order, or a service that has none. Asked about."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.kinds_of_lines import NAMES, OF_SHIPPING
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_THE_ORDER
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous


def ask_no_pieces(export: Export) -> None:
    """Raise `Ambiguous` where some lines have no pieces and an amount, which may be nothing that was sold.

    A line that leaves its order's total to it is one of several, of which others have pieces.
    """
    place = export.places["aantal"]
    header = export.headers[place].strip()
    if plain(header) in {plain(one) for one, _ in export.reading.by_user}:
        return
    pieces, amounts = export.values("aantal"), export.values("bedrag")
    lines = f"raw r join {pieces} a using (rij) join {amounts} b using (rij)"
    if not export.rows(f"select 1 from {pieces} where v = 0 limit 1"):
        return
    which = "a.v = 0 and b.v > 0"
    if export.has("order") and set(forms(export.headers[export.places["bedrag"]])) & set(OF_THE_ORDER):
        number = f"r.{export.text('order')}"
        which += f""" and not exists (select 1 from raw r2 join {pieces} a2 using (rij)
            join {amounts} b2 using (rij) where r2.{export.text("order")} = {number} and {number} <> ''
            and a2.v <> 0 and b2.v = b.v)"""
    for at, one in enumerate(export.headers):  # nobody counts what shipping costs
        if NAMES.fullmatch(plain(one)) and at not in export.places.values():
            text = f"lower({cell_of(at)})"
            which += f""" and r.rij not in (select rij from lines
                where regexp_full_match({text}, '{OF_SHIPPING.pattern}'))"""
    count, held, first = export.rows(f"select count(*), sum(b.v), min(r.rij) from {lines} where {which}")[0]
    if not count or not export.rows(f"select 1 from {lines} where a.v <> 0 and b.v <> 0 limit 1"):
        return
    cell = cell_of(place)
    texts = [
        text
        for (text,) in export.rows(f"""select distinct {cell} from {lines} join lines using (rij)
            where a.v = 0 order by 1""")
        if text
    ]
    rows = format_rows(count)
    without = " ".join(rows_option("--zonder", header, text) for text in texts)
    raise Ambiguous(
        f"Bij {rows} is {export.header('aantal')} nul en staat er een bedrag, samen "
        f"{export.money(held)}: is dat verkocht, of van de order gehaald?",
        where=export.source.at(first),
        remedy=f'Telt het niet: {without}. Telt het: --alleen "{header}=*".',
    )
