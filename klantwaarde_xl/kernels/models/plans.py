"""What each plan keeps and is worth, from the dates and prices of contracts.

Counted: who came, runs and left, and the retention per period, of all periods in which somebody could
leave. Modelled: the value of a new contract, and of those that run, by the sBG or BdW of the plan
(`contract`), because most of it lies beyond what was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError, FunctionError, error_of
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.measures import wilson
from klantwaarde_xl.kernels.models import contract
from klantwaarde_xl.kernels.models.contract import Model
from klantwaarde_xl.kernels.models.contractlimits import (
    NOBODY_LEAVES,
    NOW_OR_NEVER,
    ONE_CHANCE,
    Values,
    limit_of,
    most_leaving,
    values_in,
)
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.numeric.survival import log_survival, tail_sums
from klantwaarde_xl.kernels.spells import Codes, Contracts, Period, Spells, contracts_of, spells
from klantwaarde_xl.kernels.survival import Curve, bounds, kaplan_meier, survivors
from klantwaarde_xl.kernels.unseen import Unseen, unseen_ends
from klantwaarde_xl.refusals import contracts as refused

NUM, NA = CellError.NUM.nan, CellError.NA.nan
ALL = -1  # the code of all plans together
MODELS = (Model.SBG, Model.BDW)  # by code
SURE = 0.999  # that the model, not chance, is off, over all periods together
LONGEST = 1200  # periods of a horizon


@dataclass(frozen=True)
class Terms:
    """How contracts are valued.

    interest: per period, a fraction ≥ 0; horizon: periods, None for without end; model: a code of
    `MODELS`; confidence: of the intervals, 0…1. Others are `OutOfRange`.
    """

    interest: float
    horizon: float | None = None
    model: float = 0
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not 0 <= self.interest < np.inf:
            raise refused.INTEREST()
        if self.horizon is not None and not (1 <= self.horizon <= LONGEST and self.horizon % 1 == 0):
            raise refused.HORIZON(most=LONGEST)
        if self.model not in range(len(MODELS)):
            raise refused.NO_SUCH_MODEL()
        intervals.quantile(self.confidence)


@dataclass(frozen=True)
class Plan:
    """What is known of a plan; #N/A is what cannot be said, #NUM! what has no end.

    code: of the plan, `ALL` for all together; contracts = running + ended; ending: of the running ones,
    those with a known end; exposure: periods in which a contract could leave; retention: of those, the
    share in which it did not, with Wilson's interval, #N/A without any; price: the mean per period;
    value: of a new contract, the first payment at once, with an interval of the uncertainty of price and
    staying; residual: on the day of counting, of the running ones without a known end, together, 0
    where none runs and #N/A where all have one; fit: of staying; off: the first period after which the
    model is surely off, 0 for none; early: contracts that ended in a period that is not over yet, where all
    that is counted says that nobody leaves any more, which they belie: there is no value then; unseen: ends
    that seem to be missing.
    """

    code: int
    contracts: int
    running: int
    ending: int
    ended: int
    exposure: float
    retention: float
    lower: float
    upper: float
    price: float
    value: float
    value_lower: float
    value_upper: float
    residual: float
    fit: Fit
    off: int
    early: int
    unseen: Unseen


class Rows(NamedTuple):
    """A contract a row, as `spells.contracts_of` takes it.

    codes: the plan of each row, from 0; amounts: currency per period (price, or better margin).
    """

    starts: Floats
    ends: Floats
    codes: Codes
    amounts: Floats
    customers: Codes | None = None

    def of(self, code: int) -> Rows:
        """The rows of one plan."""
        mine = self.codes == code
        return Rows(*(None if one is None else one[mine] for one in self))  # type: ignore[arg-type]


def plans(rows: Rows, as_of: float, terms: Terms, period: float = Period.MONTH, gap: float = 0) -> list[Plan]:
    """Return all plans together and then each plan, in the order of its code.

    as_of, period, gap and errors: as `spells`. Contracts of one customer are one within their plan, and
    over all plans for the row of all: who changes plans has left the one and not the other. A plan
    without a contract up to the day is not there. The residual value of all is the sum of the plans'.
    """
    whole = plan_of(ALL, rows, as_of, terms, period, gap)
    codes = np.unique(rows.codes[np.floor(rows.starts) <= np.floor(as_of)])
    each = [plan_of(code, rows.of(code), as_of, terms, period, gap) for code in codes.tolist()]
    return [replace(whole, residual=together([one.residual for one in each])), *each]


def together(values: Sequence[float]) -> float:
    """Return the sum of residual values, or the error of one that there is not: endless before unknown."""
    errors = {error_of(one) for one in values} - {None}
    if errors:
        return NUM if CellError.NUM in errors else NA
    return float(sum(values))


def plan_of(
    code: int, rows: Rows, as_of: float, terms: Terms, period: float = Period.MONTH, gap: float = 0
) -> Plan:
    """Return what is known of these rows together, of whatever plan; arguments and errors as `plans`."""
    contracts = contracts_of(rows.starts, rows.ends, rows.customers, gap)
    spelled, kept = spells(contracts, as_of, period)
    prices = prices_of(contracts, rows, as_of)[kept]
    curve, fit = kaplan_meier(spelled.seen, spelled.left), fitted(spelled, terms.model)
    value, off, early = (NA, NA, NA), 0, _belying(fit, spelled)
    if fit.converged and not early:
        value, off = _value(fit, prices, terms, float(curve.at_risk[1:].sum())), _off(fit, curve)
    running, ending = int(spelled.runs.sum()), int(spelled.ends.sum())
    return Plan(
        code,
        *(kept.size, running, ending, kept.size - running),
        *_retention(curve, terms.confidence),
        float(prices.mean()),
        *value,
        _residual(fit, spelled, prices, terms, known=not early),
        fit,
        off,
        early,
        unseen_ends(contracts, as_of, spelled, period),
    )


def _belying(fit: Fit, spelled: Spells) -> int:
    """Contracts that ended in a running period, where all counted ones say that nobody leaves any more."""
    limit = limit_of(fit)
    if limit not in (NOBODY_LEAVES, NOW_OR_NEVER):
        return 0
    stayed = spelled.seen >= (0 if limit is NOBODY_LEAVES else 1)
    return int((stayed & ~spelled.runs & (spelled.left == 0)).sum())


def prices_of(contracts: Contracts, rows: Rows, as_of: float) -> Floats:
    """Return what each contract pays on its last day so far: of one that was renewed the price since then."""
    day = np.minimum(contracts.end, int(np.floor(as_of)))[contracts.of]
    pays = (np.floor(rows.starts) <= day) & ~(np.floor(rows.ends) < day)  # no end is NaN, and pays
    paid = np.where(pays, rows.amounts, 0.0)
    return np.bincount(contracts.of, weights=paid, minlength=contracts.start.size).astype(float)


def _retention(curve: Curve, confidence: float) -> tuple[float, float, float, float]:
    """Periods in which a contract could leave, and the share in which it stayed, with Wilson's interval."""
    exposure = int(curve.at_risk[1:].sum())
    stayed = exposure - int(curve.left.sum())
    if not exposure:
        return 0.0, NA, NA, NA
    return float(exposure), stayed / exposure, *wilson(stayed, exposure, confidence)


