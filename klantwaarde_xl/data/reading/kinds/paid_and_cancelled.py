"""Orders that stand in an export paid and cancelled, with one amount: which of the two holds is asked."""

from __future__ import annotations

from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.kinds.fates import Fate, Status
from klantwaarde_xl.data.reading.kinds.statuses import fate_of, usual
from klantwaarde_xl.data.reading.naming.headers import forms, plain
from klantwaarde_xl.data.reading.naming.words import OF_AN_ARTICLE
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.data.reading.sources.engine import stands
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

_SHOWN = 5  # orders whose number is typed for the user


def ask_paid_and_cancelled(export: Export, found: list[Status]) -> None:
    """Raise `Ambiguous` for such orders, of which table fate has the statuses; found: their columns.

    Rows with articles have a status each, and so do parts of an order, which differ in their amounts.
    """
    by_user = {plain(header) for header, _ in export.reading.by_user}
    telling = [status for status in found if plain(status.header) not in by_user]
    articles = any(set(forms(header)) & OF_AN_ARTICLE for header in export.headers)
    if not telling or articles or export.reading.counted or not export.has("order"):
        return
    cancelled = f"select rij from fate where fate = {int(Fate.CANCELLED)}"
    if not stands(export.con, export.values("bedrag")) or not export.rows(f"{cancelled} limit 1"):
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


def _only(export: Export, status: Status) -> str:
    """The option by which the words of a status count that counted without it."""
    cell, kinds = cell_of(status.place), usual(export)
    words = [
        word
        for (word,) in export.rows(
            f"select distinct {cell} from raw join lines using (rij) where {cell} <> '' order by 1"
        )
        if fate_of(word, status) in kinds
    ]
    return rows_option("--alleen", status.header, *words)
