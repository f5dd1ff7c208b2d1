"""Orders that were cancelled and may be sales all the same, paid as well or too late: asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.fates import LOST, Fate, Status
from klantwaarde_xl.data.reading.kinds.statuses import fate_of, usual
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.engine import stands
from klantwaarde_xl.dutch import format_number, format_rows
from klantwaarde_xl.errors import Ambiguous

_LATE = re.compile(
    r"\b(te.?laat|laat|late|last.?minute|too.?late|niet.(op.)?tijd(ig)?|zu.sp[aä]t|kurzfristig)\b"
    r"(?!.*\b(betaald|paid)\b)"
)
_SHOWN = 5  # orders whose number is typed for the user


def ask_cancelled_sales(export: Export, found: list[Status]) -> None:
    """Raise `Ambiguous` for such orders, of which table fate has the statuses; found: their columns."""
    by_user = {plain(header) for header, _ in export.reading.by_user}
    telling = [status for status in found if plain(status.header) not in by_user]
    if telling and not export.reading.counted and stands(export.con, export.values("bedrag")):
        for status in telling:
            _ask_late(export, status)
        _ask_paid_and_cancelled(export, telling)


def _ask_late(export: Export, status: Status) -> None:
    """Raise for words that say that somebody cancelled too late, beside an amount that may be charged."""
    listed = export.statuses.get(status.header)
    if listed and not any(_LATE.search(word.casefold()) for word in listed):
        return
    cell = cell_of(status.place)
    known = export.earlier.statuses.get(status.header, {}) if export.earlier else {}
    seen = export.rows(f"""select {cell}, count(*), sum(v) from raw join lines using (rij)
        join {export.values("bedrag")} using (rij) where {cell} <> '' and v > 0 group by 1 order by 1""")
    late = [one for one in seen if _LATE.search(one[0].casefold()) and one[0] not in known]
    late = [one for one in late if fate_of(one[0], status) in LOST]
    if not late:
        return
    words = [word for word, *_ in late]
    rows, held = format_rows(sum(count for _, count, _ in late)), sum(float(held) for *_, held in late)
    without = " ".join(rows_option("--zonder", status.header, word) for word in words)
    raise Ambiguous(
        f"Kolom {status.header!r} zegt bij {rows}, samen {export.money(held)}, dat er te laat werd afgezegd "
        f"({', '.join(map(repr, words))}): is dat in rekening gebracht?",
        where=f"kolom {status.header}",
        remedy=f"Zo ja, dan telt het: {_only(export, status, words)}. Zo nee: {without}.",
    )


def _ask_paid_and_cancelled(export: Export, telling: list[Status]) -> None:
    """Raise for orders that stand there paid and cancelled, with one amount; telling: the statuses.

    Rows with articles have a status each, and so do parts of an order, which differ in their amounts.
    """
    articles = any(set(forms(header)) & OF_AN_ARTICLE for header in export.headers)
    if articles or not export.has("order"):
        return
    cancelled = f"select rij from fate where fate = {int(Fate.CANCELLED)}"
    if not export.rows(f"{cancelled} limit 1"):
        return
    number, customer = export.shown("order"), export.shown("klant") if export.has("klant") else "''"
    # Of few rows the others with their number are looked up, and not the other way round
    export.con.execute(f"""
        create or replace temp table with_cancelled as
        select rij, {number} as nr, {customer} as klant from raw where {number} in (
          select {number} from raw where {number} <> '' and rij in ({cancelled}))""")
    both = export.rows(f"""
        select nr, any_value(v), min(rij) from with_cancelled join fate using (rij)
        join {export.values("bedrag")} using (rij) group by nr, klant
        having bool_or(fate = {int(Fate.PAID)}) and bool_or(fate = {int(Fate.CANCELLED)})
          and min(v) = max(v) and min(v) > 0 order by 3""")
    export.con.execute("drop table with_cancelled")
    if not both:
        return
    header = export.headers[export.places["order"]].strip()
    without = " ".join(rows_option("--zonder", header, order) for order, _, _ in both[:_SHOWN])
    more = " …" if len(both) > _SHOWN else ""
    count = "1 order staat" if len(both) == 1 else f"{format_number(len(both), 0)} orders staan"
    raise Ambiguous(
        f"{count} er betaald en ook geannuleerd in, met hetzelfde bedrag, zoals {both[0][0]} "
        f"({format_number(float(both[0][1]), 2)}): later geannuleerd, of bij een tweede poging betaald?",
        where=f"kolom {header!r}, rij {both[0][2]}",
        remedy=f"Telt zij niet: {without}{more}. Telt wat betaald is: {_only(export, telling[0])}.",
    )


def _only(export: Export, status: Status, more: Sequence[str] = ()) -> str:
    """The option by which the words of a status count that counted without it, and more."""
    cell, kinds = cell_of(status.place), usual(export)
    words = [
        word
        for (word,) in export.rows(
            f"select distinct {cell} from raw join lines using (rij) where {cell} <> '' order by 1"
        )
        if fate_of(word, status) in kinds or word in more
    ]
    return rows_option("--alleen", status.header, *words)
