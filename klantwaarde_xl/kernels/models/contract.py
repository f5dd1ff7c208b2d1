"""How long customers with a contract stay: shifted beta-geometric (sBG) and beta discrete Weibull (BdW).

Each customer stays with a chance of their own; over customers that chance has a beta
distribution. S(t) = B(α, β + t^c) / B(α, β) is the share still there after t renewals, with
c = 1 in the sBG. Sources: Fader & Hardie 2007, "How to project customer retention" (sBG);
Fader & Hardie 2010, "Customer-base valuation in a contractual setting" (DEL, DERL);
Fader, Hardie, Liu, Davin & Steenburgh 2018, "How to project customer retention revisited" (BdW).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from klantwaarde_xl.errors import CellError, OutOfRange
from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers, elementwise, flag
from klantwaarde_xl.kernels.models import contractlimits
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params, Surface, failed, maximise, values_of
from klantwaarde_xl.kernels.models.numeric.survival import log_survival, tail_sum, tail_sums
from klantwaarde_xl.refusals import contracts as refused
from klantwaarde_xl.refusals.contracts import OfSurvivors
from klantwaarde_xl.refusals.refusal import Because

Survivors: TypeAlias = Numbers | Sequence[Numbers]

NUM = CellError.NUM
SAME = 0.01  # of a log-likelihood: two limits that differ by less say the same of these customers
MOST_RENEWALS = 1e6  # beyond it n + 1 and n differ too little for the ratio of their survival


class Model(StrEnum):
    """Which model of staying: sBG, or BdW in which the chance of leaving also moves with time."""

    SBG = "sBG"
    BDW = "BdW"


NAMES = {Model.SBG: ("alpha", "beta"), Model.BDW: ("alpha", "beta", "c")}


class Projection(NamedTuple):
    """One row a period ahead; all arrays of the same length."""

    period: Floats
    survival: Floats  # share of those projected who are still there
    retention: Floats  # share of the period before
    customers: Floats


# ── estimating ──────────────────────────────────────────────────────────────────────────────


def fit(survivors: Survivors, model: str = Model.SBG, customers: Numbers | None = None) -> Fit:
    """Estimate the sBG or BdW by maximum likelihood from how many of a cohort are left each period.

    survivors: one series (counts ≥ 0, never rising, the first at the start), or several cohorts: a
    list of series, or a matrix with a row a cohort and NaN for the future; model: a `Model`;
    customers: the number at the start of each cohort, when the series are shares or percentages.
    Returns a `Fit` with alpha, beta (and c), or of a limit where they run away. An
    impossible series raises `OutOfRange`, another model `WrongType`; a series that fixes
    nothing is a fit that did not converge.
    Sources: Fader & Hardie 2007; Fader et al. 2018.
    """
    if model not in list(Model):
        raise refused.UNKNOWN_MODEL(model=model)
    kind = Model(model)
    left, stayed = outcomes(cohorts_of(survivors, customers))
    n = float(left.sum() + stayed.sum())
    why = _too_little(left, stayed, len(NAMES[kind]))
    if why is not None:
        return failed(kind.value, NAMES[kind], round(n), why)
    if left.sum() == 0:
        return contractlimits.nobody_leaves(n)
    surface = Surface(lambda theta: _mean_loglik(np.exp(theta), left, stayed))
    found = maximise(kind.value, NAMES[kind], surface, n, _starts(kind, left, stayed))
    return found if found.converged else _at_a_limit(kind, left, stayed, n) or found


def _at_a_limit(kind: Model, left: Floats, stayed: Floats, n: float) -> Fit | None:
    """The likeliest limit with an optimum of its own, of almost equal ones the simplest."""
    churn = float(left.sum() / at_risk(left, stayed).sum())
    fits = []
    for limit in contractlimits.OF_SBG if kind is Model.SBG else contractlimits.OF_BDW:

        def value(theta: Floats, limit: contractlimits.ContractLimit = limit) -> float:
            return _mean_loglik(np.array(limit.values(np.exp(theta))), left, stayed)

        start = (churn / (1 - churn) + 1e-9, 1.0)[: len(limit.names)]
        fits.append(maximise(limit.title, limit.names, Surface(value), n, [start]))
    there = [fit for fit in fits if fit.converged]
    best = max((fit.loglik for fit in there), default=np.nan)
    return next((fit for fit in there if fit.loglik >= best - SAME), None)


def log_likelihood(params: Params, survivors: Survivors, customers: Numbers | None = None) -> float:
    """Return the log-likelihood of these survivors, natural logarithm (Fader & Hardie 2007).

    params: alpha, beta > 0 (and c > 0); survivors, customers, errors: as `fit`.
    """
    left, stayed = outcomes(cohorts_of(survivors, customers))
    total = float(left.sum() + stayed.sum())
    return _mean_loglik(np.array(_values(params)), left, stayed) * total if total else 0.0


def cohorts_of(survivors: Survivors, customers: Numbers | None = None) -> list[Floats]:
    """Return the known counts of each cohort. Arguments and errors as `fit`."""
    listed: Any = survivors if isinstance(survivors, np.ndarray) else list(survivors)  # type: ignore[arg-type]
    nested = len(listed) > 0 and np.ndim(listed[0]) > 0
    series = [_series(one) for one in (listed if nested else [listed])]
    if customers is None:
        if any(one.size and one[0] <= 1 and np.any(one % 1) for one in series):
            raise refused.SHARES_WITHOUT_CUSTOMERS()
        return series
    sizes = np.ravel(np.asarray(customers, dtype=np.float64))
    if sizes.size not in {1, len(series)} or not np.all((sizes > 0) & np.isfinite(sizes)):
        raise refused.CUSTOMERS_PER_COHORT()
    sizes = np.broadcast_to(sizes, len(series))
    scaled = zip(series, sizes, strict=True)
    return [one / one[0] * size if one.size and one[0] > 0 else one for one, size in scaled]


def _series(values: Any) -> Floats:
    """One cohort without the future; refuse what cannot be a count of survivors."""
    series = np.asarray(values, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(series))
    series = series[: known[-1] + 1] if known.size else series[:0]
    cases = (
        (OfSurvivors.MISSING, ~np.isfinite(series)),
        (OfSurvivors.NEGATIVE, series < 0),
        (OfSurvivors.RISING, np.append([False], series[1:] > series[:-1])[: series.size]),
    )
    found = [(what, int(np.argmax(mask))) for what, mask in cases if np.any(mask)]
    if found:
        raise refused.impossible_series(found)
    return series


def outcomes(cohorts: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return how many left in period t, and how many were last seen staying at t; t = 0, 1, …."""
    length = max((one.size for one in cohorts), default=0)
    left, stayed = np.zeros(max(length, 1)), np.zeros(max(length, 1))
    for one in cohorts:
        if one.size:
            left[1 : one.size] -= np.diff(one)
            stayed[one.size - 1] += one[-1]
    return left, stayed


