"""What each plan keeps and is worth, in periods of the term for which it is paid.

A plan renews when it is paid, so its periods are those of its term (`termijn`): a model of months says
nothing of contracts that end once a year. A plan whose contracts have several terms, or none, is counted
in months and not valued.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.data.reading.cells.terms import HALF, MONTH, QUARTER, TERMS, YEAR
from klantwaarde_xl.data.results import Column, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.contracts import ALL, Held, held
from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.models.plans import Plan, Rows, Terms, plan_of, together
from klantwaarde_xl.kernels.spells import Period
from klantwaarde_xl.wording.plans import note

_PERIODS = {MONTH: Period.MONTH, QUARTER: Period.QUARTER, HALF: Period.HALF_YEAR, YEAR: Period.YEAR}
NA = CellError.NA.nan
_WEEKS = 52  # of a year, as kw_horizon says
NO_AMOUNT = "Geen bedragen: wel geteld, niet gewaardeerd."
NO_TERM = "Geen termijn bij het bedrag: wel geteld (per maand), niet gewaardeerd."
TERMS_DIFFER = "De bedragen gelden voor verschillende termijnen: wel geteld (per maand), niet gewaardeerd."
SOME_MISSING = "Wie geen bedrag heeft telt voor het gemiddelde."


class _Counted(NamedTuple):
    """The figures of some contracts; unit: of their periods, a term; said: beside them."""

    plan: Plan
    unit: str
    said: str
    is_valued: bool

    @property
    def residual(self) -> float:
        """What running contracts still pay; #N/A where that is not valued."""
        return self.plan.residual if self.is_valued else NA

    def row(self, name: str, residual: float) -> Row:
        """The row of the table; what cannot be said is empty."""
        plan = self.plan
        counts = plan.contracts, plan.running, plan.ending, plan.ended, int(plan.exposure)
        worth = plan.price, plan.value, plan.value_lower, plan.value_upper
        if not self.is_valued:
            worth = NA, NA, NA, NA
        shares = plan.retention, plan.lower, plan.upper
        return (name, self.unit, *counts, *map(_known, (*shares, *worth, residual)), self.said or None)


def _known(value: float) -> float | None:
    return None if value != value else value


def _plans(context: Context) -> Made:
    rows = context.once(held)
    begun = rows.of(rows.start <= date_to_serial(context.day))
    if not begun.start.size:
        return Made()
    each = [(name, _counted(context, own)) for name, own in begun.plans()]
    total = _counted(context, begun)
    residual = together([one.residual for _, one in each]) if each else total.residual
    return Made([total.row(ALL, residual), *(one.row(name, one.residual) for name, one in each)])


def _counted(context: Context, own: Held) -> _Counted:
    """Count some contracts, and value them where their amounts are of one known term."""
    terms, priced = {str(term) for term in own.term}, ~np.isnan(own.amount)
    unit = min(terms) if len(terms) == 1 else ""
    said = NO_AMOUNT if not priced.any() else "" if unit in _PERIODS else NO_TERM
    if len(terms) > 1 and priced.any():
        said = TERMS_DIFFER
    unit = unit if unit in _PERIODS else MONTH
    settings, years = context.settings, TERMS[unit] / 12
    terms_of = Terms(
        (1 + (settings.interest or 0.0)) ** years - 1,
        max(1, math.ceil(round(settings.horizon / _WEEKS / years, 9))),
    )
    mean = float(own.amount[priced].mean()) if priced.any() else 0.0
    amounts = np.where(priced, own.amount, mean) * (settings.margin or 1.0)
    codes = np.zeros(own.start.size, dtype=np.intp)
    rows = Rows(own.start, own.end, codes, amounts, own.customer)
    plan = plan_of(0, rows, date_to_serial(context.day), terms_of, _PERIODS[unit])
    if said:
        return _Counted(plan, unit, said, False)
    notes = (note(plan), "" if priced.all() else SOME_MISSING)
    return _Counted(plan, unit, " ".join(filter(None, notes)), True)


PLANS = Result(
    name="contractplannen",
    title="Retentie en waarde per plan",
    compute=_plans,
    table="tblContractplannen",
    columns=(
        Column("plan", "tekst", "Alle contracten, of die van één plan."),
        Column("periode in", "tekst", "De termijn waarvoor betaald wordt; verschilt die, dan de maand."),
        Column("contracten", "aantal", "Begonnen tot en met de peildag."),
        Column("lopend", "aantal"),
        Column("met einddatum", "aantal", "Lopende waarvan het einde al bekend is."),
        Column("beëindigd", "aantal"),
        Column("perioden gevolgd", "aantal", "Hele perioden waarin een contract kon eindigen, samen."),
        Column("retentie", "procent", "Deel van die perioden waarna het contract doorliep."),
        Column("laag", "procent", "Ondergrens (95%, Wilson)."),
        Column("hoog", "procent", "Bovengrens (95%, Wilson)."),
        Column("bedrag", "euro2", "Gemiddeld per periode, maal de marge als die is ingevuld."),
        Column(
            "waarde",
            "euro2",
            "Van een nieuw contract over de horizon, in hele perioden naar boven afgerond; de eerste "
            "betaling meteen (sBG).",
        ),
        Column("waarde laag", "euro2", "Ondergrens (95%)."),
        Column("waarde hoog", "euro2", "Bovengrens (95%)."),
        Column(
            "restwaarde",
            "euro",
            "Wat lopende contracten zonder einddatum over de horizon nog opbrengen, vanaf hun volgende "
            "verlenging; van alle is het de som.",
        ),
        Column("toelichting", "tekst", "Waarom iets ontbreekt, of waar u op let.", wraps=True),
    ),
    key=("plan",),
    settings=("kw_peildatum", "kw_horizon", "kw_rente", "kw_marge"),
    needs=("contracten",),
    counted=("plan", "plannen"),
)
