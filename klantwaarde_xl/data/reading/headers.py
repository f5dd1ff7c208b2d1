"""Which header of a file is which of our columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from klantwaarde_xl.errors import ColumnsMissing, UsageError

if TYPE_CHECKING:
    from klantwaarde_xl.data.tables import Column, Table

HEADER_WITHIN = 20  # a title and a date above the header are common in exports


def plain(header: str) -> str:
    """A header without case, accents, spaces and punctuation: `Klant-ID ` becomes `klantid`."""
    text = unicodedata.normalize("NFKD", header.replace("€", "").casefold())
    return re.sub(r"[^a-z0-9]", "", text)


def accepted(column: Column) -> tuple[str, ...]:
    """The plain headers under which a column is recognised, the surest first."""
    return (plain(column.name), *column.synonyms)


def find_columns(
    headers: Sequence[str], wanted: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> dict[str, int] | None:
    """Return the position of each column that is there, or None when a needed one is not.

    wanted: for each of our names the plain headers that will do, the surest first (a customer
    number before an e-mail address, a total before a subtotal). A header serves one column, the first
    that wants it.
    """
    cleaned = [plain(header) for header in headers]
    found: dict[str, int] = {}
    for name, accepts in wanted.items():
        free = {text: at for at, text in reversed([*enumerate(cleaned)]) if at not in found.values()}
        hit = next((free[text] for text in accepts if text in free), None)
        if hit is not None:
            found[name] = hit
        elif name in needed:
            return None
    return found


def wanted_of(table: Table, named: Mapping[str, str] | None) -> dict[str, tuple[str, ...]]:
    """The plain headers that will do for each column of a table; the user's own word goes before ours.

    named: our column name to the file's header. Raises `UsageError` for a name that no column has.
    """
    names = [column.name for column in table.columns]
    for name in named or {}:
        if name not in names:
            raise UsageError(
                f"Bij {table.name} hoort geen kolom '{name}'.", remedy=f"Kies uit: {', '.join(names)}."
            )
    given = {name: (plain(header),) for name, header in (named or {}).items()}
    # What the user points at is theirs to give: no other column may take it first
    first = {column.name: given[column.name] for column in table.columns if column.name in given}
    rest = {column.name: accepted(column) for column in table.columns if column.name not in given}
    return first | rest


def needed_of(table: Table, named: Mapping[str, str] | None) -> tuple[str, ...]:
    """The columns without which a table cannot be read: the required ones and those the user named."""
    return tuple(c.name for c in table.columns if c.required or c.name in (named or {}))


def other_candidates(headers: Sequence[str], table: Table, found: Mapping[str, int]) -> list[str]:
    """Say in Dutch which headers could also have been meant, so that a choice is never silent."""
    cleaned = [plain(header) for header in headers]
    said = []
    for column in table.columns:
        others = [
            repr(headers[at])
            for at, name in enumerate(cleaned)
            if name in accepted(column) and at not in found.values()
        ]
        if others:
            said.append(
                f"voor {column.name} kon ook {', '.join(others)}: kies zelf met --kolommen {column.name}=…"
            )
    return said


def columns_missing(
    headers: Sequence[str], table: Table, where: str, named: Mapping[str, str] | None = None
) -> ColumnsMissing:
    """The error for a file without the needed columns, naming what was there and what was asked for."""
    cleaned = [plain(header) for header in headers]
    absent = [header for header in (named or {}).values() if plain(header) not in cleaned]
    required = [column.name for column in table.columns if column.required]
    optional = [column.name for column in table.columns if not column.required]
    needed = ", ".join(required) + (f" (en als u ze hebt: {', '.join(optional)})" if optional else "")
    there = ", ".join(repr(header) for header in headers if header) or "geen koppen"
    example = ",".join(f"{name}=…" for name in required)
    asked = f"De kolom {', '.join(map(repr, absent))} staat niet in het bestand. " if absent else ""
    return ColumnsMissing(
        f"{asked}Niet alle kolommen zijn gevonden. Nodig: {needed}. Gevonden: {there}.",
        where=where,
        remedy=f"Geef de kolommen deze namen, of zeg welke het zijn met --kolommen {example}.",
    )
