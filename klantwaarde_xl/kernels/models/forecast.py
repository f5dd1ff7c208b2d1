"""What each customer will still buy and be worth: a model of buying times a model of spending.

Value = margin × expected spend per purchase × discounted expected purchases in the horizon (Fader,
Hardie & Lee 2005, "RFM and CLV"). Both models are estimated from the same log; spend and frequency
are taken to be independent, which `gammagamma.independence` checks.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, unit_of
from klantwaarde_xl.kernels.models.numeric.discounting import continuous_rate
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.view import View, seen
from klantwaarde_xl.kernels.models.spendlimits import expected_in_limit
from klantwaarde_xl.refusals import forecasts as refused

NA = CellError.NA.nan
FARTHEST = 100 * 366.0  # days to look ahead at most
A_YEAR = 364.0  # days to look ahead where nothing else is asked for: 52 weeks, each day of the week as often


class Spending(IntEnum):
    """How the spend of a coming purchase is expected."""

    MODEL = 0  # Gamma-Gamma: between the customer's own mean and that of all
    OWN = 1  # the customer's own mean; of all customers where there is none


class Terms(NamedTuple):
    """What a forecast is asked for, checked: time in the unit of the fit, interest continuous."""

    model: face.Model
    code: float  # what is fitted: that model, one of `face.PLAIN`, or `face.AUTO` until it is chosen
    unit: Unit
    horizon: float
    margin: float
    interest: float
    spending: Spending
    confidence: float


class Fitted(NamedTuple):
    """The models that were estimated of a group of customers; spending only with `Spending.MODEL`."""

    buying: Fit
    spending: Fit | None
    average: float  # net spend per purchase of all customers together, currency
    season: Season | None = None  # in whose time the model of buying was fitted

    @property
    def nothing_paid(self) -> bool:
        """Whether no purchase cost anything, so that what is to come is worth nothing, which is certain."""
        return not self.average > 0


class Remark(IntEnum):
    """What is special about a customer's forecast, or why there is none."""

    NONE = 0
    ONCE = 1  # no repeat purchase: the spend of all
    FREE = 2  # all repeat purchases were free
    NO_MEAN = 3  # the model's mean spend does not exist, q ≤ 1: the spend of all
    NO_SPENDING = 4  # the model of spending did not converge: the spend of all
    NO_BUYING = 5  # the model of buying did not converge
    NOTHING_PAID = 6  # no purchase of any customer cost anything


class Forecast(NamedTuple):
    """One row a customer but for together; what cannot be known is #N/A, and remark says why."""

    customer: Codes
    frequency: Floats
    recency: Floats
    T: Floats
    alive: Floats  # probability 0…1 of being a customer still
    buys: Floats  # probability 0…1 of at least one purchase in the horizon
    purchases: Floats  # expected in the horizon
    spend: Floats  # expected per purchase, currency
    value: Floats  # margin × spend × discounted purchases
    lower: Floats
    upper: Floats
    remark: Codes  # a `Remark`
    together: tuple[float, float]  # lower and upper of the value of all together


def terms_of(
    horizon: float | None = None,
    margin: float = 1.0,
    interest: float = 0.0,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    spending: float = float(Spending.MODEL),
    confidence: float = 0.95,
) -> Terms:
    """Check what is asked for; `OutOfRange` where something is impossible.

    horizon: > 0 in the unit, a `Unit`, by default 52 weeks; margin: 0…1 of the spend; interest: ≥ 0 a
    year; model: a `Model` in continuous time; spending: a `Spending`; confidence: 0…1, of the
    intervals.
    """
    length = unit_of(unit).days
    ahead = A_YEAR / length if horizon is None else horizon
    if not 0 < ahead < np.inf:
        raise refused.HORIZON()
    if ahead * length > FARTHEST:
        raise refused.HORIZON_TOO_FAR()
    if not 0 < margin <= 1:
        raise refused.MARGIN()
    if spending not in list(Spending):
        raise refused.SPENDING()
    chosen = face.Model.MBGNBD if model == face.AUTO else face.model_of(model)
    if not chosen.record.in_time:
        raise refused.COUNTS_CHANCES(model=chosen.title)
    intervals.quantile(confidence)
    return Terms(
        chosen,
        float(model),
        unit_of(unit),
        ahead,
        margin,
        continuous_rate(interest, length),
        Spending(int(spending)),
        confidence,
    )