def at_risk(left: Floats, stayed: Floats) -> Floats:
    """Return how many customers could leave in period t = 1, 2, …; arguments from `outcomes`."""
    return np.asarray((left + stayed)[::-1].cumsum()[::-1][1:])


def _too_little(left: Floats, stayed: Floats, parameters: int) -> Because | None:
    """Return why nothing can be estimated; nothing if it can be tried."""
    periods = int(np.count_nonzero(at_risk(left, stayed) > 0))
    if left.sum() + stayed.sum() <= 1:
        return refused.ONE_CUSTOMER_AT_MOST()
    if left.sum() and left[2:].sum() + stayed[1:].sum() == 0:
        return refused.ALL_LEFT_AT_ONCE()
    if periods < (parameters if left.sum() else 1):
        return refused.TOO_FEW_PERIODS(periods=periods, parameters=parameters)
    return None


def _starts(kind: Model, left: Floats, stayed: Floats) -> list[Sequence[float]]:
    churn = float(left.sum() / at_risk(left, stayed).sum())
    pairs = [(size * churn, size * (1 - churn) + 1e-3) for size in (2.0, 0.5, 20.0)]
    if kind is Model.SBG:
        return [*pairs]
    surface = Surface(lambda theta: _mean_loglik(np.exp(theta), left, stayed))
    simple = maximise(Model.SBG.value, NAMES[Model.SBG], surface, float(left.sum() + stayed.sum()), pairs)
    if simple.converged:
        pairs = [(simple.params["alpha"], simple.params["beta"])]
    return [(*pair, c) for c in (1.0, 1.5, 0.7) for pair in pairs]


def _mean_loglik(params: Floats, left: Floats, stayed: Floats) -> float:
    log_s = log_survival((params[0], params[1], params[2] if params.size > 2 else 1.0), np.arange(left.size))
    with np.errstate(all="ignore"):
        log_leave = log_s[:-1] + np.log(-np.expm1(np.diff(log_s)))
    gone = left[1:] > 0
    total = left[1:][gone] @ log_leave[gone] + stayed @ log_s
    return float(total / (left.sum() + stayed.sum()))


# ── staying ─────────────────────────────────────────────────────────────────────────────────


