"""Exports of payments that say from whom and to whom: of what was paid back the customer is the receiver."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import make_table
from klantwaarde_xl.dutch import format_count

# From whom, and to whom
_PAIRS = {
    "vanemailadres": "naaremailadres",
    "fromemailaddress": "toemailaddress",
    "fromemail": "toemail",
    "senderemail": "recipientemail",
    "absenderemailadresse": "empfangeremailadresse",
    "correoelectronicodelremitente": "correoelectronicodeldestinatario",
    "direcciondecorreoelectronicodelremitente": "direcciondecorreoelectronicodeldestinatario",
    "indirizzoemailmittente": "indirizzoemaildestinatario",
    "emaildoremetente": "emaildodestinatario",
    "enderecodeemaildoremetente": "enderecodeemaildodestinatario",
    "deladresseemail": "aladresseemail",
    "afzender": "ontvanger",
    "sender": "recipient",
    "von": "an",
}
_MOSTLY = 0.5  # so many of the rows go to the shop, before it is known which address is its own


def take_receivers(export: Export) -> None:
    """Give rows that the shop sent itself the customer that they went to, and say so."""
    if not export.has("klant"):
        return
    wanted = _PAIRS.get(plain(export.headers[export.places["klant"]]))
    places = [at for at, header in enumerate(export.headers) if plain(header) == wanted]
    if not wanted or not places:
        return
    receiver = f"lower({cell_of(places[0])})"
    sender = export.text("klant")
    shop, count, rows = export.rows(f"""
        select to_whom, n, (select count(*) from raw) from (
          select {receiver} as to_whom, count(*) as n from raw join lines using (rij) group by 1)
        order by 2 desc, 1 limit 1""")[0]
    own = f"lower({sender}) = '{shop.replace(chr(39), chr(39) * 2)}'"
    back = export.count(f"select count(*) from raw where {own}") if shop and count > _MOSTLY * rows else 0
    if not back:
        return
    make_table(
        export.con,
        "raw",
        f"""select raw.* replace (if({own}, {receiver}, {sender}) as {sender})
            from raw join lines using (rij)""",
    )
    come = format_count(back, "rij komt", "rijen komen")
    export.say(
        "klant",
        f"{come} van {shop!r}, waar de andere heen gaan: daar is de klant de "
        f"ontvanger ({export.headers[places[0]].strip()!r})",
    )
