"""The columns of a name in parts, first and last, of whoever buys: one part alone says who nobody is."""

from __future__ import annotations

from collections.abc import Sequence

_FIRSTS = (
    "firstname",
    "namefirst",
    "voornaam",
    "givenname",
    "vorname",
    "prenom",
    "voorletters",
    "initialen",
    "initials",
)
_MIDDLES = ("middlename", "tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels")
_LASTS = ("lastname", "namelast", "achternaam", "surname", "familyname", "nachname", "familienaam")
# Whose name it is: of who pays before of who gets it
_BUYERS = (
    "billing customer buyer klant koper besteller contact factuur facturering facturatie factuuradres gast "
    "guest client betaler debiteur rechnung sponsor donor donateur lid member parent ouder"
)
_RECEIVERS = (
    "shipping ship delivery recipient verzending verzend verzendadres bezorging bezorg bezorgadres levering "
    "aflever afleveradres ontvanger lieferung versand"
)
_WHOSE = ("", *_BUYERS.split(), *_RECEIVERS.split())


def name_in_parts(names: Sequence[str], last: int | None = None) -> list[int]:
    """The places of the first name, what stands between, and the last name of one person; else nothing.

    names: the plain headers; last: the column of the last name, where that is known. Of several people who
    buys goes before who it is sent to.
    """
    for whose in _WHOSE:
        first, middle, own = (_place(names, words, whose) for words in (_FIRSTS, _MIDDLES, _LASTS))
        if own is not None and first is not None and last in (None, own):
            if middle is None and _place(names, (*_FIRSTS, *_LASTS), "") is None:
                middle = _place(names, _MIDDLES, "")  # of nobody else
            return [first, *([] if middle is None else [middle]), own]
    return []


def _place(names: Sequence[str], words: Sequence[str], whose: str) -> int | None:
    forms = {form for word in words for form in (word + whose, whose + word)}
    return next((at for at, name in enumerate(names) if name in forms), None)
