"""Lines of an order that are no article: VAT, a tip, a gift card, a discount. Which count is asked."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.export_totals import TOTAL
from klantwaarde_xl.data.reading.headers import plain
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
_NO_REVENUE = re.compile(f"{_OF_VAT}|{_OF_A_TIP}|{_OF_A_GIFT}")
# Of a name of an article only what is no article by any reading; a gift card is on sale as well
_NO_ARTICLE = re.compile(f"{_OF_VAT}|{_OF_A_TIP}")
_NAMES = re.compile(
    "((order|bestel|factuur|line|regel|item|lineitem)?(omschrijving|description|name|naam)|regel|product|artikel|"
    "article|item|productnaam|productname|artikelnaam|artikelomschrijving|title|titel|bezeichnung)"
)
_OF_SHIPPING = re.compile("shipping.*|verzend.*|bezorg(ing|kosten)|delivery.*|porto|versand.*|livraison")


def is_no_revenue(value: str) -> bool:
    """Whether a kind of lines is VAT, a tip or a gift card by its word."""
    return _NO_REVENUE.fullmatch(value.strip().casefold()) is not None


def is_shipping(value: str) -> bool:
    """Whether a kind of lines is what a customer pays for shipping."""
    return _OF_SHIPPING.fullmatch(value.strip().casefold()) is not None


def ask_names(export: Export) -> None:
    """Raise `Ambiguous` where lines of orders have VAT or a tip in the place of an article."""
    by_user = {plain(header) for header, _ in export.reading.by_user}
    if not export.has("order"):
        return
    for place, header in enumerate(export.headers):
        name = plain(header)
        if not _NAMES.fullmatch(name) or name in by_user or place in export.places.values():
            continue
        cell = cell_of(place)
        seen = export.rows(f"""select {cell}, count(*) from raw join lines using (rij)
            where regexp_full_match(lower({cell}), '{_NO_ARTICLE.pattern}') group by 1 order by 2 desc, 1""")
        total = f"regexp_matches(lower({cell}), '^{TOTAL}')"
        if seen and export.rows(
            f"select 1 from raw join lines using (rij) where {total} limit 1"
        ):  # with VAT, as the totals of these lines say
            continue
        if not seen or not export.rows(f"""select 1 from raw join lines using (rij) where {cell} <> ''
                and not regexp_full_match(lower({cell}), '{_NO_ARTICLE.pattern}') limit 1"""):
            continue
        shown = ", ".join(f"{value} ({format_number(count, 0)})" for value, count in seen)
        without = " ".join(f'--zonder "{header.strip()}={value}"' for value, _ in seen)
        raise Ambiguous(
            f"Kolom {header.strip()!r} heeft regels die geen verkoop lijken: {shown}.",
            remedy=f'Laat ze weg met {without}. Tellen ze toch: --alleen "{header.strip()}=*".',
        )
