"""The account that each row of a statement stands against: it says who paid, which a name does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from klantwaarde_xl.data.reading.cells.looks import unmarked
from klantwaarde_xl.data.reading.customers.own_account import (
    AGAINST,
    hold_accounts,
    is_account,
    is_iban,
    is_of_a_bank,
)
from klantwaarde_xl.data.reading.naming.header_words import alike
from klantwaarde_xl.data.reading.naming.words import CODES, MAILS

_SURE = frozenset((*CODES, *MAILS))


def account_against(
    headers: Sequence[str], names: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `klant`, where one column of a statement holds accounts at banks that are not its own.

    names: the plain headers; below: the first records. A number in the books (`1300`) is no such account. A
    bank without a column for it writes it in a line of text (see `accounts_in_text`).
    """
    own = found.get("klant")
    is_own = own is not None and is_account(names[own]) and len(_texts(below, own)) == 1
    is_sure = own is not None and not _SURE.isdisjoint((names[own], *alike(headers[own])))
    if not is_of_a_bank(names) or (is_sure and not is_own):
        return {}
    taken = {place for name, place in found.items() if name != "klant"}
    accounts = {
        at: texts
        for at in range(len(names))
        if at not in taken and (texts := _texts(below, at)) and all(map(is_iban, texts))
    }
    against = [at for at in accounts if AGAINST.search(names[at])]
    others = [at for at, texts in accounts.items() if len(texts) > 1 and is_account(names[at])]
    places = against or others
    if not places and (own is None or is_own):
        places = [at for at in range(len(names)) if at not in taken and hold_accounts(_texts(below, at))]
    return {"klant": places[0]} if len(places) == 1 else {}


def is_against(name: str) -> bool:
    """Whether a plain header is of such an account."""
    return "name" not in name and AGAINST.search(name) is not None


def _texts(below: Sequence[Sequence[str]], at: int) -> set[str]:
    return {row[at] for row in unmarked(below) if at < len(row) and row[at]}
