"""What a payment service or a marketplace keeps back, by its header: a cost, and no lower revenue."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

KEPT = ("ingehouden", "ingehouden2", "ingehouden3")
"""Our columns of it, which come back on a net amount."""

OF_GOODS = "verzend|shipping|bezorg|lever|delivery|versand|inkoop|envio|entrega|livraison|spedizione"
"""What a header has, plain, of costs that a buyer pays or that goods have, and no service keeps back."""

_OF_BUYERS = (
    f"{OF_GOODS}|annuler|cancel|late|booking|reserver|member|entry|inschrijf|course|deelname|school|toeslag|"
    "verblijf|schoonmaak|cleaning"
)
SURE = re.compile(
    f"^(?!.*(?:{_OF_BUYERS}|percent|rate$))"
    "(?:.*(?:transacti(?:e|on)|betaal|payment|processing|stripe|paypal|mollie|platform|application|merchant|"
    "psp|bank|card|net(?:work)?)(?:kosten|fees?|costs?|charges?)|(?:total|totale?)?fees?(?:amount)?|"
    "feeamount|vatonfees?|transaktionsgebuhr(?:en)?|gebuhr(?:en)?|inhouding(?:en)?|ingehouden(?:kosten)?|"
    "fraisde(?:transaction|paiement)|tarifa|taxadetransacao)$"
)
"""A header, plain, of what a payment service keeps back, and no buyer pays."""

_NET = frozenset(["netto", "nettobetrag"])
_GROSS = frozenset(["brutto", "bruttobetrag"])
_FEES = frozenset(["gebuhr", "gebuhren", "fee", "fees"])
_PAID_OUT = re.compile(
    "(?:your|seller|vendor|merchant|net|amount)*(?:payout|earnings?|proceeds)(?:amount)?|"
    "(?:bedrag)?(?:uitbetaling|uitbetaald|uittebetalen|uitgekeerd)(?:bedrag)?|auszahlung(?:sbetrag)?"
)


def says_paid_out(name: str) -> bool:
    """Whether a plain header is of what is left for the seller after all costs."""
    return _PAID_OUT.fullmatch(name) is not None


def take_before_fees(
    names: Sequence[str], found: dict[str, int], wanted: Mapping[str, Collection[str]]
) -> None:
    """Beside a column of fees what is left of them is no revenue: what came in is; else it is without VAT.

    Where only what was paid out stands beside them, that is the amount on which they come back. names: the
    plain headers; wanted: words of our columns, of which a single one is the user's own.
    """
    if len(wanted.get("bedrag", ())) < 2:
        return
    at = found.get("bedrag")
    gross = next((place for place, name in enumerate(names) if name in _GROSS), None)
    if at is not None and names[at] in _NET and gross is not None and _FEES.intersection(names):
        found["bedrag"] = gross
    if at is None and not {"stukprijs", "erbij", "eraf"} & found.keys() and any(map(SURE.fullmatch, names)):
        free = [place for place, name in enumerate(names) if says_paid_out(name)]
        if len(free) == 1 and free[0] not in found.values():
            found["bedrag"] = free[0]
