"""A column that says what each row is: a sale, a payout, a fee. Which are sales is for the user to say."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import plain
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_HEADER_WORDS = """
    type soort transactiontype transactietype transactiesoort recordtype rowtype boekingssoort documenttype
    documentsoort dc dcindicator debetcredit debitcredit afbij bijaf fase stage dealstage reportingcategory"""
_HEADERS = frozenset(_HEADER_WORDS.split())
# Pieces of words for money that moves and is no sale, or that is one the other way round; a blank as a point
_PIECES = """
    payout uitbetal opname withdraw fee kosten commissi conversi transfer overboek adjust correctie expense
    uitgave inkoop storting top.?up reserve chargeback refund terugbetal credit(?!.?card) debet
    debit(?!.?card)
    retour korting ^d$ ^c$ ^af$ ^bij$ verloren offerte ^lost$"""
_NO_SALE = re.compile("|".join(_PIECES.split()))
_MOST, _SHOWN = 40, 8


def ask(export: Export) -> None:
    """Raise `Ambiguous` when a column tells sales from what is none, and the user did not say which count."""
    named = {plain(header) for header, _ in (*export.reading.only, *export.reading.without)}
    for place, header in enumerate(export.headers):
        if plain(header) not in _HEADERS or plain(header) in named or place in export.places.values():
            continue
        cell = f"trim(coalesce(cast(c{place} as varchar), ''))"
        seen = export.rows(
            f"""select {cell}, count(*) from raw join lines using (rij) where {cell} <> ''
                group by 1 order by 2 desc, 1 limit {_MOST + 1}"""
        )
        none = [value for value, _ in seen if _NO_SALE.search(value.casefold())]
        if not none or len(seen) > _MOST or len(seen) < 2:
            continue
        shown = ", ".join(f"{value} ({format_number(count, 0)})" for value, count in seen[:_SHOWN])
        sales = [value for value, _ in seen if value not in none] or [seen[0][0]]
        raise Ambiguous(
            f"Kolom {header.strip()!r} zegt wat elke rij is, en niet alles lijkt een verkoop: {shown}.",
            remedy=f'Zeg welke tellen: --alleen "{header.strip()}={",".join(sales)}" (noemt u ook de '
            "terugbetalingen, dan gaan die met een minteken eraf).",
        )
