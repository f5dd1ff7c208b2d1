"""What dates of contracts say, as tables: who stays, the block for models of staying, what plans are worth.

A contract is a row: its start, its end (NaN while there is none) and, where asked for, its plan, customer and
amount. What counts stands in `kernels.spells`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, WrongType
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.plans import ALL, Rows, Terms, plans
from klantwaarde_xl.kernels.spells import Codes, Period, Spells, contracts_of, spells
from klantwaarde_xl.kernels.survival import kaplan_meier, survivors
from klantwaarde_xl.wording import plans as words

NA = CellError.NA.nan


class Survival(NamedTuple):
    """One row a period of each plan, all plans together first; retention is #N/A at the start."""

    plan: Codes
    period: Floats
    at_risk: Floats
    left: Floats
    surviving: Floats
    lower: Floats
    upper: Floats
    retention: Floats


class Survivors(NamedTuple):
    """A row a number of periods followed, a column a period; #N/A beyond what was followed."""

    counts: Floats


class PlanTable(NamedTuple):
    """One row a plan, all plans together first."""

    plan: Codes
    contracts: Floats
    running: Floats
    ending: Floats
    ended: Floats
    exposure: Floats
    retention: Floats
    lower: Floats
    upper: Floats
    price: Floats
    value: Floats
    value_lower: Floats
    value_upper: Floats
    residual: Floats
    note: npt.NDArray[np.str_]


_FIGURES = PlanTable._fields[1:-1]  # of a `Plan`, by the same names


def survival_table(
    starts: Floats,
    ends: Floats,
    as_of: float,
    period: float = Period.MONTH,
    plan: Codes | None = None,
    customers: Codes | None = None,
    gap: float = 0,
    confidence: float = 0.95,
) -> Survival:
    """Return the share of contracts still there after each period, with its interval (Kaplan & Meier 1958).

    starts, ends: day numbers, an end NaN for none; as_of: day number; period: a `Period` code; plan,
    customers: a code a row; gap: days; confidence: 0…1. Definitions and errors as `kernels.spells` and
    `kernels.survival.kaplan_meier`. Who changes plans has left the one and, as a customer, not the whole.
    """
    found = [(ALL, _spells(starts, ends, customers, None, as_of, period, gap))]
    if plan is not None:
        begun = np.unique(plan[np.floor(starts) <= np.floor(as_of)])
        found += [
            (code, _spells(starts, ends, customers, plan == code, as_of, period, gap))
            for code in begun.tolist()
        ]
    curves = [(code, kaplan_meier(one.seen, one.left, None, confidence)) for code, one in found]
    codes = np.concatenate([np.full(curve.period.size, code) for code, curve in curves])
    return Survival(
        codes, *(np.concatenate(columns) for columns in zip(*(c for _, c in curves), strict=True))
    )


def survivor_block(
    starts: Floats,
    ends: Floats,
    as_of: float,
    period: float = Period.MONTH,
    plan: Codes | None = None,
    chosen: float | None = None,
    customers: Codes | None = None,
    gap: float = 0,
) -> Survivors:
    """Return how many contracts are left after each period, as the models of staying take it.

    chosen: the code of the plan to take, None for all; the rest and errors as `survival_table`. A
    chosen plan without plans is `WrongType`. A row holds the contracts that could be followed equally
    long, the longest first: all that the sBG and the BdW need of the dates.
    """
    if chosen is not None and plan is None:
        raise WrongType("Er is een plan gekozen, maar de kolom met plannen ontbreekt.")
    mine = None if chosen is None or plan is None else plan == chosen
    found = _spells(starts, ends, customers, mine, as_of, period, gap)
    counts = survivors(found.seen, found.left)
    return Survivors(np.where(np.isnan(counts), NA, counts))


def plan_table(
    starts: Floats,
    ends: Floats,
    plan: Codes,
    amounts: Floats,
    as_of: float,
    interest: float,
    horizon: float | None = None,
    period: float = Period.MONTH,
    model: float = 0,
    customers: Codes | None = None,
    gap: float = 0,
    confidence: float = 0.95,
) -> PlanTable:
    """Return retention and value of each plan (`kernels.models.plans`).

    amounts: currency per period; interest: per period, a fraction ≥ 0; horizon: whole periods, None for
    without end; model: 0 sBG, 1 BdW; the rest and errors as `survival_table`. What cannot be
    said is #N/A and what has no end #NUM!, with the reason in note.
    """
    terms = Terms(interest, horizon, model, confidence)
    found = plans(Rows(starts, ends, plan, amounts, customers), as_of, terms, period, gap)
    numbers = [[float(getattr(one, field)) for field in _FIGURES] for one in found]
    codes, notes = np.array([one.code for one in found]), np.array([words.note(one) for one in found])
    return PlanTable._make(
        [codes, *(np.array(one, dtype=np.float64) for one in zip(*numbers, strict=True)), notes]
    )


def _spells(
    starts: Floats,
    ends: Floats,
    customers: Codes | None,
    mine: npt.NDArray[np.bool_] | None,
    as_of: float,
    period: float,
    gap: float,
) -> Spells:
    if mine is not None:
        starts, ends = starts[mine], ends[mine]
        customers = None if customers is None else customers[mine]
    return spells(contracts_of(starts, ends, customers, gap), as_of, period)[0]