def fitted(spelled: Spells, model: float = 0) -> Fit:
    """Fit the model with that code to contracts; one that cannot be says why."""
    kind = MODELS[int(model)]

    def estimate(block: Floats, _: Floats) -> Fit:
        return contract.fit(block, kind)

    # Under the name and numbers of a block that is typed, so that a cell with the same one need not fit again
    return remembered(f"contract {kind}", (survivors(spelled.seen, spelled.left), np.zeros(0)), estimate)


def _value(fit: Fit, prices: Floats, terms: Terms, renewals: float) -> tuple[float, float, float]:
    """Mean price × discounted lifetime, with its interval; #NUM! where that has no end.

    renewals: periods in which a contract could leave; where none did, the lower end is of the largest chance
    to leave that these leave open.
    """
    value, lower, upper = worth(fit, lambda point: values_in(fit, point), prices, terms)
    if fit.model == NOBODY_LEAVES.title:
        most = most_leaving(renewals, (1 + terms.confidence) / 2)
        ours, theirs = values_in(fit, np.zeros(0)), ONE_CHANCE.values(np.array([most / (1 - most)]))
        lower *= lifetime(theirs, terms) / lifetime(ours, terms)
    return value, lower, upper


def worth(
    fit: Fit, values_of: Callable[[Floats], Values], prices: Floats, terms: Terms
) -> tuple[float, float, float]:
    """Return mean price × discounted lifetime, with its interval; #NUM! where that has no end.

    values_of: α, β and c by the parameters of the fit.
    """
    try:
        periods = lifetime(values_of(np.array([*fit.params.values()])), terms)
    except FunctionError:
        return NUM, NA, NA
    price = float(prices.mean())
    of_staying = _error(fit, lambda one: np.asarray(np.log(lifetime(values_of(one), terms))))
    if not (price > 0 and np.isfinite(of_staying)):
        return price * periods, NA, NA
    of_price = float(prices.std(ddof=1) / price) / np.sqrt(prices.size) if prices.size > 1 else 0.0
    lower, upper = intervals.around(price * periods, np.hypot(of_staying, of_price), terms.confidence)
    return price * periods, float(lower), float(upper)


