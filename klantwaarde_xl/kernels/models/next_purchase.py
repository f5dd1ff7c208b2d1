"""When each customer is expected to buy again, and who is late.

Without a purchase the same history would be older, so the chance of silence in a time t is a ratio of
likelihoods; no model needs a formula of its own for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.search import Fit, converged
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.numeric.crossing import Rows, crossing
from klantwaarde_xl.kernels.models.season.clock import Season
from klantwaarde_xl.kernels.models.season.view import history_of

NA = CellError.NA.nan
WITHIN = (30.0, 60.0, 90.0)  # days
LATE = 0.25  # who is silent longer than three of four times between two purchases
_EVER = 1e4  # of the longest history: after so long nobody who is silent comes back
_HARDLY = 1e-9  # a chance of ever buying again: below it rounding tells when
_SOON = -20.0  # the logarithm of the shortest time that is looked at
_NEAR = 1e-9  # of the logarithm of a time
_MARKS = 10  # times, alike for all, between which each is sought


class Next(NamedTuple):
    """One row a customer; days are day numbers.

    alive: chance of being a customer still; within: chances to buy within 30, 60 and 90 days, a row each;
    early, middle, late: the days by which a quarter, half and three quarters of such customers have bought
    again, of those who ever do, #N/A after more than a hundred years or where next to nobody ever does;
    silence: how often a customer like this is silent for so long and still a customer; overdue: whether that
    is less than one time in four.
    """

    customer: Codes
    last: Floats
    alive: Floats
    within: Floats
    early: Floats
    middle: Floats
    late: Floats
    silence: Floats
    overdue: Floats


def next_purchases(fit: Fit, summary: Summary, length: float, season: Season | None = None) -> Next:
    """Return when each customer is expected to buy again.

    fit: of a model of buying in continuous time to this summary, in the season's time where there is one;
    length: of the summary's unit of time, in days. A fit that did not converge is `NotAvailable`.
    """
    module, params = face.functions_of(converged(fit)), fit.params
    history = history_of(summary, season, length)
    columns, place = np.unique(np.stack(history), axis=1, return_inverse=True)
    x, t_x, age = columns
    now = module.loglik(params, x, t_x, age)

    def bought(time: Floats, rows: Rows | slice = slice(None)) -> Floats:
        """The chance of a purchase within a time of the model, of all or of some."""
        later = module.loglik(params, x[rows], t_x[rows], age[rows] + time)
        return np.maximum(-np.expm1(later - now[rows]), 0.0)

    alive = module.p_alive(params, x, t_x, age)
    days = np.array(WITHIN)
    passed = days if season is None else season.ahead(summary.last_day, days)
    within = np.array([bought(np.full(x.size, time)) for time in passed / length])
    longest = _EVER * max(float(age.max()), 1.0)
    ever = bought(np.full(x.size, longest))
    quarters = _times_until(bought, np.outer((0.25, 0.5, 0.75), ever), longest)
    quarters[:, ever < _HARDLY] = np.inf
    silence = np.exp(
        now + np.log(alive) - module.loglik(params, x, t_x, t_x) - np.log(module.p_alive(params, x, t_x, t_x))
    )
    place = place.ravel()
    early, middle, late = (_day(summary.last_day, time[place] * length, season) for time in quarters)
    return Next(
        customer=summary.customer,
        last=summary.final_day,
        alive=alive[place],
        within=within[:, place],
        early=early,
        middle=middle,
        late=late,
        silence=silence[place],
        overdue=(silence[place] < LATE).astype(np.float64),
    )


def _times_until(bought: Callable[[Floats, Rows], Floats], chances: Floats, longest: float) -> Floats:
    """The times within which chances of a purchase are reached, a column a customer."""
    many = chances.shape[1]
    marks = np.linspace(_SOON, np.log(longest), _MARKS)
    every = np.arange(many)
    seen = np.stack([bought(np.full(many, time), every) for time in np.exp(marks)])
    times = []
    for wanted in chances:
        # The first mark by which it is reached; 0 for the first one, and for none
        after = np.argmax(seen >= wanted, axis=0)
        after[seen[-1] < wanted] = _MARKS - 1
        low, high = marks[np.maximum(after - 1, 0)], marks[after]

        def short(place: Floats, rows: Rows, wanted: Floats = wanted) -> Floats:
            return bought(np.exp(place), rows) - wanted[rows]

        times.append(np.exp(crossing(short, low, high, _NEAR)))
    return np.stack(times)


def _day(now: float, passed: Floats, season: Season | None) -> Floats:
    """The day on which so much time of the model, in days, has passed; #N/A after a hundred years."""
    days = passed if season is None else season.when(now, np.minimum(passed, 40_000.0))
    return np.where(passed < 36_525, np.ceil(now + np.maximum(days, 1e-9)), NA)