def with_model(terms: Terms, code: float) -> Terms:
    """Return the terms with a model that was chosen."""
    return terms._replace(model=face.model_of(code), code=code)


def forecast(summary: Summary, terms: Terms) -> Forecast:
    """Forecast the purchases and the value of each customer of a summary.

    lower and upper are of the value, by the delta method on its logarithm: what is uncertain is the
    estimate, not what this customer happens to do. Models that do not converge give #N/A and a
    remark. Fader, Hardie & Lee (2005).
    """
    return forecast_of(summary, fitted_models(summary, terms), terms)


def fitted_models(summary: Summary, terms: Terms, season: Season | None = None) -> Fitted:
    """Fit the models that the terms ask for, once for the same customers; buying in a season's time."""
    timed = seen(summary, season, terms.unit.days)
    bought = face.fitted(terms.code, timed.frequency, timed.recency, timed.T)
    average = float(summary.revenue.sum() / (summary.frequency.sum() + summary.frequency.size))
    if terms.spending is Spending.OWN:
        return Fitted(bought, None, average, season)
    return Fitted(bought, gammagamma.fitted(*repeat_spend(summary)), average, season)


def view_of(summary: Summary, models: Fitted, terms: Terms) -> View:
    """Return what the model of buying sees of these customers and of the horizon."""
    return View(summary, models.season, terms.unit.days, terms.horizon, terms.interest)


def repeat_spend(summary: Summary) -> tuple[Floats, Floats]:
    """Return frequency and mean spend as the Gamma-Gamma takes them: 0 for who never paid again."""
    paid = (summary.frequency > 0) & (np.nan_to_num(summary.mean_spend) > 0)
    return np.where(paid, summary.frequency, 0.0), np.where(paid, summary.mean_spend, 0.0)


def expected_spend(summary: Summary, fit: Fit | None, average: float, params: Floats | None = None) -> Floats:
    """Return the expected spend per purchase of each customer.

    fit: of the Gamma-Gamma or a limit of it; average: of all purchases, taken for who has no mean in the
    model, and for all where the fit did not converge; without a fit the customer's own mean. params: of
    the fit, moved.
    """
    x, z = repeat_spend(summary)
    if fit is None:
        return np.where(summary.frequency > 0, np.nan_to_num(summary.mean_spend), average)
    if not fit.converged:
        return np.full(x.size, average)
    values = np.array([*fit.params.values()]) if params is None else params
    if fit.model == gammagamma.MODEL:
        found = np.asarray(gammagamma.expected_spend(x, z, *values))
    else:
        found = expected_in_limit(fit.model, values, x, z)
    return np.where(np.isnan(found), average, found)


def without_mean(summary: Summary, fit: Fit | None) -> npt.NDArray[np.bool_]:
    """Tell of which customers the model of spending has no mean."""
    x, _ = repeat_spend(summary)
    if fit is None or not fit.converged or "q" not in fit.params:
        return np.zeros(x.size, dtype=bool)
    own = fit.params.get("p", 1.0) * x  # without p the own mean of who has one is known
    return np.asarray(own + fit.params["q"] <= 1)


def forecast_of(summary: Summary, models: Fitted, terms: Terms) -> Forecast:
    """Forecast the customers of a summary with models that were fitted."""
    return with_ends(expected_of(summary, models, terms), summary, models, terms)


def with_ends(made: Forecast, summary: Summary, models: Fitted, terms: Terms) -> Forecast:
    """Add to a forecast of `expected_of` how sure it is, which costs as much as a dozen forecasts."""
    there = ~np.isnan(made.value)
    if not there.any():
        return made
    if not np.nansum(made.value) > 0:  # nothing was paid, or no repeat purchase where each has his own spend
        nothing = np.where(there, 0.0, NA)
        return made._replace(lower=nothing, upper=nothing, together=(0.0, 0.0))
    errors, together = value_errors(summary, models, terms)
    view = view_of(summary, models, terms)

    def moved(functions: face.Buying, params: Floats) -> Floats:
        value = terms.margin * view.discounted(functions, params) * made.spend
        return np.append(value, value.sum())

    whole = np.append(made.value, made.value.sum())
    ends = ends_of(whole, np.append(errors, together), moved, view, models, terms)
    (lower, least), (upper, most) = ((end[:-1], end[-1]) for end in ends)
    lower, upper = (np.where(made.value == 0, 0.0, np.where(there, end, NA)) for end in (lower, upper))
    return made._replace(lower=lower, upper=upper, together=(float(least), float(most)))


