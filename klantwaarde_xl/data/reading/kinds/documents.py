"""Credit notes that a column of documents names beside invoices: their amount goes off, with a minus or not.

A word says so, or the code of UN/EDIFACT 1001 that electronic invoices have: 380 is an invoice, 381 is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.kinds.status_words import CREDIT
from klantwaarde_xl.data.reading.naming.words import SAYS_WITH, SAYS_WITHOUT

_INVOICE = re.compile(
    "((verkoop|sales|customer|klant|deel|voorschot|eind|aanbetalings?|termijn)[ -]?)?"
    "(factuur|facturen|invoice|rechnung|facture)"
)
_INVOICE_CODES = """
    71 80 82 84 130 211 218 219 295 325 326 331 380 382 383 384 385 386 387 388 389 390 393 394 395 456 457
    527 553 575 623 633 751 780 817 870 875 876 877 935"""
_CREDIT_CODES = "81 83 261 262 296 308 381 396 420 458 532"
_INVOICES, _CREDITS = frozenset(_INVOICE_CODES.split()), frozenset(_CREDIT_CODES.split())


# The day by which one has to pay stands on an invoice, and on no order
_DUE = re.compile(
    "(invoice|payment)?(due(date|on)|datedue)|f(ae|a)llig(keit(sdatum|am)?|am)|forfallodatum|forfaldsdato|"
    "zahlungsziel|betal(ings)?termijn|betaaltermijn|paymentterms?"
)
# In these words a card or a membership ends as well: then another header has to speak of invoices
_ENDS = re.compile("verval(datum|dag)|(date)?d?echeance|(fecha)?(de)?vencimiento|(data)?(di)?scadenza")
_OF_INVOICES = re.compile(
    "factu|faktu|invoice|rechnung|fattur|fatur|openstaand|outstanding|offener|debiteur|creditnota"
)


def are_due(names: Sequence[str]) -> bool:
    """Whether plain headers say by when one has to pay, so that rows are invoices."""
    if any(map(_DUE.fullmatch, names)):
        return True
    taxed = all(any(re.search(said, name) for name in names) for said in (SAYS_WITHOUT, SAYS_WITH))
    return any(map(_ENDS.fullmatch, names)) and (taxed or any(map(_OF_INVOICES.search, names)))


def are_all_documents(words: Sequence[str]) -> bool:
    """Whether each of a column's words is an invoice or a credit note."""
    said = [word.strip().casefold() for word in words]
    return any(map(_INVOICE.fullmatch, said)) and all(
        _INVOICE.fullmatch(text) or re.search(CREDIT, text) for text in said
    )


def credit_notes_among(words: Sequence[str]) -> list[str]:
    """Those of a column's words, or codes, that are credit notes; none where the others are no invoices."""
    said = {word: word.strip().casefold() for word in words}
    codes = {word for word, text in said.items() if text in _CREDITS}
    others = {word for word, text in said.items() if text in _INVOICES}
    if not codes or codes | others != {*words}:
        codes = {word for word, text in said.items() if re.search(CREDIT, text)}
        others = {word for word, text in said.items() if _INVOICE.fullmatch(text)}
    return [word for word in words if word in codes] if others and codes | others == {*words} else []
