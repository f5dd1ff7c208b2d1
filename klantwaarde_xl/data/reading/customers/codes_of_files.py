"""Numbers of customers that files give out each for itself: one number is somebody else in another file."""

from __future__ import annotations

from klantwaarde_xl.data.reading.customers.named_customers import name_places
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.naming.headers import as_option, forms
from klantwaarde_xl.data.reading.naming.words import CODES
from klantwaarde_xl.data.reading.sources.source import PART
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_FEWEST = 2


def ask_codes_of_files(export: Export) -> None:
    """Raise `Ambiguous` where most numbers that two files have are of one name in each, and not the same."""
    place = export.places["klant"]
    if len(export.source.parts) < _FEWEST or "klant" in export.named:
        return
    names = name_places(export)
    if not names or not set(forms(export.headers[place])) & set(CODES):
        return
    cells = ", ".join(f"nullif(lower({cell_of(at)}), '')" for at in names)
    both, other, code = export.rows(f"""
        with named as (
          select {export.text("klant")} as k, rij // {PART} as part, concat_ws(' ', {cells}) as name
          from raw join lines using (rij)
        ), one as (
          select k, part, min(name) as name from named where k <> '' and name <> ''
          group by all having min(name) = max(name)
        ), shared as (
          select k, count(distinct name) as names from one group by k having count(*) > 1)
        select count(*), count(*) filter (names > 1), min(k) filter (names > 1) from shared""")[0]
    if other < _FEWEST or 2 * other <= both:
        return
    shown = " en ".join(repr(export.headers[at].strip()) for at in names)
    by_name = as_option(export.headers, "klant", names[-1])
    raise Ambiguous(
        f"{format_number(other, 0)} van de {format_number(both, 0)} nummers in {export.header('klant')} die "
        f"in meer dan één bestand of blad staan, hebben daar een andere naam ({shown}), zoals {code}: "
        "heeft elk bestand zijn eigen nummers?",
        where=str(export.source),
        remedy=f"Zo ja, dan zegt de naam wie het is: {by_name}. Is het toch dezelfde klant: "
        f"{as_option(export.headers, 'klant', place)}.",
    )