def lifetime(values: Values, terms: Terms) -> float:
    """Return the discounted periods that a new contract pays; without end and horizon `OutOfRange`."""
    if terms.horizon is None:
        return contract.discounted_lifetime(values, terms.interest)
    k = np.arange(terms.horizon)
    return float(np.exp(log_survival(values, k) - k * np.log1p(terms.interest)).sum())


def _error(fit: Fit, log_value: Callable[..., Floats]) -> float:
    """The standard error of a logarithm; NaN where it does not exist a step beside the estimate."""
    if not fit.params:  # nobody leaves, and nothing is estimated
        return 0.0
    try:
        return float(intervals.log_error([fit], log_value))
    except FunctionError:
        return np.nan


def _residual(fit: Fit, spelled: Spells, prices: Floats, terms: Terms, *, known: bool) -> float:
    """What running contracts without a known end pay from their next renewal on, as worth on the day.

    known: whether the fit says how long they stay.
    """
    staying = spelled.runs & ~spelled.ends
    if not spelled.runs.any():
        return 0.0
    if not (fit.converged and known and staying.any()):
        return NA
    values = values_in(fit, np.array([*fit.params.values()]))
    renewals, which = np.unique(spelled.seen[staying].astype(np.float64), return_inverse=True)
    begun = log_survival(values, renewals)
    if terms.horizon is None:
        try:
            sums = tail_sums(values, terms.interest, renewals + 1)
        except FunctionError:
            return NUM
        paid = sums * np.exp(log_survival(values, renewals + 1) - begun)
    else:
        k = np.arange(terms.horizon)
        log_s = log_survival(values, renewals[:, None] + 1 + k) - begun[:, None]
        paid = np.exp(log_s - k * np.log1p(terms.interest)).sum(axis=1)
    today = (1 + terms.interest) ** -spelled.wait[staying]
    return float((prices[staying] * paid[which] * today).sum())


def _off(fit: Fit, curve: Curve) -> int:
    """The first period after which the model's share lies where the counted one surely does not."""
    values = values_in(fit, np.array([*fit.params.values()]))
    steps = curve.period.size - 1
    if not steps:
        return 0
    sure = bounds(curve.surviving, curve.at_risk, curve.left, 1 - (1 - SURE) / steps)
    share = np.exp(log_survival(values, curve.period))
    wrong = np.flatnonzero((share < sure[0]) | (share > sure[1]))
    return int(wrong[0]) if wrong.size else 0
