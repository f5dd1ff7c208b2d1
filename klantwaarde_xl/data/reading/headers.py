"""Which header of a file is which of our columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.words import OF_A_PIECE
from klantwaarde_xl.errors import ColumnsMissing, UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.tables import Column, Table

# A remark behind a header, and a code of a currency at its end
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CODE = re.compile(r"[\s(_-]+(?:EUR|USD|GBP|UTC|CET|€|\$|£)\)?\s*$", re.IGNORECASE)
ABSENT = "-"  # said of a column: it is not to be taken from this file
ANY_ID = "id"  # of a customer where it repeats; else it is of the row
_NONE = ("",)  # the plain headers of what is absent
HEADER_WITHIN = 20  # a title and a date above the header are common in exports


def plain(header: str) -> str:
    """A header without case, accents, spaces and punctuation: `Klant-ID ` becomes `klantid`."""
    text = unicodedata.normalize("NFKD", header.replace("€", "").casefold())
    return re.sub(r"[^a-z0-9]", "", text)


def forms(header: str) -> tuple[str, ...]:
    """The plain forms under which a header may be known: whole, and without a currency or a remark.

    `Purchase Amount (USD)` is `purchaseamountusd` and `purchaseamount`, `Bedrag EUR` also `bedrag`.
    """
    whole, bare = plain(header), plain(_REMARK.sub("", header))
    return tuple(dict.fromkeys(text for text in (whole, bare, plain(_CODE.sub("", header))) if text))


def accepted(column: Column) -> tuple[str, ...]:
    """The plain headers under which a column is recognised, the surest first."""
    own = plain(column.name)
    return column.synonyms if own in column.synonyms else (own, *column.synonyms)


def find_columns(
    headers: Sequence[str], wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> dict[str, int] | None:
    """Return the position of each column that is there, or None when a needed one is not.

    wanted: for each of our names the plain headers that will do, the surest first (a customer
    number before an e-mail address, a total before a subtotal). A header serves one column, the first
    that wants it. needed: as `needed_of`.
    """
    known: dict[str, list[int]] = {}
    for at, header in enumerate(headers):
        for text in forms(header):
            known.setdefault(text, []).append(at)
    found: dict[str, int] = {}
    for name, accepts in wanted.items():
        taken = set(found.values())
        free = (at for text in accepts for at in known.get(text, ()) if at not in taken)
        if (hit := next(free, None)) is not None:
            found[name] = hit
    _by_the_piece(headers, found)
    _named_order(headers, found, wanted)
    return None if lacking(needed, found) else found


def _by_the_piece(headers: Sequence[str], found: dict[str, int]) -> None:
    """A price beside a number of pieces is of one piece, and no revenue."""
    at = found.get("bedrag")
    if at is None or "aantal" not in found or not set(forms(headers[at])) & set(OF_A_PIECE):
        return
    found.setdefault("stukprijs", at)
    del found["bedrag"]


def _named_order(headers: Sequence[str], found: dict[str, int], wanted: Mapping[str, Sequence[str]]) -> None:
    """Beside columns of line items a column that is just called `Name` has the name of the order."""
    names = [plain(header) for header in headers]
    free = wanted.get("order", _NONE) != _NONE and "order" not in found
    if free and any(name.startswith("lineitem") for name in names):
        at = names.index("name") if "name" in names else None
        if at is not None and at not in found.values():
            found["order"] = at


def lacking(needed: Sequence[str], found: Mapping[str, int]) -> list[str]:
    """What is needed and not there; `bedrag|aantal+stukprijs` is one of these, or the two together."""
    return [
        need
        for need in needed
        if not any(all(name in found for name in way.split("+")) for way in need.split("|"))
    ]


def wanted_of(table: Table, named: Mapping[str, str] | None) -> dict[str, tuple[str, ...]]:
    """The plain headers that will do for each column of a table; the user's own word goes before ours.

    named: our column name to the file's header, or `ABSENT`. Raises `UsageError` for a name that
    no column has.
    """
    names = [column.name for column in table.read]
    for name in named or {}:
        if name not in names:
            raise UsageError(
                f"Bij {table.name} hoort geen kolom '{name}'.", remedy=f"Kies uit: {', '.join(names)}."
            )
    given = {name: (plain(header),) for name, header in (named or {}).items()}
    # What the user points at is theirs to give: no other column may take it first
    first = {column.name: given[column.name] for column in table.read if column.name in given}
    rest = {column.name: accepted(column) for column in table.read if column.name not in given}
    return first | rest


def needed_of(table: Table, named: Mapping[str, str] | None) -> tuple[str, ...]:
    """The columns without which a table cannot be read: the required ones and those the user named.

    A column that others can stand in for is named with them: `bedrag|aantal+stukprijs`.
    """
    there = [name for name, header in (named or {}).items() if header != ABSENT]
    return tuple(
        "|".join([column.name, "+".join(column.instead)])
        if column.instead and column.name not in there
        else column.name
        for column in table.read
        if column.required or column.name in there
    )


def candidates(headers: Sequence[str], table: Table, found: Mapping[str, int]) -> dict[str, list[str]]:
    """For each of our columns the headers that could also have been meant, where there are any."""
    cleaned = [plain(header) for header in headers]
    others = {
        column.name: [
            headers[at].strip()
            for at, name in enumerate(cleaned)
            if name in accepted(column) and name != ANY_ID and at not in found.values()
        ]
        for column in table.columns
    }
    return {name: there for name, there in others.items() if there}


def other_candidates(others: Mapping[str, Sequence[str]]) -> list[str]:
    """Say in Dutch which headers could also have been meant, so that a choice is never silent."""
    return [
        f"voor {name} kon ook {', '.join(map(repr, headers))}: kies zelf met --kolommen {name}=…"
        for name, headers in others.items()
    ]


def find_header(headers: Sequence[str], wanted: str) -> int:
    """The place of a header that the user names; raises `UsageError` with those that there are."""
    for at, header in enumerate(headers):
        if plain(header) == plain(wanted):
            return at
    there = ", ".join(repr(header) for header in headers if header.strip())
    raise UsageError(f"Er is geen kolom {wanted!r}.", remedy=f"Kies uit: {there}.")


def columns_missing(
    headers: Sequence[str], table: Table, where: str, named: Mapping[str, str] | None = None
) -> ColumnsMissing:
    """The error for a file without the needed columns, naming what was there and what was asked for."""
    cleaned = [plain(header) for header in headers]
    absent = [
        header for header in (named or {}).values() if plain(header) not in cleaned and header != ABSENT
    ]
    required = [column.name for column in table.columns if column.required]
    optional = [column.name for column in table.columns if not column.required]
    needed = ", ".join(required) + (f" (en als u ze hebt: {', '.join(optional)})" if optional else "")
    there = ", ".join(repr(header) for header in headers if header) or "geen koppen"
    example = ",".join(f"{name}=…" for name in required)
    asked = f"De kolom {', '.join(map(repr, absent))} staat niet in het bestand. " if absent else ""
    error = ColumnsMissing(
        f"{asked}Niet alle kolommen zijn gevonden. Nodig: {needed}. Gevonden: {there}.",
        where=where,
        remedy=f"Geef de kolommen deze namen, of zeg welke het zijn met --kolommen {example}.",
    )
    error.absent = tuple(absent)
    return error
