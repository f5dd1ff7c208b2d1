"""How long contracts last: who could leave, left and stayed in each period since the start.

A period of a contract counts when all of it lies before the day of counting, for who left in it as for
who stayed; what is later is not known yet. So the shares are those of Kaplan and Meier (1958), and the
counts by age are all that a model of staying needs (`kernels.models.contract.fit`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.dutch import format_number

# Of each contract: the whole months up to the day, and the month in which it ended. A contract to the
# last day of a month and one to the first of the next end at the same renewal
_MONTHS = """
    select coalesce(plan, '') as plan, start, if(eind <= $day, eind, null) as eind,
      date_diff('month', start, $day) as since, date_diff('month', start, eind) as lasted
    from contracten where start <= $day"""
_SPELLS = f"""
    select plan, since - (start + to_months(cast(since as int)) > $day)::int as seen,
      if(eind is null, null, greatest(1, lasted + (start + to_months(cast(lasted as int)) < eind)::int))
        as ended, count(*)
    from ({_MONTHS}) group by all order by all"""
_TO_COME = "select count(*) from contracten where start > $day"
_UNITS = {"maand": 1, "jaar": 12}
_MOST = 24  # periods of a row of survivors; who stayed longer was there after so many
_ALL, _NO_PLAN = "alle", "zonder plan"


class Step(NamedTuple):
    """A period since the start: how many could leave in it, how many did, and the share still there after."""

    period: int
    at_risk: int
    left: int
    surviving: float


Spells = Sequence[tuple[int, int | None, int]]  # whole months seen, month of leaving or None, contracts


def in_periods(spells: Spells, months: int) -> list[tuple[int, int | None, int]]:
    """Spells in periods of so many months; who left in a period that is not over is still there."""
    counted = []
    for seen, ended, count in spells:
        whole, last = seen // months, None if ended is None else -(-ended // months)
        counted.append((whole, last if last is not None and last <= whole else None, count))
    return counted


def kaplan_meier(spells: Spells) -> list[Step]:
    """The steps of each period in which anybody could leave; spells in periods, as `in_periods`.

    Source: Kaplan & Meier (1958), Nonparametric estimation from incomplete observations.
    """
    steps, surviving = [], 1.0
    for period in range(1, max((seen for seen, _, _ in spells), default=0) + 1):
        at_risk = sum(n for seen, ended, n in spells if seen >= period and (ended is None or ended >= period))
        if not at_risk:
            break
        left = sum(n for _, ended, n in spells if ended == period)
        surviving *= 1 - left / at_risk
        steps.append(Step(period, at_risk, left, surviving))
    return steps


def survivors(spells: Spells, most: int = _MOST) -> list[list[int | None]]:
    """A row for each number of periods seen: the contracts at the start and after 1, 2, … periods.

    spells in periods, as `in_periods`; what is beyond the seen is None, and beyond `most` left out.
    """
    ages = sorted({min(seen, most) for seen, _, _ in spells})
    rows: list[list[int | None]] = []
    for age in ages:
        own = [(ended, n) for seen, ended, n in spells if min(seen, most) == age]
        counts: list[int | None] = [
            sum(n for ended, n in own if ended is None or ended > period) for period in range(age + 1)
        ]
        rows.append(counts + [None] * (most - age))
    return rows


def _spells(context: Context) -> dict[str, list[tuple[int, int | None, int]]]:
    """The spells in months of all contracts together, and of each plan where there are plans."""
    found = context.rows("contracten", _SPELLS, day=context.day)
    by_plan: dict[str, list[tuple[int, int | None, int]]] = {_ALL: [row[1:] for row in found]}
    if any(plan for plan, *_ in found):
        for plan, *spell in found:
            by_plan.setdefault(plan or _NO_PLAN, []).append((spell[0], spell[1], spell[2]))
    return by_plan


def _survival(context: Context) -> Made:
    rows: list[Row] = []
    for plan, spells in context.once(_spells).items():
        for unit, months in _UNITS.items():
            counted = in_periods(spells, months)
            started = sum(n for _, _, n in counted)
            steps = kaplan_meier(counted)
            rows.append((plan, unit, 0, started, 0, 1.0, None))
            rows += [(plan, unit, *step, 1 - step.left / step.at_risk) for step in steps]
    return Made(rows, _figures(context))


def _figures(context: Context) -> dict[str, Any]:
    day = context.day
    spells = context.once(_spells)[_ALL]
    steps = kaplan_meier(in_periods(spells, _UNITS["maand"]))
    started, ended = sum(n for *_, n in spells), sum(n for _, end, n in spells if end is not None)
    to_come = context.rows("contracten", _TO_COME, day=day)[0][0]
    median = next((step.period for step in steps if step.surviving <= 0.5), None)
    said = []
    if to_come:
        begins, counts = ("contract begint", "telt") if to_come == 1 else ("contracten beginnen", "tellen")
        said.append(f"{format_number(to_come, 0)} {begins} na {day:%d-%m-%Y} en {counts} niet mee.")
    if median is None and steps:
        share = format_number(100 * steps[-1].surviving, 1)
        said.append(f"De helft is nog niet vertrokken: na {steps[-1].period} maanden loopt nog {share}%.")
    return {
        "overleving_contracten": started,
        "overleving_lopend": started - ended,
        "overleving_beeindigd": ended,
        "overleving_mediaan": median,
        "overleving_bericht": " ".join(said) or None,
    }


def _series(context: Context) -> Made:
    rows: list[Row] = []
    for plan, spells in context.once(_spells).items():
        for unit, months in _UNITS.items():
            rows += [
                (plan, unit, sum(one is not None for one in counts) - 1, *counts)
                for counts in survivors(in_periods(spells, months))
            ]
    return Made(rows)


_PLAN = Column("plan", "tekst", "Alle contracten, of die van één plan.")
_UNIT = Column("periode in", "tekst", "Maand of jaar.")

SURVIVAL = Result(
    name="overleving",
    title="Overleving van contracten",
    compute=_survival,
    table="tblOverleving",
    columns=(
        _PLAN,
        _UNIT,
        Column("periode", "aantal", "Hele perioden sinds de start."),
        Column("konden vertrekken", "aantal", "Contracten die in de hele periode te volgen zijn."),
        Column("vertrokken", "aantal", "Van hen beëindigd in de periode."),
        Column("nog klant", "procent", "Deel dat er na de periode nog is (Kaplan-Meier)."),
        Column("retentie", "procent", "Deel van wie kon vertrekken dat bleef."),
    ),
    key=("plan", "periode in", "periode"),
    figures=(
        Figure("overleving_contracten", "Contracten", "aantal", "Begonnen tot en met de peildag."),
        Figure("overleving_lopend", "Lopende contracten", "aantal"),
        Figure("overleving_beeindigd", "Beëindigde contracten", "aantal"),
        Figure("overleving_mediaan", "Mediane duur", "aantal", "Maanden waarna hooguit de helft nog loopt."),
        Figure("overleving_bericht", "Melding over de contracten", "tekst"),
    ),
    settings=("kw_peildatum",),
    needs=("contracten",),
    counted=("periode", "perioden"),
)
SERIES = Result(
    name="overlevers",
    title="Overblijvende contracten",
    compute=_series,
    table="tblOverlevers",
    columns=(
        _PLAN,
        _UNIT,
        Column("gevolgd", "aantal", f"Hele perioden te volgen, hooguit {_MOST}: een cohort per rij."),
        *(
            Column(f"na {period}", "aantal", "Contracten die er dan nog zijn; leeg is nog niet bekend.")
            for period in range(_MOST + 1)
        ),
    ),
    key=("plan", "periode in", "gevolgd"),
    settings=("kw_peildatum",),
    needs=("contracten",),
    counted=("cohort", "cohorten"),
)
