"""Customers whose first and last names stand in columns of their own: together they say who it is."""

from __future__ import annotations

from collections.abc import Sequence

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import FIRST_NAMES, LAST_NAMES, MIDDLE_NAMES
from klantwaarde_xl.data.reading.sources.engine import make_table


def join_names(export: Export) -> None:
    """Make the customer of a row its whole name, where its last name stands for it beside a first one.

    A recipe, and a user, name the last name too: alone it says who nobody is.
    """
    if not export.has("klant"):
        return
    names = [plain(header) for header in export.headers]
    last = export.places["klant"]
    if names[last] not in LAST_NAMES:
        return
    parts = [*_among(names, FIRST_NAMES)[:1], *_among(names, MIDDLE_NAMES)[:1], last]
    if len(parts) == 1:
        return
    cells = ", ".join(f"nullif({cell_of(place)}, '')" for place in parts)
    text = export.text("klant")
    make_table(
        export.con,
        "raw",
        f"select raw.* replace (concat_ws(' ', {cells}) as {text}) from raw join lines using (rij)",
    )
    shown = ", ".join(repr(export.headers[place].strip()) for place in parts)
    export.say("klant", f"de naam staat in delen ({shown}): samen zeggen zij wie het is")


def _among(names: Sequence[str], words: Sequence[str]) -> list[int]:
    """The places of the headers that are one of these words."""
    return [place for place, name in enumerate(names) if name in words]
