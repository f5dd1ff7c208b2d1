"""A column of e-mail addresses under a header that we do not list, beside the name of a customer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import CODES, MAILS

_SURE = frozenset((*CODES, *MAILS))
# Of whoever sold, sent or wrote it, and of who only gets the parcel
_OF_OTHERS = re.compile(
    "verkoper|seller|vendor|medewerker|staff|employee|user|gebruiker|agent|owner|eigenaar|beheerder|admin|winkel|shop|"
    "store|merchant|account|from|afzender|sender|ontvang|recipient|ship|lever|bezorg|deliver|aanmaker|creat|status|"
    "opt|toestemming|consent|sent|verzonden"
)
# A company has people with addresses of their own
_OF_A_COMPANY = re.compile(
    "bedrijf|company|organi[sz]ati|firma|firm|debit|debtor|relatie|account|onderneming|zaak"
)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MOSTLY, _HALF = 0.9, 0.5


def take_address(rows: Rows, found: dict[str, int], named: Mapping[str, str]) -> None:
    """Take the one column of addresses for the customer where a name is: two people may have one name.

    It must be filled wherever the name is, and be of about as many people.
    """
    if "klant" not in found or {"klant", "mail"} & named.keys():
        return
    name = rows.column(found["klant"])
    if _OF_A_COMPANY.search(plain(rows.headers[found["klant"]])):
        return
    if _SURE.intersection(forms(rows.headers[found["klant"]])) or any(map(_ADDRESS.fullmatch, name.filled)):
        return
    taken = {place for key, place in found.items() if key != "mail"}
    fitting = [
        at
        for at, header in enumerate(rows.headers)
        if at not in taken
        and "mail" in plain(header)
        and plain(header) not in MAILS  # which were thought of where the name was chosen
        and not _OF_OTHERS.search(plain(header))
        and _says_who(rows.column(at), name)
    ]
    if len(fitting) == 1:
        found["klant"] = fitting[0]
        found.pop("mail", None)


def _says_who(mail: Cells, name: Cells) -> bool:
    """Whether these are addresses of the people with these names."""
    if len(mail.distinct) < 2 or len(mail.distinct) < _HALF * len(name.distinct):
        return False
    if len(mail.filled) < _MOSTLY * len(name.filled):
        return False
    return sum(_ADDRESS.fullmatch(text) is not None for text in mail.filled) >= _MOSTLY * len(mail.filled)
