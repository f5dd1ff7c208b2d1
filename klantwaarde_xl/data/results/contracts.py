"""How long contracts last: who could leave, left and stayed in each period since the start.

What counts stands in `kernels.spells`, which the functions in cells share; the counts by age are all that a
model of staying needs (`kernels.models.contract.fit`). Contracts of one customer that overlap or follow each
other are one, within a plan for the plan, over all plans for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.dutch import date_to_serial, format_number
from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.spells import Codes, Period, Spells, contracts_of, spells
from klantwaarde_xl.kernels.survival import half_gone, kaplan_meier, survivors
from klantwaarde_xl.kernels.unseen import unseen_ends
from klantwaarde_xl.wording.plans import missing

_ROWS = """
    select date_diff('day', date '1899-12-30', start) as start,
      date_diff('day', date '1899-12-30', eind) as eind,
      coalesce(plan, '') as plan, cast(bedrag as double) as bedrag, coalesce(termijn, '') as termijn,
      if(klant is null, -rij, dense_rank() over (order by klant)) as klant
    from contracten order by rij"""
_UNITS = {"maand": Period.MONTH, "jaar": Period.YEAR}
_MOST = 24  # periods of a row of survivors; who stayed longer was there after so many
ALL, NO_PLAN = "alle", "zonder plan"


@dataclass(frozen=True)
class Held:
    """The contracts as they were read, a row each; an end or amount that is missing is NaN."""

    start: Floats
    end: Floats
    plan: npt.NDArray[np.object_]
    amount: Floats
    term: npt.NDArray[np.object_]
    customer: Codes

    def of(self, mask: npt.NDArray[np.bool_]) -> Held:
        """Some of the rows."""
        return Held(*(column[mask] for column in vars(self).values()))

    def plans(self) -> list[tuple[str, Held]]:
        """The contracts of each plan under its name, in order; none where no contract has a plan."""
        names = [str(name) for name in np.unique(self.plan)] if np.any(self.plan != "") else []
        return [(name or NO_PLAN, self.of(self.plan == name)) for name in names]


def held(context: Context) -> Held:
    """The table of contracts as columns."""
    found = context.tables["contracten"].con.execute(_ROWS).fetchnumpy()
    numbers = {
        name: np.ma.filled(np.ma.asarray(found[name], dtype=np.float64), np.nan)
        for name in ("start", "eind", "bedrag")
    }
    return Held(
        numbers["start"],
        numbers["eind"],
        np.asarray(found["plan"], dtype=object),
        numbers["bedrag"],
        np.asarray(found["termijn"], dtype=object),
        np.asarray(found["klant"], dtype=np.intp),
    )


def _spells(context: Context, rows: Held, period: Period) -> Spells | None:
    """The spells of contracts up to the day; None where none has begun."""
    try:
        contracts = contracts_of(rows.start, rows.end, rows.customer)
        return spells(contracts, date_to_serial(context.day), period)[0]
    except NotAvailable:
        return None


def _each(context: Context) -> list[tuple[str, str, Spells]]:
    """The name, unit and spells of all contracts and of each plan that has begun."""
    rows = context.once(held)
    found = []
    for name, own in [(ALL, rows), *rows.plans()]:
        for unit, period in _UNITS.items():
            one = _spells(context, own, period)
            if one is not None:
                found.append((name, unit, one))
    return found


def _survival(context: Context) -> Made:
    rows: list[Row] = []
    for name, unit, one in context.once(_each):
        curve = kaplan_meier(one.seen, one.left)
        for period, at_risk, left, *shares, retention in zip(*(c.tolist() for c in curve), strict=True):
            counts = int(period), int(at_risk), int(left)
            rows.append((name, unit, *counts, *shares, retention if period else None))
    return Made(rows, _figures(context))


def _figures(context: Context) -> dict[str, Any]:
    rows, day = context.once(held), context.day
    monthly = next((one for name, unit, one in context.once(_each) if (name, unit) == (ALL, "maand")), None)
    to_come = int(np.count_nonzero(rows.start > date_to_serial(day)))
    contracts = contracts_of(rows.start, rows.end, rows.customer)
    joined = rows.start.size - contracts.start.size
    said = []
    if to_come:
        begins, counts = ("contract begint", "telt") if to_come == 1 else ("contracten beginnen", "tellen")
        said.append(f"{format_number(to_come, 0)} {begins} na {day:%d-%m-%Y} en {counts} niet mee.")
    if joined:
        follows = "contract sluit aan op" if joined == 1 else "contracten sluiten aan op"
        said.append(
            f"{format_number(joined, 0)} {follows} of overlapt een ander van dezelfde klant: samen één."
        )
    figures: dict[str, Any] = {"overleving_contracten": 0, "overleving_lopend": 0, "overleving_beeindigd": 0}
    median = None
    if monthly is not None:
        curve, running = kaplan_meier(monthly.seen, monthly.left), int(monthly.runs.sum())
        figures = {
            "overleving_contracten": monthly.runs.size,
            "overleving_lopend": running,
            "overleving_beeindigd": monthly.runs.size - running,
        }
        half = half_gone(curve)
        median = int(half) if half == half else None
        if median is None and curve.period.size > 1:
            share = format_number(100 * float(curve.surviving[-1]), 1)
            said.append(
                f"De helft is nog niet vertrokken: na {int(curve.period[-1])} maanden loopt nog {share}%."
            )
        said.append(missing(unseen_ends(contracts, date_to_serial(day), monthly, Period.MONTH)))
    return {
        **figures,
        "overleving_mediaan": median,
        "overleving_bericht": " ".join(filter(None, said)) or None,
    }


def _series(context: Context) -> Made:
    rows: list[Row] = []
    for name, unit, one in context.once(_each):
        block = survivors(np.minimum(one.seen, _MOST), np.where(one.left <= _MOST, one.left, 0))
        for counts in block[::-1]:
            known = [int(count) for count in counts[~np.isnan(counts)]]
            rows.append((name, unit, len(known) - 1, *known, *[None] * (_MOST + 1 - len(known))))
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
        Column("laag", "procent", "Ondergrens (95%, Greenwood op log(-log))."),
        Column("hoog", "procent", "Bovengrens (95%, Greenwood op log(-log))."),
        Column("retentie", "procent", "Deel van wie kon vertrekken dat bleef."),
    ),
    key=("plan", "periode in", "periode"),
    figures=(
        Figure(
            "overleving_contracten",
            "Contracten",
            "aantal",
            "Begonnen tot en met de peildag; wat van één klant aansluit of overlapt is er één.",
        ),
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
