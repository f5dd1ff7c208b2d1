"""One sale in several papers: offer, order, delivery note, invoice, payment, each with its amount.

A list of documents has them below one another with numbers of their own. Added up these are as many times the
revenue, so that only one kind counts: the invoice, or what comes nearest to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.export import Export

_PAYMENT = "betaling(en)? payments? ontvangst(en)? receipts? zahlung(en)? paiements? ontvangen.betaling(en)?"
_OFFER = "offertes? quot(e|ation)s? estimates? angebote? devis pro.?forma(.(factuur|invoice))?"
_ORDER = """
    orders? bestelling(en)? opdracht(en)? (order|opdracht).?bevestiging(en)? order.?confirmations?
    auftr(ag|äge) auftragsbestätigung(en)? commandes?"""
_DELIVERY = """
    pakbon(nen)? leverbon(nen)? levering(en)? zending(en)? shipments? packing.?slips? deliver(y|ies)(.notes?)?
    lieferscheine? livraisons? bons?.de.livraison"""
_INVOICE = "factu(ur|ren) invoices? rechnung(en)? factures? nota('s)?"
# Each tells better than the ones before it what was sold
_PAPERS = [
    re.compile(rf"((verkoop|sales|klant|customer).?)?({'|'.join(words.split())})")
    for words in (_PAYMENT, _OFFER, _ORDER, _DELIVERY, _INVOICE)
]
_OFTEN = 0.5  # of the customers with both papers


def lesser_papers(export: Export, cell: str, words: Sequence[str]) -> list[str]:
    """The words of papers beside which a better one has the same sales; none where these are others.

    cell: the SQL of what a row says that it is.
    """
    if not (export.has("klant") and export.has("bedrag")):
        return []
    written = [
        (at, word) for word in words for at, paper in enumerate(_PAPERS) if paper.fullmatch(word.casefold())
    ]
    last = max(written, default=(0, ""))[0]
    final = [word for at, word in written if at == last]
    return [word for at, word in written if at < last and _are_of_same_sales(export, cell, word, final)]


def _are_of_same_sales(export: Export, cell: str, word: str, final: Sequence[str]) -> bool:
    """Whether most customers who have both papers have both for one amount."""
    rows = f"""(select {export.shown("klant")} as klant, {export.shown("bedrag")} as bedrag, {cell} as word
        from raw join lines using (rij) where {export.shown("klant")} <> '')"""
    both, same = export.rows(
        f"""select count(*), count(*) filter (list_has_any(before, after)) from (
              select list(bedrag) filter (word = $word) as before,
                list(bedrag) filter (list_contains($final, word)) as after
              from {rows} group by klant)
            where before is not null and after is not null""",
        {"word": word, "final": list(final)},
    )[0]
    return bool(both) and same >= _OFTEN * both
