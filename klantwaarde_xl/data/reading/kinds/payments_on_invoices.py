"""Payments below nought on invoices above nought, as on the card of a debtor: no refunds, and asked about."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.patterns import patterns_of
from klantwaarde_xl.data.reading.kinds.taken_off import OF_KINDS
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import ANYTHING, rows_option
from klantwaarde_xl.data.reading.sources.engine import stands
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

# Above a text, or a code, of what a row is; not above the way of paying that a sale has as well
_OF_TEXT = re.compile(
    "omschrijving|description|beschrijving|memo|^notes?$|notitie|opmerking|betreft|onderwerp|mededeling|"
    "toelichting|kenmerk|referen|boeking|text$|verwendungszweck|libelle|details?$|^tekst$|^name$|stuk"
)
_SURELY = (
    "betaling betaald voldaan ontvangen ontvangst payment paid received incasso overboeking overschrijving "
    "bijschrijving zahlung zahlungseingang paiement reglement"
)
# A way of paying, or the book in which it stands: of a refund too, so amounts have to say more
_WAYS = "bank bankboek kas kasboek pin ideal cash contant creditcard credit.card paypal mollie stripe tikkie"


def _said_by(words: str) -> str:
    return rf"\b({'|'.join(words.split())})(?:en|s)?\b"


_PAID, _SURELY_PAID = _said_by(f"{_SURELY} {_WAYS}"), _said_by(_SURELY)
# What went back to a customer was paid as well
_BACK = "refund|terug|retour|return|credit.?(?:not|fact|inv|mem)|chargeback|reversal|storn|erstatt|rembours"


def ask_payments(export: Export) -> None:
    """Raise `Ambiguous` where a text says that rows below nought were paid, and sales stand against them."""
    values = export.values("bedrag")
    if not export.has("klant") or not stands(export.con, values):
        return
    if not export.goes_below("bedrag"):
        return
    by_user = {plain(header) for header, _ in export.reading.by_user}
    money = {export.places[name] for name in ("bedrag", "erbij", "eraf") if export.has(name)}
    if any(plain(export.headers[at]) in by_user for at in money):
        return
    for place, header in enumerate(export.headers):
        name = plain(header)
        if (name in OF_KINDS or _OF_TEXT.search(name)) and name not in by_user and place not in money:
            _look(export, place)
    export.con.execute("drop table if exists payments")


def _look(export: Export, place: int) -> None:
    """Ask about the rows of which a column says that they were paid, if these are payments on sales.

    A word for paying is enough. For a way of paying half of the rows need the amount of a sale to that
    customer, or to be all that he owes, or half of what was sold.
    """
    customer, cell, values = export.shown("klant"), cell_of(place), export.values("bedrag")
    paid = _SURELY_PAID if export.has("aantal") and export.has("stukprijs") else _PAID
    word = f"""if(regexp_matches(lower({cell}), '{_BACK}'), '', regexp_extract(lower({cell}), '{paid}', 1))"""
    # Few rows are below nought, and sooner looked through than all
    if not export.rows(f"select 1 from {values} join lines using (rij) where v < 0 and {word} <> '' limit 1"):
        return
    export.con.execute(f"""
        create or replace temp table payments as
        with said as (
          select rij, {customer} as k, v, {word} as word
          from raw join lines using (rij) join {values} using (rij) where v <> 0
        )
        select rij, k, -v as paid, word, word in ({", ".join(map(repr, _SURELY.split()))})
          or exists(from said s where s.k = one.k and s.v = -one.v)
          or (select sum(v) from said s where s.k = one.k and (s.v > 0 or s.word <> '')) = 0 as of_a_sale
        from said one where v < 0 and word <> ''
          and word not in (select word from said where v > 0)""")
    count, held, of_sales = export.rows(
        "select count(*), sum(paid), count(*) filter (of_a_sale) from payments"
    )[0]
    sold = export.rows(f"select sum(v) from {values} where v > 0")[0][0] or 0
    if count and (2 * of_sales >= count or 2 * held >= sold):
        raise _question(export, place, count, held)


def _question(export: Export, place: int, count: int, held: float) -> Ambiguous:
    header, cell = export.headers[place].strip(), cell_of(place)
    words = [word for (word,) in export.rows("select distinct word from payments")]

    def within(text: str) -> str:
        return next((f"*{word}*" for word in words if word in text.casefold()), "")

    def first(text: str) -> str:
        return within(text)[1:]

    patterns = patterns_of(export, cell, "rij in (select rij from payments)", (within, first))
    without = " ".join(rows_option("--zonder", header, one) for one in patterns)
    row, example = export.rows(f"select rij, {cell} from lines where rij = (select min(rij) from payments)")[
        0
    ]
    rows = format_rows(count)
    return Ambiguous(
        f"Kolom {header!r} zegt van {rows} onder nul, samen {export.money(held)}, dat het een "
        f"betaling is ({example!r}): dan is het geen verkoop, en ook geen geld terug.",
        where=export.source.at(row),
        remedy=f"Zijn het betalingen: {without or 'haal die rijen uit het bestand'}. Gaat het toch van de "
        f"omzet af: {rows_option('--alleen', header, ANYTHING)}.",
    )
