"""Long numbers that a sheet rounded when it saved them (`5,27763E+12`): several numbers became one."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import ABSENT
from klantwaarde_xl.data.reading.sources.marked import MARK
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_ROUNDED = re.compile(r"[0-9](?:[.,]([0-9]*))?[eE]\+([0-9]+)")
_LOST = {
    "order": "Welke rijen bij één order horen, is zo niet te zien.",
    "klant": "Wie dezelfde klant is, is zo niet te zien.",
}
_INSTEAD = {"order": "Lees anders elke rij als een order", "klant": "Lees anders alleen de omzet"}


def ask_rounded(export: Export) -> None:
    """Raise `Ambiguous` where such a number of an order or a customer stands on several rows.

    One with all its digits before the exponent is rounded nowhere (`1,2E+1` is 12), and says which it is.
    """
    for name in ("order", "klant"):
        if not export.has(name) or name in export.named:
            continue
        if not export.sample.may_hold(export.places[name], lambda text: "e+" in text):
            continue
        shown = f"replace({export.shown(name)}, '{MARK}', '')"
        text = export.text(name)  # sooner searched for two letters than for the pattern
        like = f"(contains({text}, 'E+') or contains({text}, 'e+')) and "
        like += f"regexp_full_match({shown}, '{_ROUNDED.pattern}')"
        if not export.rows(f"select 1 from raw where {like} limit 1"):
            continue
        found = export.rows(f"""select {shown}, count(*), min(rij) from raw where {like}
            group by 1 having count(*) > 1 order by 3""")
        for text, rows, first in found:
            if is_rounded(text):
                header = export.header(name)
                raise Ambiguous(
                    f"Kolom {header} heeft nummers die bij het opslaan zijn afgerond: {text} staat bij "
                    f"{format_rows(rows)}. {_LOST[name]}",
                    where=export.source.at(first),
                    remedy="Exporteer opnieuw, en lees dat bestand zonder het eerst in een rekenblad op te "
                    f"slaan. {_INSTEAD[name]}: --kolommen {name}={ABSENT}.",
                )


def is_rounded(text: str) -> bool:
    """Whether a number has fewer digits than it is long."""
    found = _ROUNDED.fullmatch(text)
    return found is not None and len(found[1] or "") < int(found[2])
