"""The words of a column that says yes or no, which under a header of money is about money and is none."""

from __future__ import annotations

from collections.abc import Sequence

_YES_WORDS = "ja yes true waar wahr oui vrai si sí sì sim 1 x j y ✓ ✔"
_NO_WORDS = "nee nein no non não nao false onwaar falsch faux 0 n -"
YES, NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
# Of a column that says whether an order was paid back
PAID_BACK = frozenset(["refunded", "terugbetaald", "teruggestort", "erstattet", "remboursé", "reembolsado"])
NOT_BACK = frozenset(
    ["not refunded", "niet terugbetaald", "niet teruggestort", "nicht erstattet", "non remboursé"]
)
_WORDS = frozenset(word for word in YES | NO if word.isalpha())


def is_yes_or_no(below: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a column of the records under a header holds such words and nothing else; `Incl. btw` may."""
    said = {record[at].strip().casefold() for record in below if at < len(record)} - {""}
    return bool(said) and said <= _WORDS
