"""Words that are no payment, or no sale, yet on one kind of paper, and are on another."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.kinds.fates import Status

_LATE = re.compile("^(verlopen|expired|past due)$")
_DEALT_WITH = re.compile("in.behandeling|wordt.verwerkt|processing|in.bearbeitung")
# What befell a quote before the customer said anything
_ONLY_SENT = re.compile(
    "verzonden|verstuurd|bekeken|gelezen|ontvangen|sent|viewed|read|received|deliver|versendet|envoy"
)


def is_not_yet(status: Status, said: str) -> bool:
    """Whether a word says of this kind of paper that it is not paid, or no sale, yet."""
    dealt_with = status.of_money and _DEALT_WITH.fullmatch(said)
    late = status.of_invoice and _LATE.search(said)
    return bool(dealt_with or late or (status.of_quote and _ONLY_SENT.search(said)))