def ends_of(
    value: Floats,
    errors: Floats,
    moved: Callable[[face.Buying, Floats], Floats],
    view: View,
    models: Fitted,
    terms: Terms,
) -> tuple[Floats, Floats]:
    """Return the ends of intervals around positive values that follow from a model of buying.

    errors: of their logarithms; moved: the values by other functions and parameters. At a limit of the
    model and near its edge the interval holds what lies beside it too, as far as the customers do not rule
    it out.
    """
    lower, upper = intervals.around(value, errors, terms.confidence)
    quantile = intervals.quantile(terms.confidence)
    beside = face.nearby_of(models.buying, terms.model, view.history, view.time, terms.confidence)
    for near in beside:
        other = moved(near.model, near.params)
        width = np.exp(quantile * errors * near.room)
        lower, upper = np.fmin(lower, other / width), np.fmax(upper, other * width)
    return lower, upper


def expected_of(summary: Summary, models: Fitted, terms: Terms) -> Forecast:
    """Forecast the customers of a summary without intervals: lower, upper and together are #N/A."""
    fit = models.buying
    nothing = np.full(summary.frequency.size, NA)
    none = np.full(nothing.size, int(Remark.NO_BUYING))
    known_of = summary.frequency, summary.recency, summary.T  # in calendar time, as people read it
    empty = Forecast._make([summary.customer, *known_of, *[nothing] * 7, none, (NA, NA)])
    if not fit.converged:
        return empty
    module, view = face.functions_of(fit), view_of(summary, models, terms)
    params = fit.params
    known = empty._replace(
        alive=module.p_alive(params, *view.history),
        buys=buys(module, params, view.history, view.time),
        purchases=module.conditional_expected(params, *view.history, view.time),
        remark=_about(summary),
    )
    spend = expected_spend(summary, models.spending, models.average)
    now = view.discounted(module, params)
    about = np.where(without_mean(summary, models.spending), int(Remark.NO_MEAN), known.remark)
    if models.spending is not None and not models.spending.converged:
        about = np.full(nothing.size, int(Remark.NO_SPENDING))
    if models.nothing_paid:
        about = np.full(nothing.size, int(Remark.NOTHING_PAID))
    return known._replace(spend=spend, value=terms.margin * spend * now, remark=about)


def _about(summary: Summary) -> Codes:
    """The remark about each customer who has a forecast."""
    paid = repeat_spend(summary)[0] > 0
    once = np.where(summary.frequency > 0, int(Remark.NONE), int(Remark.ONCE))
    return np.where((summary.frequency > 0) & ~paid, int(Remark.FREE), once)


def buys(
    module: face.Buying, params: Params, history: tuple[Floats, Floats, Floats], horizon: float
) -> Floats:
    """Return the chance of at least one purchase: without one, the same history would be older."""
    x, recency, age = history
    older = module.loglik(params, x, recency, age + horizon)
    return -np.expm1(older - module.loglik(params, x, recency, age))


def value_errors(summary: Summary, models: Fitted, terms: Terms) -> tuple[Floats, float]:
    """Return the standard error of the log of each customer's value, and of that of all together."""
    module, view = face.functions_of(models.buying), view_of(summary, models, terms)

    bought: dict[bytes, Floats] = {}  # spending moves by itself, and buying then stays the same

    def log_values(params: Floats, spending: Floats | None = None) -> Floats:
        key = params.tobytes()
        if key not in bought:
            bought.clear()
            bought[key] = view.discounted(module, params)
        value = bought[key] * expected_spend(summary, models.spending, models.average, spending)
        with np.errstate(divide="ignore"):
            return np.log(np.append(value, np.nansum(value)))

    known = models.spending is not None and models.spending.converged
    fits = [models.buying, models.spending] if known and models.spending is not None else [models.buying]
    with np.errstate(invalid="ignore"):
        *each, together = np.hypot(intervals.log_error(fits, log_values), view.error)
    return np.array(each), float(together)
