"""Loyalty in deeds beside loyalty in words: who bought again after answering."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data.reading.surveys.scales import TEN
from klantwaarde_xl.data.results import Figure, Made, Result
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.survey_whole import name_of_whole

DAYS = 90  # within so many days of the answer; who answered later ago than this has not had them all
# The last answer of each customer that lies far enough back, of those whose orders are known
_AGAIN = f"""
    with said as (
      select klant, max(datum) as datum,
        arg_max(score, (datum, rij)) filter (coalesce(vraag, '') = $question and schaal = '{TEN}') as score
      from enquete
      where klant is not null and score is not null and datum <= $day - interval {DAYS} day group by klant
    ),
    bought as (select distinct klant from tx where dag <= $day)
    select said.klant, said.score, exists (
        select 1 from tx where tx.klant = said.klant and tx.bedrag > 0
          and tx.dag > said.datum and tx.dag <= said.datum + interval {DAYS} day) as again
    from said join bought using (klant) order by said.klant"""
NO_ORDERS = "plak orders op Gegevens"
_NONE_YET = f"nog niemand {DAYS} dagen geleden"


def answered(context: Context) -> list[tuple[Any, ...]]:
    """Customer, score from 0 to 10 or None, and whether he bought again; one who could, a row."""
    if "transacties" not in context.tables or not context.transactions.count():
        return []
    return context.rows("enquete", _AGAIN, day=context.day, question=name_of_whole(context))


def share_of(again: list[bool]) -> tuple[float, float, float] | tuple[None, None, None]:
    """The share of those who did, with Wilson's limits; nothing of nobody."""
    from klantwaarde_xl.kernels.measures import wilson

    if not again:
        return None, None, None
    return sum(again) / len(again), *wilson(float(sum(again)), float(len(again)))


def _again(context: Context) -> Made:
    rows = context.once(answered)
    share, low, high = share_of([bool(row[2]) for row in rows])
    some = "transacties" in context.tables and context.transactions.count()
    figures = {
        "opnieuw_deel": share,
        "opnieuw_laag": low,
        "opnieuw_hoog": high,
        "opnieuw_klanten": len(rows),
        "opnieuw_bericht": None if rows else _NONE_YET if some else NO_ORDERS,
    }
    return Made((), figures)


AGAIN = Result(
    name="opnieuw",
    title="Wie na zijn antwoord opnieuw kocht",
    compute=_again,
    figures=(
        Figure("opnieuw_deel", "Kocht opnieuw", "procent", f"Binnen {DAYS} dagen na zijn antwoord."),
        Figure("opnieuw_laag", "Kocht opnieuw, laag", "procent"),
        Figure("opnieuw_hoog", "Kocht opnieuw, hoog", "procent"),
        Figure(
            "opnieuw_klanten",
            "Geteld voor opnieuw kopen",
            "aantal",
            f"Antwoordde {DAYS} dagen geleden of eerder.",
        ),
        Figure("opnieuw_bericht", "Waarom dat niet te tellen is", "tekst"),
    ),
    settings=("kw_peildatum",),
    needs=("transacties", "enquete"),
)
