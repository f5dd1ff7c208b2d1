"""Names that may be of one customer: with a number in front in some rows only, `BV` and `B.V.`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl.dutch import format_count

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.doubts import Looked

# A letter, or what is no sign of ASCII: the engine takes milliseconds to prepare a class of all letters
_LETTER = r"[^\x00-@\[-`{-~]"
_SIGNS = r"[\x00-/:-@\[-`{-\x{A0}\x{AD}´·‐-…]"
_NUMBERED = rf"^\(?[0-9]{{2,}}\)?\s*[-–:|/]?\s*({_LETTER}.*)$"
_BEHIND = rf"^(.*{_LETTER}.*?)\s*[-–|/(]\s*[0-9]{{2,}}\)?$"
_FORM = "(bv|nv|vof|bvba|gmbh|ltd|inc)$"  # of a company
_SHORTEST = 2  # letters of a name


def written_twice(looked: Looked) -> list[str]:
    """Say which names differ in nothing but a number, a point, a blank or the form of the company.

    Capitals are for `doubts.spellings`; addresses and codes mean what they say.
    """
    if looked.names is not None and sum(_may_be(name) for name in looked.names) < 2:
        return []
    looked.count_buyers()
    bare = f"""coalesce(nullif(regexp_extract(klant, '{_NUMBERED}', 1), ''),
        nullif(regexp_extract(klant, '{_BEHIND}', 1), ''), klant)"""
    letters = f"regexp_replace(strip_accents(lower(bare)), '{_SIGNS}', '', 'g')"
    pairs = looked.con.execute(f"""
        with name as (
          select klant, {bare} as bare from buyers
          where klant is not null and contains(klant, ' ') and not contains(klant, '@')
        ), known as (
          select klant, regexp_replace({letters}, '{_FORM}', '') as known from name
          where not regexp_matches(bare, '[0-9]')
        )
        select count(*), min(pair)[1], min(pair)[2] from (
          select [min(klant), max(klant)] as pair from known where length(known) >= {_SHORTEST}
          group by known having count(distinct lower(klant)) > 1)""").fetchall()[0]
    if not pairs[0]:
        return []
    names = format_count(pairs[0], "klant staat", "klanten staan")
    return [f"{names} er onder twee schrijfwijzen, zoals {pairs[1]!r} en {pairs[2]!r}: ze tellen apart"]


def _may_be(name: str | None) -> bool:
    """Whether a customer has a name of several words, and no address or code."""
    return name is not None and " " in name and "@" not in name
