"""The account that a statement of a bank is of: it stands on each row, and is no customer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

# An account that stands against this one, or what is on it after each row
AGAINST = re.compile(
    "tegenrekening|tegenpartij|counterparty|contraaccount|gegenkonto|begunstigde|partneriban|contrepartie|"
    "contraparte|contropartita|(iban|rekening)(nummer)?(van)?(de)?(betaler|afzender)|"
    "(payer|sender|debtor)s?(iban|account)|dbtr(acct|iban)|zahlungsempfanger|zahlungspflichtiger|zahlungsbeteiligter"
)
_BALANCE = re.compile(
    "(begin|start|eind|end|nieuw)?saldo(na.*)?|(running|start|end|opening|closing)?balance(after.*)?|kontostand|solde"
)
_ACCOUNT = re.compile(
    "(mijn|eigen|onze|own|my|our|your)?(bank)?(rekening|account|konto|compte|cuenta|conto|iban|bban)"
    "(nr|nummer|number|no|num|id|code|naam|name|holder|houder|iban|bban)*"
)
_IN = re.compile(r"gutschr|\b(credit(ering)?|bijschrijving|bijgeschreven|storting|avoir)\b")
ACCOUNT_IN_TEXT = re.compile(r"\bIBAN[:/ ]+([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})\b")
_CODES = frozenset(["accountcode", "accountnumber", "accountid", "account"])
_BUYERS = frozenset(
    ["contactname", "customername", "customer", "klantnaam", "klant", "clientname", "billtoname"]
)
_NAMES = frozenset(["name", "naam"])  # of a buyer too, beside one account on all rows
_IBAN = re.compile("[a-z]{2}[0-9]{2}[a-z0-9]{11,30}")


def is_of_a_bank(names: Sequence[str]) -> bool:
    """Whether the plain headers of an export are those of a statement."""
    return any(map(AGAINST.search, names)) or any(map(_BALANCE.fullmatch, names))


def says_money_in(names: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether words of a statement are those of a bank for what came in, which shops have for what went back.

    names: the plain headers; texts: the different ones of a column.
    """
    return any(map(AGAINST.search, names)) and any(_IN.search(text.casefold()) for text in texts)


def hold_accounts(texts: Iterable[str]) -> bool:
    """Whether most texts say somewhere which account it was of: `Overboeking IBAN: NL12INGB0123456701`."""
    there = [*texts]
    return 2 * sum(ACCOUNT_IN_TEXT.search(text) is not None for text in there) > len(there)


def own_accounts(names: Sequence[str]) -> set[int]:
    """The places of the plain headers that are of the statement's own account, as one stands against it."""
    if not any(map(AGAINST.search, names)):
        return set()
    return {at for at, name in enumerate(names) if is_account(name)}


def accounts_of_books(names: Sequence[str], below: Sequence[Sequence[str]]) -> set[int]:
    """The places of codes of accounts that are in the books, beside who bought: `200` of all revenue.

    names: the plain headers; below: the first records. One is, that stands beside several customers, where
    it is the only one or a customer has several; a company has its contacts to itself.
    """
    whose = [at for at, name in enumerate(names) if name in _BUYERS]
    whose = whose or [at for at, name in enumerate(names) if name in _NAMES]
    by_name = bool(whose) and names[whose[0]] in _NAMES
    found = set()
    for at in (at for at, name in enumerate(names) if name in _CODES and whose):
        pairs = {
            (row[at], row[whose[0]].casefold())
            for row in below
            if max(at, whose[0]) < len(row) and row[at] and row[whose[0]]
        }
        codes, people = (Counter(pair[side] for pair in pairs) for side in (0, 1))
        shared = any(count > 1 for count in codes.values())
        several = any(count > 1 for count in people.values()) and not by_name
        if shared and (len(codes) == 1 or several):
            found.add(at)
    return found


def is_account(name: str) -> bool:
    """Whether a plain header is of an account, and of none that stands against it."""
    return _ACCOUNT.fullmatch(name) is not None


def is_number_of_account(name: str) -> bool:
    """Whether a plain header is of the number of an account, and not of its name."""
    return is_account(name) and not name.endswith(("naam", "name", "holder", "houder"))


def is_iban(text: str) -> bool:
    """Whether a text is the number of an account at a bank, in whatever country."""
    return _IBAN.fullmatch(re.sub(r"\s", "", text.casefold())) is not None
