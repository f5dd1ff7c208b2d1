"""A column whose words are all ways in which customers pay: then a transfer is one of them, and a sale."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A bank moves money so too: what customers alone do has to stand beside it
_BY_BANK = r"bank|(bank.?|sepa.?|geld)?(overboeking|overschrijving|transfer|überweisung|virement)(en|s)?"
_BY_CUSTOMERS = (
    r"ideal(.?\d.*)?|bancontact|pin(nen|betaling)?|(credit|debit|debet|bank|pin).?(card|kaart)|kreditkarte|cards?|"
    "visa|master.?card|maestro|amex|paypal|klarna.*|afterpay|riverty|in3|sofort|apple.?pay|google.?pay|tikkie|"
    "kaart(betaling)?|contant(e betaling)?|cash|bar(zahlung)?|op (factuur|rekening)|achteraf( betalen)?|"
    "(automatische |sepa.?)?incasso|direct.?debit|lastschrift|(eenmalige )?machtiging"
)


def are_ways_of_paying(words: Iterable[str]) -> bool:
    """Whether every word is a way of paying, and one at least is what only customers do."""
    said = [word.strip().casefold() for word in words]
    of_customers = [word for word in said if re.fullmatch(_BY_CUSTOMERS, word)]
    return bool(of_customers) and all(
        word in of_customers or re.fullmatch(_BY_BANK, word) is not None for word in said
    )
