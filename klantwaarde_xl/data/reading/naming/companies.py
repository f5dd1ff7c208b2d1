"""A company beside the one who is spoken to there: the company is the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_PERSONS = frozenset(["contactpersoon", "contactnaam", "contactname", "contactperson", "ansprechpartner"])
_COMPANIES = ("bedrijfsnaam", "bedrijf", "companyname", "company", "firma", "organisatie", "organization")


def company_of(
    names: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of the company for `klant`, where a person at one was taken and every row has one.

    names: the plain headers; below: the first records. Two companies may each have their Jan.
    """
    person = found.get("klant")
    if person is None or names[person] not in _PERSONS:
        return {}
    place = next((names.index(name) for name in _COMPANIES if name in names), None)
    if place is None or place in found.values():
        return {}
    rows = [record for record in below if person < len(record) and record[person].strip()]
    filled = rows and all(place < len(record) and record[place].strip() for record in rows)
    return {"klant": place} if filled else {}
