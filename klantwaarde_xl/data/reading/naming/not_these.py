"""Columns that are not what their header says, by what stands below or beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.looks import are_days
from klantwaarde_xl.data.reading.cells.yes_or_no import is_yes_or_no
from klantwaarde_xl.data.reading.customers.own_account import accounts_of_books, is_of_a_bank, own_accounts
from klantwaarde_xl.data.reading.customers.users import mails_of_users
from klantwaarde_xl.data.reading.naming.gifts import no_gifts

_OF_MONEY = ("bedrag", "incl")
_LINE_OF_A_SHOP, _ID = "lineitem", "id"
_REFERENCE = re.compile("referen[ztc]")


def not_these(
    name: str, headers: Sequence[str], names: Sequence[str], below: Sequence[Sequence[str]], *, is_ours: bool
) -> set[int]:
    """The places of columns that cannot be one of ours, whatever their header.

    names: the plain headers; below: the first records under them; is_ours: we look for it by words of ours,
    and not by the one that the user gave.
    """
    found: set[int] = set()
    if name in _OF_MONEY:
        others = (at for at, own in enumerate(names) if own != name)
        found |= {at for at in others if is_yes_or_no(below, at)}  # our own word means what it says
        found |= no_gifts(names, below)
    if name == "klant" and is_ours:
        found |= own_accounts(names) | mails_of_users(names, below) | accounts_of_books(names, below)
        if any(own.startswith(_LINE_OF_A_SHOP) for own in names):  # there `Id` is that of the order
            found |= {at for at, own in enumerate(names) if own == _ID}
        if is_of_a_bank(names):  # a payment has a reference of whoever paid, another each time
            found |= {at for at, own in enumerate(names) if _REFERENCE.search(own)}
    if name == "valuta":  # of a bank it is the day from which money bears interest
        found |= {at for at in range(len(headers)) if are_days(below, at)}
    return found
