"""Customers whose first and last names stand in columns of their own: together they say who it is."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.names_in_parts import name_in_parts
from klantwaarde_xl.data.reading.sources.engine import make_table

_POSTCODE = re.compile("postcode|postalcode|zipcode|^zip|zip$|^plz|plz$|postleitzahl")
_INITIALS = re.compile(r"[^\W\d_]\.?|([^\W\d_]{1,2}\.){1,4}|[A-Z]{2,3}")
_MOSTLY = 0.9


def join_names(export: Export) -> None:
    """Make the customer of a row its whole name, where its last name stands for it beside a first one.

    A recipe, and a user, name the last name too: alone it says who nobody is. Initials and a last name are of
    many people: the code of the place goes with them.
    """
    if not export.has("klant"):
        return
    names = [plain(header) for header in export.headers]
    parts = name_in_parts(names, export.places["klant"])
    if not parts:
        return
    cells = ", ".join(f"nullif({cell_of(place)}, '')" for place in parts)
    code = _postcode(names) if _are_initials(export, parts[0]) else None
    if code is not None:
        cells += f", nullif(upper(replace({cell_of(code)}, ' ', '')), '')"
        parts = [*parts, code]
    text = export.text("klant")
    make_table(
        export.con,
        "raw",
        f"select raw.* replace (concat_ws(' ', {cells}) as {text}) from raw join lines using (rij)",
    )
    shown = ", ".join(repr(export.headers[place].strip()) for place in parts)
    export.say("klant", f"de naam staat in delen ({shown}): samen zeggen zij wie het is")


def _postcode(names: list[str]) -> int | None:
    """The one column of a code of a place, by the plain headers; None for none, and for two."""
    places = [at for at, name in enumerate(names) if _POSTCODE.search(name)]
    return places[0] if len(places) == 1 else None


def _are_initials(export: Export, place: int) -> bool:
    """Whether nearly all first names are initials, which many people share."""
    texts = export.sample.column(place).filled
    short = sum(_INITIALS.fullmatch(text) is not None for text in texts)
    return short >= _MOSTLY * len(texts) > 0
