"""A transfer that is sold beside other services: it brings somebody somewhere, and moves no money."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TRANSFER = re.compile(r"((airport|hotel|luchthaven|taxi|bus|priv[eé]|private|shuttle)[ -]?)?transfers?")
_SERVICE = re.compile(
    "hotel|kamer|room|appartement|apartment|overnachting|verblijf|accommod|arrangement|ontbijt|breakfast|lunch|diner|"
    "dinner|workshop|cursus|course|training|tour|excursi|rondleiding|reis|trip|tocht|vlucht|flight|cruise|ticket|entree|"
    "parke|parking|taxi|shuttle|huur|rental|verzekering|insurance|wellness|massage|activit|package|pakket|ausflug"
)
_OF_MONEY = re.compile(
    "sale|verk[oa]|payment|betal|zahlung|order|bestel|factu|invoice|charge|deposit|stort|withdraw|bank|cash|kas|giro|ideal"
    "|card|pin|incasso|refund|terug|retour|credit|debit|fee|kosten|payout|uitbet|journa|memo|adjust|correct|stock|voorraad"
    "|bound|purchase|inkoop|receipt|trade|buy|sell|interest|rente|income|expense|wallet|topup|balance|saldo"
)


def are_services(words: Iterable[str]) -> bool:
    """Whether a transfer is one of several services that are sold, of which no other is about money."""
    said = [word.strip().casefold() for word in words]
    others = [word for word in said if not _TRANSFER.fullmatch(word)]
    return (
        len(others) < len(said)
        and any(map(_SERVICE.search, others))
        and not any(map(_OF_MONEY.search, others))
    )
