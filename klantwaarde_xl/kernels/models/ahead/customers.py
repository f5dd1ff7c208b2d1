"""Each customer on a day to come, and between two of them: still a customer, purchases, value.

What a window of days brings is what comes until its end less what comes until its begin, so that windows
add up, and one that begins now is a forecast.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead.days import Ahead
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import Fit, converged
from klantwaarde_xl.kernels.models.forecast import Fitted, Terms, ends_of, expected_spend
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary, only
from klantwaarde_xl.kernels.models.season.view import View, seen
from klantwaarde_xl.kernels.models.totals import Estimate
from klantwaarde_xl.refusals import forecasts as refused

NA = CellError.NA.nan


class Still(NamedTuple):
    """One row a customer; chances 0…1 of being a customer."""

    customer: Codes
    now: Floats
    then: Floats
    stays: Floats  # until then, of who is a customer now


class Between(NamedTuple):
    """One row a customer but for the last two; ends of intervals are of expectations.

    begins, ends: chance 0…1 to be a customer at the begin and the end of the window; purchases and value:
    expected in it, the value with margin and interest.
    """

    customer: Codes
    begins: Floats
    ends: Floats
    purchases: Floats
    purchases_lower: Floats
    purchases_upper: Floats
    value: Floats
    value_lower: Floats
    value_upper: Floats
    all_purchases: Estimate
    all_value: Estimate


def functions_of(fit: Fit) -> Continuous:
    """Return the functions of a fit of a model in time; one that did not converge is `NotAvailable`."""
    functions = face.functions_of(converged(fit))
    if not isinstance(functions, Continuous):
        raise refused.COUNTS_OPPORTUNITIES(model=fit.model)
    return functions


def still_customers(fit: Fit, summary: Summary, days: float, ahead: Ahead) -> Still:
    """Return the chance of each customer to be one so many days, > 0, after the last day known.

    fit: of a model of buying in continuous time to this summary, in the time of ahead; one that did not
    converge is `NotAvailable`.
    """
    functions, (columns, place) = functions_of(fit), alike(summary)
    now = functions.p_alive(fit.params, *columns)
    then = functions.still_alive(fit.params, *columns, ahead(np.array(days)))
    stays = np.divide(then, now, out=np.full(now.size, NA), where=now > 0)
    return Still(summary.customer, now[place], then[place], stays[place])


def between(summary: Summary, models: Fitted, terms: Terms, days: tuple[float, float]) -> Between:
    """Return what each customer is expected to buy and be worth between two days.

    days: as `days.window` gives them; terms: their horizon is not looked at. The intervals are those of a
    forecast, of the expectation. A model of buying that did not converge is `NotAvailable`.
    """
    fit = models.buying
    functions, length = functions_of(fit), terms.unit.days
    _, place = alike(seen(summary, models.season, length))
    different = only(summary, np.unique(place, return_index=True)[1])
    views = [View(different, models.season, length, day / length, terms.interest) for day in days]
    season, now = models.season, summary.last_day
    unsure = 0.0 if season is None else season.error_ahead(now, *days)

    def chance(view: View) -> Floats:
        return functions.still_alive(fit.params, *view.history, view.time)[place]

    def bought(by: face.Buying, params: Floats) -> Floats:
        """Purchases and discounted purchases of each customer, and of all together."""
        until = [by.conditional_expected(params, *view.history, view.time) for view in views]
        worth = [view.discounted(by, params) for view in views] if terms.interest else until
        return np.array([until[1] - until[0], worth[1] - worth[0]])[:, place]

    known: dict[bytes, Floats] = {}  # spending moves by itself, and buying then stays the same

    def figures(params: Floats, spending: Floats | None = None, by: face.Buying = functions) -> Floats:
        key = params.tobytes()
        if by is not functions or key not in known:
            known.clear()
            known[key] = bought(by, params)
        many, worth = known[key]
        spend = expected_spend(summary, models.spending, models.average, spending)
        return _with_all(many, terms.margin * worth * spend)

    def moved(by: face.Buying, params: Floats) -> Floats:
        return figures(params, by=by)

    at = np.array([*fit.params.values()])
    whole = figures(at)
    everybody = View(summary, models.season, length, days[1] / length, 0.0)  # whose likelihood counts
    lower, upper = _ends(whole, figures, moved, everybody, unsure, models, terms)
    (many, worth), (many_low, worth_low), (many_high, worth_high) = whole, lower, upper
    return Between(
        summary.customer,
        chance(views[0]),
        chance(views[1]),
        *(column[:-1] for column in (many, many_low, many_high, worth, worth_low, worth_high)),
        *(
            Estimate(*(float(column[-1]) for column in one))
            for one in ((many, many_low, many_high), (worth, worth_low, worth_high))
        ),
    )


def _ends(
    whole: Floats,
    figures: Callable[..., Floats],
    moved: Callable[[face.Buying, Floats], Floats],
    view: View,
    unsure: float,
    models: Fitted,
    terms: Terms,
) -> tuple[Floats, Floats]:
    """The ends of the intervals of expected figures; of what is surely nothing these are nothing.

    unsure: the error of the log of how long the window lasts in the model.
    """

    def logs(*params: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.log(figures(*params))

    with np.errstate(invalid="ignore"):
        errors = np.hypot(intervals.log_error(fits_of(models), logs), unsure)
        lower, upper = ends_of(whole, errors, moved, view, models, terms)
    return np.where(whole == 0, 0.0, lower), np.where(whole == 0, 0.0, upper)


def fits_of(models: Fitted) -> list[Fit]:
    """Return the fits of which the errors count."""
    known = models.spending is not None and models.spending.converged
    return [models.buying, models.spending] if known and models.spending else [models.buying]


def _with_all(*columns: Floats) -> Floats:
    return np.array([np.append(column, column.sum()) for column in columns])


def alike(summary: Summary) -> tuple[tuple[Floats, Floats, Floats], Codes]:
    """Return the different histories, and the place of each customer among them."""
    history = np.stack([summary.frequency, summary.recency, summary.T])
    (x, t_x, age), place = np.unique(history, axis=1, return_inverse=True)
    return (x, t_x, age), place.ravel()
