"""The guest of a booking as its customer: a column of names, and none that says yes to being a guest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_GUESTS = frozenset(["guest", "gast"])
_NAME = re.compile(r"(?!(ja|nee|yes|no|true|false|waar|onwaar|guest|gast)$).*[^\W\d_]{2}", re.IGNORECASE)


def guest_in(
    headers: Sequence[str], found: Mapping[str, int], below: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The place of `klant` in a file without another, where names stand below `Gast`; else nothing."""
    for at, header in enumerate(headers) if "klant" not in found else ():
        said = {record[at].strip() for record in below if at < len(record)} - {""}
        named = bool(said) and all(map(_NAME.match, said))
        if header.strip().casefold() in _GUESTS and at not in found.values() and named:
            return {"klant": at}
    return {}
