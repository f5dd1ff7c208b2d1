"""Quotes and drafts, no sale yet: a list of them, or some among invoices (`OFF2024-7`, `CONCEPT`)."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.patterns import patterns_of, start_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import ANYTHING, rows_option
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_LETTERS = "off|offerte|ofr|quo|quote|pf|proforma|pro-forma|concept|draft|angebot|devis|estimate|begroting"
_PAPERS = re.compile(
    "(factuur|invoice|document|boekstuk|rechnungs?|beleg|order|bestel|facture)?(nr|nummer|number|num|no|id|ref|"
    "referentie|reference)|factuur|invoice|document|boekstuk|order|bestelling"
)
_QUOTES = re.compile(
    "(offerte|quote|quotation|angebots?|devis|estimate|proposal)(nr|nummer|number|num|no|id|ref|referentie)"
)
_MAY_BE_NUMBER = frozenset(["offerte", "quote", "quotation", "angebot", "devis", "estimate", "proposal"])
AGREED = re.compile("akkoord|geaccepteerd|getekend|gewonnen|goedgekeurd|accepted|agreed|signed|won|approved")
_SALES = re.compile("(order|bestel|factuur|invoice|rechnungs|facture)(nr|nummer|number|num|no|id)?")


def hold_quotes(export: Export) -> bool:
    """Whether each row is a quote: it has a number of one, and none of an order or invoice.

    `Offerte` alone may say yes or no, or name what a row is of: its cells tell.
    """
    names = [plain(header) for header in export.headers]
    numbers = [at for at, name in enumerate(names) if name in _MAY_BE_NUMBER]
    for at in numbers:
        texts = [row[at] for row in export.sample.first if row[at]]
        if len(texts) > 1 and len({*texts}) == len(texts) and all(re.search("[0-9]", one) for one in texts):
            names[at] += "nr"
    return any(map(_QUOTES.fullmatch, names)) and not any(map(_SALES.fullmatch, names))


def ask_quotes(export: Export) -> None:
    """Raise `Ambiguous` where some numbers have these letters and others have not."""
    told = {plain(header) for header, _ in export.reading.by_user}
    ours = {place for name, place in export.places.items() if name != "order"}
    for place, header in enumerate(export.headers):
        if place in ours or plain(header) in told or not _PAPERS.fullmatch(plain(header)):
            continue
        if not export.sample.may_hold(place, re.compile(_LETTERS).search):
            continue
        cell = cell_of(place)
        which = f"regexp_matches({cell}, '(?i)^[^a-z]*({_LETTERS})([^a-z]|$)')"
        # The cells themselves are sooner looked through than the rows that they are of
        hint = which.replace(cell, f"cast(c{place} as varchar)")
        if not export.rows(f"select 1 from lines where rij > {export.header_row} and {hint} limit 1"):
            continue
        count, held, first, rest = export.rows(f"""
            select count(*) filter (said), sum(v) filter (said), min(rij) filter (said),
              count(*) filter (not said)
            from (select rij, v, {which} as said from raw join lines using (rij)
                  join {export.values("bedrag")} using (rij) where v > 0 and {cell} <> '')""")[0]
        if not count or not rest:
            continue
        name, example = header.strip(), export.rows(f"select {cell} from lines where rij = {first}")[0][0]
        without = " ".join(
            rows_option("--zonder", name, one) for one in patterns_of(export, cell, which, (start_of,))
        )
        rows = format_rows(count)
        raise Ambiguous(
            f"Kolom {name!r} lijkt bij {rows}, samen {export.money(held)}, een offerte of "
            f"concept te noemen ({example!r}).",
            where=export.source.at(first),
            remedy=f"Telt dat niet: {without or 'haal die rijen uit het bestand'}. Is het omzet als elke "
            f"andere rij: {rows_option('--alleen', name, ANYTHING)}.",
        )
