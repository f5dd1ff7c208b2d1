"""A company that stands on every row, beside names that differ: that of the user, and no customer."""

from __future__ import annotations

from collections.abc import Mapping

from klantwaarde_xl.data.reading.cells.rows import Rows
from klantwaarde_xl.data.reading.naming.headers import as_option, forms
from klantwaarde_xl.data.reading.naming.words import NAMES

_COMPANY_WORDS = "organisatie organization organisation bedrijfsnaam bedrijf company companyname"
_COMPANIES = frozenset(_COMPANY_WORDS.split())
_PEOPLE = frozenset(NAMES) - _COMPANIES - {"id"}
_FEWEST = 2  # names


def take_names(rows: Rows, places: dict[str, int], named: Mapping[str, str]) -> str:
    """Let the names beside it say who somebody is where one company is on all rows; return what to say."""
    own = places.get("klant")
    if own is None or "klant" in named or _COMPANIES.isdisjoint(forms(rows.headers[own])):
        return ""
    if len({row[own].casefold() for row in rows.first if row[own]}) != 1:
        return ""
    taken = {*places.values()}
    others = [
        at for at, one in enumerate(rows.headers) if at not in taken and not _PEOPLE.isdisjoint(forms(one))
    ]
    if len(others) != 1:
        return ""
    company, name = (f"nullif(lower({rows.cell(at)}), '')" for at in (own, others[0]))
    companies, people = (
        rows.con.execute(f"""select count(distinct {company}), count(distinct {name}) from lines
        where rij > {rows.header_row}""").fetchall()[0]
    )
    if companies != 1 or people < _FEWEST:
        return ""
    places["klant"] = others[0]
    return (
        f"kolom {rows.headers[own].strip()!r} heeft op elke rij hetzelfde bedrijf: "
        f"{rows.headers[others[0]].strip()!r} zegt wie de klant is; zo niet: "
        f"{as_option(rows.headers, 'klant', own)}"
    )