def survival(params: Params, t: Numbers) -> Any:
    """Share of a cohort still there after t renewals: S(t) = B(α, β + t^c) / B(α, β).

    params: alpha, beta > 0 (and c > 0 for the BdW); t: periods ≥ 0, any shape. Returns shares
    0…1 of that shape; other t raises `OutOfRange`. Source: Fader & Hardie 2007, 2018.
    """
    return np.exp(log_survival(_values(params), _periods(t, 0)))[()]


def retention_rate(params: Params, t: Numbers) -> Any:
    """Share of those there after t − 1 renewals who also renew for the t-th time: S(t) / S(t − 1).

    params: as `survival`; t: periods ≥ 1, any shape, else `OutOfRange`. In the sBG it rises with
    t, since those who leave easily are gone first. Source: Fader & Hardie 2007.
    """
    values, when = _values(params), _periods(t, 1)
    return np.exp(log_survival(values, when) - log_survival(values, when - 1))[()]


def project(params: Params, periods: int, customers: float = 1.0, after: int = 0) -> Projection:
    """Project how many of a cohort are left in each of the coming periods.

    params: as `survival`; periods: how many ahead, ≥ 1; customers: those there now, ≥ 0; after:
    how often these renewed already, ≥ 0. Other values raise `OutOfRange`.
    Source: Fader & Hardie 2007.
    """
    if periods < 1 or after < 0 or not 0 <= customers < np.inf:
        raise refused.PERIODS_AHEAD()
    ahead = np.arange(1.0, periods + 1)
    values = _values(params)
    share = np.exp(log_survival(values, after + ahead) - log_survival(values, np.array(float(after))))
    return Projection(ahead, share, np.asarray(retention_rate(params, after + ahead)), customers * share)


def expected_lifetime(params: Params) -> float:
    """Expected number of periods a new customer pays, the first included: Σ S(t) over t ≥ 0.

    params: as `survival`. In the sBG (α + β − 1) / (α − 1). With α c ≤ 1 the mean is infinite:
    `OutOfRange`, in words. Source: Fader & Hardie 2007, 2010.
    """
    alpha, beta, c = _values(params)
    return (alpha + beta - 1) / (alpha - 1) if c == 1 and alpha > 1 else discounted_lifetime(params, 0.0)


def discounted_lifetime(params: Params, d: float) -> float:
    """Discounted expected lifetime (DEL) of a new customer: Σ S(t) / (1 + d)^t over t ≥ 0.

    params: as `survival`; d: discount rate per period, a fraction ≥ 0. The first payment, at the
    start, counts: a very high d gives 1. Times the margin per period it is the customer's value.
    A negative d, or d = 0 with an infinite mean, raises `OutOfRange`.
    Source: Fader & Hardie 2010.
    """
    return tail_sum(_values(params), d, 0.0)


def discounted_residual_lifetime(params: Params, d: float, n: Numbers) -> Any:
    """Discounted expected residual lifetime (DERL) just before the n-th renewal.

    Σ S(n + k) / S(n − 1) / (1 + d)^k over k ≥ 0. params, d, errors: as `discounted_lifetime`;
    n: whole ≥ 1, any shape: the period the customer is in (after n − 1 renewals).
    Source: Fader & Hardie 2010.
    """
    values, when = _values(params), _periods(n, 1)
    if np.any(when % 1):
        raise refused.RENEWAL()
    return (tail_sums(values, d, when) * retention_rate(params, when))[()]


def _values(params: Params) -> tuple[float, float, float]:
    """Alpha, beta and c, which is one in the sBG."""
    shaped = "c" in params if isinstance(params, Mapping) else len(params) == len(NAMES[Model.BDW])
    if shaped:
        alpha, beta, c = values_of(params, NAMES[Model.BDW])
        return alpha, beta, c
    alpha, beta = values_of(params, NAMES[Model.SBG])
    return alpha, beta, 1.0


def _periods(t: Numbers, least: int) -> Floats:
    when = np.asarray(t, dtype=np.float64)
    if not np.all((when >= least) & np.isfinite(when)):
        raise refused.PERIOD(least=least)
    return when


# ── in cells: parameters are numbers beside the others, an element a customer or cohort ─────────


@elementwise
def stay_probability(renewals: Element, alpha: Element, beta: Element, c: Element = 1.0) -> Floats:
    """Chance that a new customer renews at least so many times: S(t) = B(α, β + t^c) / B(α, β).

    renewals: whole, 0…`MOST_RENEWALS`; alpha, beta, c > 0, c = 1 is the sBG. Else #NUM!.
    Source: Fader & Hardie 2007, 2018.
    """
    wrong = _not_positive(alpha, beta, c) | ~_is_whole(renewals, 0)
    return flag(np.exp(log_survival((alpha, beta, c), renewals)), (NUM, wrong))


