"""Lines that are no article: VAT, a tip, a gift card, a deposit, interest. Which count is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.parts_of_payments import column_of_parts
from klantwaarde_xl.data.reading.kinds.patterns import patterns_of, start_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import TOTAL
from klantwaarde_xl.data.reading.questions.choices import ANYTHING, rows_option
from klantwaarde_xl.data.reading.revenue.lines_off import take_lines_off
from klantwaarde_xl.data.reading.sources.engine import sql_texts
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

# With a rate or an amount beside it, and nothing else: a `BTW-vrij` article is one
_OF_VAT = (
    r"(sales.?)?(btw|vat|tax|taxes|belasting|mwst|ust|umsatzsteuer|tva|gst)([ _-]*(bedrag|amount|regel|line|"
    r"hoog|laag|high|low))?[ :]*\(?([0-9]{1,2}([.,][0-9]+)? ?%?)?\)?"
)
_OF_A_TIP = "tips?|fooi(en)?|gratuity|gratuities|trinkgeld|pourboire"
_OF_A_GIFT = (
    "(e-?)?gift.?(card|certificate|voucher)s?|cadeau.?(bon|kaart)(nen|en)?|waardebon(nen)?|tegoedbon(nen)?"
    "|(geschenk)?gutschein|carte.cadeau"
)
# Given back, handed on, or for paying late; with more words behind it, as `Borg aanhanger`
_DEPOSITS = """
    borg borgsom waarborg waarborgsom statiegeld emballage deposit security.deposit damage.deposit
    bottle.deposit key.deposit pfand kaution toeristenbelasting tourist.tax city.tax kurtaxe
    verwijderingsbijdrage rente
    wettelijke.rente handelsrente rentekosten rentevergoeding interest late.payment.interest verzugszinsen
    incassokosten aanmaningskosten aanmaning herinneringskosten mahngebühr reminder.fee late.fee"""
_LINKS = "voor|van|over|te|for|on|of|betaling|payment|factuur|invoice|order|bestelling"
_OF_A_DEPOSIT = (
    f"((terugbetaling|retour|refund|teruggave) (van )?(de )?)?({'|'.join(_DEPOSITS.split())})"
    rf"([ :.(-]+(({_LINKS})\b.*|[0-9].*|\w+(\W+\w+){{0,2}}\)?))?"
)
_NO_REVENUE = re.compile(f"{_OF_VAT}|{_OF_A_TIP}|{_OF_A_GIFT}|{_OF_A_DEPOSIT}")
# Of a name of an article only what is no article by any reading; a gift card is on sale as well
_NO_ARTICLE = re.compile(f"{_OF_VAT}|{_OF_A_TIP}")
_CODE = re.compile(
    "ean|gtin|upc|barcode|(lineitem|item|product|artikel|article)?(sku|ean)|(artikel|article|item|product)(nr|nummer|number|no|code|id)"
)
_SHOWN = 6
NAMES = re.compile(
    "((order|bestel|factuur|line|regel|item|lineitem)?(omschrijving|description|name|naam)|regel|product|artikel|"
    "article|item|productnaam|productname|artikelnaam|artikelomschrijving|title|titel|bezeichnung|beschreibung|"
    "artikelbezeichnung|buchungstext|produktname|produkt|produit|d.?signation|libell.?)"
)
_OF_PAYMENTS = re.compile("(soort|type|kind)(of)?(betaling|payment)s?|(betaling|payment)s?(soort|type|kind)?")
_HANDED_BACK = re.compile("(?!deposit)" + _OF_A_DEPOSIT)
OF_SHIPPING = re.compile("shipping.*|verzend.*|bezorg(ing|kosten)|delivery.*|porto|versand.*|livraison")


def no_revenue_in(export: Export, cell: str, values: Sequence[str]) -> list[str]:
    """The kinds of lines that are VAT, a tip or a gift card by their word; cell: the SQL of a row's kind.

    What somebody tips who buys nothing that day is a gift to who asks for gifts, and revenue.
    """
    found = [value for value in values if _NO_REVENUE.fullmatch(value.strip().casefold())]
    tips = [value for value in found if re.fullmatch(_OF_A_TIP, value.strip().casefold())]
    if not tips or not (export.has("klant") and export.has("datum")) or _goes_with(export, cell, tips):
        return found
    return [value for value in found if value not in tips]


def _goes_with(export: Export, cell: str, tips: Sequence[str]) -> bool:
    """Whether any tip is of nobody, or has another row of its order, or of its customer and day."""
    these = sql_texts(tips)
    order = f"nullif({export.shown('order')}, '')" if export.has("order") else "null"
    return bool(
        export.rows(f"""
        with told as (select {cell} in ({these}) as tip, {export.shown("klant")} as who,
            {export.shown("datum")} as day, {order} as nr from raw join lines using (rij))
        select 1 from told t where tip and (who = '' or exists (select 1 from told o where not o.tip
          and (o.nr = t.nr or (o.who = t.who and o.day = t.day)))) limit 1""")
    )


def is_shipping(value: str) -> bool:
    """Whether a kind of lines is what a customer pays for shipping."""
    return OF_SHIPPING.fullmatch(value.strip().casefold()) is not None


def ask_names(export: Export) -> None:
    """Raise `Ambiguous` where lines have VAT, a tip, a deposit or interest in the place of an article.

    A tip is a line of an order; VAT and a deposit may stand by themselves.
    """
    by_user = {plain(header) for header, _ in export.reading.by_user}
    parts = column_of_parts(export)
    no_article = f"{_NO_ARTICLE.pattern if export.has('order') else _OF_VAT}|{_OF_A_DEPOSIT}"
    for place, header in enumerate(export.headers):
        name = plain(header)
        if name in by_user or place in export.places.values():
            continue
        if not NAMES.fullmatch(name) and not (_OF_PAYMENTS.fullmatch(name) and _holds_deposit(export, place)):
            continue
        cell = cell_of(place)
        which = f"regexp_full_match(lower({cell}), '{no_article}')"
        if parts and parts[0] == place:  # a deposit is a first payment here
            which = f"({which} and {cell} not in ({sql_texts(parts[1])}))"
        gifts = f"regexp_full_match(lower({cell}), '({_OF_A_GIFT})(\\W.*)?')"
        # Each text once: the engine would look at every row, were these not made first
        texts = f"texts as materialized (select distinct c{place} from lines where rij > {export.header_row})"
        none, given = export.rows(f"with {texts} select bool_or({which}), bool_or({gifts}) from texts")[0]
        if given:
            _say_gifts(export, place, gifts)
        if none:
            _ask_lines(export, place, which)


def _holds_deposit(export: Export, place: int) -> bool:
    """Whether payments in the first rows are of what is given back; a deposit may be a part of the price."""
    words = export.sample.lists([place]).get(place, {})
    return any(_HANDED_BACK.fullmatch(word.casefold()) for word in words)


def _ask_lines(export: Export, place: int, which: str) -> None:
    cell, header = cell_of(place), export.headers[place].strip()
    rows = "raw join lines using (rij)"
    seen = export.rows(f"select {cell}, count(*) from {rows} where {which} group by 1 order by 2 desc, 1")
    total = f"regexp_matches(lower({cell}), '^{TOTAL}')"
    if seen and export.rows(f"select 1 from {rows} where {total} limit 1"):
        return  # with VAT, as the totals of these lines say
    if not seen or not export.rows(f"select 1 from {rows} where {cell} <> '' and not {which} limit 1"):
        return
    if all(re.fullmatch(_OF_A_TIP, value.casefold()) for value, _ in seen):
        if _have_codes(export, f"select rij from {rows} where {which}"):
            without = " ".join(rows_option("--zonder", header, value) for value, _ in seen)
            words = ", ".join(repr(value) for value, _ in seen)
            export.say("bedrag", f"{words} in {header!r} heeft een artikelcode, en telt; zo niet: {without}")
            return
        every = rows_option("--alleen", header, ANYTHING)
        if take_lines_off(export, f"select rij from {rows} where {which}", f"fooi; telt zij toch: {every}"):
            return
    shown = ", ".join(f"{value} ({format_number(count, 0)})" for value, count in seen[:_SHOWN])
    more = f" en nog {len(seen) - _SHOWN} teksten" if len(seen) > _SHOWN else ""
    patterns = [value for value, _ in seen]
    if len(seen) > _SHOWN:
        patterns = patterns_of(export, cell, which, (start_of,))
    without = " ".join(rows_option("--zonder", header, one) for one in patterns)
    raise Ambiguous(
        f"Kolom {header!r} heeft regels die geen verkoop lijken: {shown}{more}.",
        remedy=f"{f'Laat ze weg met {without}' if without else 'Haal ze uit het bestand'}. "
        f'Tellen ze toch: --alleen "{header}=*".',
    )


def _have_codes(export: Export, rows: str) -> bool:
    """Whether each of these lines has the code of an article, as what is just given has not."""
    codes = [at for at, header in enumerate(export.headers) if _CODE.fullmatch(plain(header))]
    return any(
        not export.rows(f"select 1 from lines where rij in ({rows}) and {cell_of(at)} = '' limit 1")
        for at in codes
    )


def _say_gifts(export: Export, place: int, which: str) -> None:
    """Tell that gift cards that were sold count, as what is paid with them later does too."""
    cell, header = cell_of(place), export.headers[place].strip()
    seen = [
        text
        for (text,) in export.rows(f"""select distinct {cell} from raw join lines using (rij)
            where {which} order by 1 limit {_SHOWN}""")
    ]
    if not seen:
        return
    patterns = patterns_of(export, cell, which, (start_of,)) or seen
    without = " ".join(rows_option("--zonder", header, one) for one in patterns)
    export.say(
        "bedrag",
        f"verkochte cadeaubonnen tellen mee (kolom {header!r}: {', '.join(map(repr, seen))}), en wat "
        f"ermee wordt betaald ook; zo niet: {without}",
    )
