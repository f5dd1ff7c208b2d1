"""Addresses of who worked on a row, in a file that names the customer too: hours of Toggl or Clockify."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.data.reading.cells.looks import unmarked
from klantwaarde_xl.data.reading.naming.words import ORDER

_USER_WORDS = """
    user username gebruiker gebruikersnaam medewerker employee employeename teammember staff staffmember
    mitarbeiter benutzer utilisateur collaborateur consultant"""
_CUSTOMER_WORDS = "client clientname customer customername klant klantnaam opdrachtgever relatie kunde"
_USERS, _CUSTOMERS = frozenset(_USER_WORDS.split()), frozenset(_CUSTOMER_WORDS.split())
_MAILS = frozenset(["email", "mail", "emailadres", "emailaddress", "useremail"])


def mails_of_users(names: Sequence[str], below: Sequence[Sequence[str]]) -> set[int]:
    """The places of addresses that go with a user, and not with the customer beside him.

    names: the plain headers. They do where each user has his own address, and one has several customers.
    """
    places = [
        [at for at, name in enumerate(names) if name in words] for words in (_USERS, _MAILS, _CUSTOMERS)
    ]
    if not all(places) or not set(names).isdisjoint(ORDER):  # whoever orders has an account of his own
        return set()
    user, mail, customer = (found[0] for found in places)
    rows = [
        row for row in unmarked(below) if len(row) > max(user, mail, customer) and row[mail] and row[user]
    ]
    mails = {row[mail].casefold() for row in rows}
    pairs = {(row[mail].casefold(), row[user].casefold()) for row in rows}
    served = {(row[mail].casefold(), row[customer].casefold()) for row in rows if row[customer]}
    return {mail} if len(mails) == len(pairs) < len(served) else set()