@elementwise
def renewal_probability(renewal: Element, alpha: Element, beta: Element, c: Element = 1.0) -> Floats:
    """Chance that those who renewed t − 1 times do so for the t-th time: S(t) / S(t − 1).

    renewal: t, whole ≥ 1; the rest and errors as `stay_probability`.
    Source: Fader & Hardie 2007, 2018.
    """
    wrong = _not_positive(alpha, beta, c) | ~_is_whole(renewal, 1)
    return flag(_renews(alpha, beta, c, renewal), (NUM, wrong))


@elementwise
def mean_lifetime(alpha: Element, beta: Element, c: Element = 1.0) -> Floats:
    """Expected number of periods a new customer pays, the first included: Σ S(t) over t ≥ 0.

    alpha, beta, c as `stay_probability`. In the sBG (α + β − 1) / (α − 1). With α c ≤ 1 the mean is
    infinite: #NUM!. Source: Fader & Hardie 2007, 2010.
    """
    endless = _not_positive(alpha, beta, c) | (alpha * c <= 1)
    plain = c == 1
    skipped = np.where(plain | endless, np.nan, alpha)  # the sums that are not needed
    sums = _tails(skipped, beta, c, np.asarray(0.0), np.asarray(0.0))
    return flag(np.where(plain, (alpha + beta - 1) / (alpha - 1), sums), (NUM, endless))


@elementwise
def contract_value(
    margin: Element, interest: Element, alpha: Element, beta: Element, c: Element = 1.0
) -> Floats:
    """Value of a new customer: margin × discounted expected lifetime (DEL), the first payment at once.

    margin: currency per period; interest: fraction per period ≥ 0; the parameters as
    `stay_probability`. Without interest and with α c ≤ 1 the value is infinite: #NUM!, as is a
    negative interest. Source: Fader & Hardie 2010.
    """
    return np.asarray(margin * _tails(alpha, beta, c, interest, np.asarray(0.0)))


@elementwise
def residual_value(
    margin: Element,
    interest: Element,
    renewals: Element,
    alpha: Element,
    beta: Element,
    c: Element = 1.0,
) -> Floats:
    """Value of a customer just before the next renewal: margin × expected residual lifetime (DERL).

    renewals: made so far, whole ≥ 0, below `MOST_RENEWALS`; the payment of the next renewal, if it
    comes, is not discounted. The rest and errors as `contract_value`. Source: Fader & Hardie 2010.
    """
    values, coming = (alpha, beta, c), renewals + 1
    value = margin * _renews(*values, coming) * _tails(*values, interest, coming)
    return flag(value, (NUM, ~_is_whole(renewals, 0)))


def _renews(alpha: Element, beta: Element, c: Element, renewal: Element) -> Floats:
    """S(t) / S(t − 1), in the sBG without a logarithm."""
    values, before = (alpha, beta, c), renewal - 1
    ratio = np.exp(log_survival(values, renewal) - log_survival(values, before))
    return np.where(c == 1, 1 / (1 + alpha / (beta + before)), ratio)


def _tails(alpha: Element, beta: Element, c: Element, d: Element, first: Element) -> Floats:
    """`tail_sums` element by element, together for each different set of parameters and discount.

    #NUM! where it does not exist.
    """
    rows = np.stack(np.broadcast_arrays(alpha, beta, c, d, first), axis=-1)
    flat = rows.reshape(-1, rows.shape[-1])
    sums = np.full(len(flat), NUM.nan)
    possible = ~_not_positive(*flat.T[:3]) & np.isfinite(flat[:, 3]) & _is_whole(flat[:, 4], 0)
    known = np.flatnonzero(possible)
    sets, which = np.unique(flat[known, :4], axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    parts = np.split(known[order], np.cumsum(np.bincount(which.ravel(), minlength=len(sets)))[:-1])
    for (*values, discount), part in zip(sets.tolist(), parts, strict=False):
        try:
            sums[part] = tail_sums((values[0], values[1], values[2]), discount, flat[part, 4])
        except OutOfRange:
            continue
    return sums.reshape(rows.shape[:-1])


def _not_positive(alpha: Element, beta: Element, c: Element) -> Any:
    return ~((alpha > 0) & (beta > 0) & (c > 0) & np.isfinite(alpha + beta + c))


def _is_whole(values: Element, least: int) -> Any:
    return (values >= least) & (values <= MOST_RENEWALS) & (np.floor(values) == values)
