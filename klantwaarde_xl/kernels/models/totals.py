"""All customers together: what they will buy and are worth, with intervals of the expectation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import converged
from klantwaarde_xl.kernels.models.forecast import Fitted, Forecast, Remark, Terms, ends_of, view_of
from klantwaarde_xl.kernels.models.log.summary import Summary

NA = CellError.NA.nan


class Estimate(NamedTuple):
    """An expectation with the ends of its interval; #N/A where there are none."""

    value: float
    lower: float = NA
    upper: float = NA


class Totals(NamedTuple):
    """The figures of all customers together, in the order in which people read them."""

    customers: Estimate
    alive: Estimate  # the chances of being a customer still, added up
    purchases: Estimate  # in the horizon
    value: Estimate  # #N/A when that of some customer is
    each: Estimate  # value per customer
    remark: Remark  # why there is no value


def totals_of(summary: Summary, models: Fitted, made: Forecast, terms: Terms, *, ends: bool = True) -> Totals:
    """Add up a forecast; the intervals are by the delta method on the logarithm of the sum.

    made: the forecast of these customers with these models and terms; ends: whether there are intervals,
    which cost as much as eight forecasts. Models that did not converge are `NotAvailable`.
    """
    converged(models.buying)
    module, view = face.functions_of(models.buying), view_of(summary, models, terms)

    def moved(functions: face.Buying, params: Floats) -> Floats:
        return np.asarray(functions.conditional_expected(params, *view.history, view.time).sum())

    def log_purchases(params: Floats) -> Floats:
        return np.asarray(np.log(moved(module, params)))

    count = float(summary.T.size)
    bought = Estimate(float(made.purchases.sum()))
    if ends:
        error = np.hypot(intervals.log_error([models.buying], log_purchases), view.error)
        least, most = ends_of(np.asarray(bought.value), error, moved, view, models, terms)
        bought = Estimate(bought.value, float(least), float(most))
    without = np.isnan(made.value)
    value = each = Estimate(NA)
    if not without.any():
        worth = float(made.value.sum())
        value, each = (Estimate(worth / by, *(end / by for end in made.together)) for by in (1.0, count))
    return Totals(
        Estimate(count),
        Estimate(float(made.alive.sum())),
        bought,
        value,
        each,
        Remark(int(made.remark[without][0])) if without.any() else Remark.NONE,
    )
