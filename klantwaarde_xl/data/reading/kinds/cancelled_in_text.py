"""Remarks that say that an order did not go through (`geannuleerd`, `no show`), where no status does."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.patterns import patterns_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import ANYTHING, rows_option
from klantwaarde_xl.dutch import format_rows
from klantwaarde_xl.errors import Ambiguous

_REMARKS = re.compile(
    "opmerking|notitie|^notes?$|(order|customer|klant|staff|internal|interne)notes?|remark|comment|memo$|toelichting|"
    "bemerkung|bijzonderhe|mededeling|omschrijving|description|betreft|^tekst$|^info$|commentaar|remarque"
)
_SUBJECTS = """
    order bestelling boeking afspraak reservering les klus opdracht factuur booking reservation appointment
    klant customer"""
_LINKS = "is|werd|was|heeft|has been|toch|alsnog|helaas"
_SUBJECT = f"(?:(?:de |deze |the )?(?:{'|'.join(_SUBJECTS.split())})[ :,-]*)?(?:(?:{_LINKS}) +)*"
_WORDS = (
    "(?:geannuleerd|annulering|geannulleerd|ge-?cancell?ed|cancell?ed|cancel|annul[ée]e?|storniert|vervallen|"
    "no.?show|niet (?:doorgegaan|opgehaald|geleverd|verschenen|gekomen)|(?:gaat|ging) niet door|afgezegd|"
    "afgeblazen|void(?:ed)?|(?:foutief|verkeerd|fout) aangeslagen|ingetrokken|teruggedraaid|"
    "onbetaald gebleven|niet betaald|nooit betaald|oninbaar)"
)
_SAYS = rf"\W*{_SUBJECT}{_WORDS}(?:\W.*)?|.*[:;,.-] ?{_WORDS}\W*"
_AND_YET = rf"{_WORDS}.*\b(toch|alsnog|opnieuw|weer|still|again|anyway)\b"
_BEHIND = rf".+[(\[*-] ?{_WORDS}\W*"  # a name
_HINT = "void|aangesl|annul|cancel|storn|vervallen|show|niet |afge|ingetr|terugged|betaald|oninb"


def ask_cancelled(export: Export) -> None:
    """Raise `Ambiguous` for sales of which a remark says so; those that do not count already are none."""
    if not export.has("bedrag"):
        return
    told = {plain(header) for header, _ in export.reading.by_user}
    if export.has("klant") and plain(export.headers[export.places["klant"]]) not in told:
        said = f"regexp_matches(lower({{0}}), '{_HINT}') and regexp_full_match(lower({{0}}), '{_BEHIND}')"
        may_be = export.may_be_a_customer(re.compile(_HINT).search)
        if may_be and export.rows(f"select 1 from customers where {said.format('k')} limit 1"):
            place = export.places["klant"]
            _look(export, place, said.format(cell_of(place)))
    for place, header in enumerate(export.headers):
        name = plain(header)
        if place in export.places.values() or name in told or not _REMARKS.search(name):
            continue
        if not export.sample.may_hold(place, re.compile(_HINT).search):
            continue
        cell = cell_of(place)
        text = f"lower({cell})"
        which = (
            f"regexp_matches({text}, '{_HINT}') and regexp_full_match({text}, '{_SAYS}') "
            f"and not regexp_matches({text}, '{_AND_YET}')"
        )
        # The cells themselves are sooner looked through than the rows that they are of
        hint = f"regexp_matches(lower(cast(c{place} as varchar)), '{_HINT}')"
        if export.rows(f"select 1 from lines where rij > {export.header_row} and {hint} limit 1"):
            _look(export, place, which)


def _look(export: Export, place: int, which: str) -> None:
    count, held, first, rest = export.rows(f"""
        select count(*) filter (said), sum(v) filter (said), min(rij) filter (said),
              count(*) filter (not said)
        from (select rij, v, {which} as said from raw join lines using (rij)
              join {export.values("bedrag")} using (rij) where v > 0)""")[0]
    if count and rest:
        _ask(export, place, which, count, held, first)


def _ask(export: Export, place: int, which: str, count: int, held: float, first: int) -> None:
    header, cell = export.headers[place].strip(), cell_of(place)
    example = export.rows(f"select {cell} from lines where rij = {first}")[0][0]
    patterns = patterns_of(export, cell, which, ())
    without = " ".join(rows_option("--zonder", header, one) for one in patterns)
    rows = format_rows(count)
    raise Ambiguous(
        f"Kolom {header!r} zegt bij {rows}, samen {export.money(held)}, dat het niet doorging ({example!r}).",
        where=export.source.at(first),
        remedy=f"Telt dat niet: {without or 'haal die rijen uit het bestand'}. Telt het toch: "
        f"{rows_option('--alleen', header, ANYTHING)}.",
    )
