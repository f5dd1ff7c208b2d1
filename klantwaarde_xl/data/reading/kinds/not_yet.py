"""Words that are no payment, or no sale, yet on one kind of paper, and are on another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from klantwaarde_xl.data.reading.kinds.fates import Status

_LATE = re.compile("^(verlopen|expired|past due)$")
_DEALT_WITH = re.compile("in.behandeling|wordt.verwerkt|processing|in.bearbeitung")
# What befell a quote before the customer said anything
_ONLY_SENT = re.compile(
    "behandeling|processing|bearbeitung|verzonden|verstuurd|bekeken|gelezen|ontvangen|sent|viewed|read|received|deliver|versendet|envoy"
)
# The first step of an order, and the one by which its money came in
_ORDERED = re.compile(
    r"(order\W?)?(placed|ordered)|(bestelling\W?)?(besteld|geplaatst)|bestellt|commandée?|pedid[oa]|ordinat[oa]|"
    "beställd|bestilt"
)
_MONEY_IN = re.compile(
    r"paid|betaald|bezahlt|payée?|pagad[oa]|pago|pagat[oa]|betald|betalt|zahlung\W(erhalten|eingegangen)|"
    r"payment\W(received|accepted)|betaling\W(ontvangen|aanvaard|geaccepteerd)|paiement\W(reçu|accepté)"
)


def are_ordered_first(words: Iterable[str]) -> bool:
    """Whether the words of one column tell orders that were paid from those that only came in."""
    said = [word.strip().casefold() for word in words]
    return any(map(_ORDERED.fullmatch, said)) and any(map(_MONEY_IN.fullmatch, said))


def is_not_yet(status: Status, said: str) -> bool:
    """Whether a word says of this kind of paper that it is not paid, or no sale, yet."""
    dealt_with = status.of_money and _DEALT_WITH.fullmatch(said)
    late = status.of_invoice and _LATE.search(said)
    ordered = status.ordered and _ORDERED.fullmatch(said)
    return bool(dealt_with or late or ordered or (status.of_quote and _ONLY_SENT.search(said)))
