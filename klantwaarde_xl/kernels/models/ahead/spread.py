"""How far what purchases cost may be from what is expected: within a customer, and between customers.

Amounts of a customer vary around the customer's own mean by a constant share of it, which is measured on
the purchases themselves. How far that mean may be from the expected one follows from the Gamma-Gamma: given
x amounts the scale is gamma(q + p x, …), so that the square of its mean's coefficient of variation is
1 / (q + p x − 2); where that does not exist, or is more than all amounts leave for it, it is what they leave.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.forecast import Fitted, repeat_spend
from klantwaarde_xl.kernels.models.log.purchases import Purchases
from klantwaarde_xl.kernels.models.log.summary import Summary


class Spread(NamedTuple):
    """Squares of coefficients of variation.

    within: of one amount around the customer's mean; between: of each customer's mean around what is
    expected of it; of_new: the same of a new customer.
    """

    within: float
    between: Floats
    of_new: float


class First(NamedTuple):
    """What first purchases cost: the mean, the square of its coefficient of variation, and of how many."""

    mean: float
    spread: float
    many: int


def spread_of(summary: Summary, models: Fitted, bought: Purchases | None = None) -> Spread:
    """Return how far amounts may be from what is expected.

    bought: the purchases of these customers; without them the spread within a customer is the model's, and
    without a model that of the means of customers.
    """
    x, z = repeat_spend(summary)
    fit = models.spending
    params = fit.params if fit is not None and fit.converged else None
    within, most = _measured(bought) if bought is not None else (None, _square(z[x > 0]))
    if within is None:
        within = 1 / params["p"] if params and "p" in params else most
    if params is None:
        return Spread(within, np.full(x.size, most), most)
    q = params.get("q", np.inf)
    per_amount = params.get("p", np.inf if "u" in params else 0.0)
    own = np.where(x > 0, per_amount * np.where(x > 0, x, 1.0), 0.0)
    between = np.minimum(1 / np.maximum(q - 2 + own, 1e-9), most)
    return Spread(within, between, min(1 / max(q - 2, 1e-9), most))


def first_spend(summary: Summary, since: float) -> First:
    """Return what the first purchases cost of who came on or after a day; of all where nobody did."""
    repeat = np.where(summary.frequency > 0, summary.frequency * np.nan_to_num(summary.mean_spend), 0.0)
    first = summary.revenue - repeat
    recent = first[summary.first_day >= since]
    of = recent if recent.size > 1 else first
    return First(float(of.mean()), _square(of), int(of.size))


def _square(amounts: Floats) -> float:
    """The square of the coefficient of variation; nought of fewer than two."""
    if amounts.size < 2 or not amounts.mean() > 0:
        return 0.0
    return float(amounts.var(ddof=1) / amounts.mean() ** 2)


def _measured(bought: Purchases) -> tuple[float | None, float]:
    """What purchases vary within customers, None where nobody made two, and what these then differ at most.

    All amounts together vary by (1 + within) (1 + between) − 1, so that neither can be more than leaves the
    other nought; with a few enormous amounts an estimate of one by itself would.
    """
    every = _square(bought.amount)
    within = _within(bought)
    if within is None:
        return None, every
    within = min(within, every)
    return within, max((1 + every) / (1 + within) - 1, 0.0)


def _within(bought: Purchases) -> float | None:
    """The same of one amount around its customer's mean, pooled over customers with two or more."""
    starts = np.flatnonzero(np.append(True, bought.customer[1:] != bought.customer[:-1]))
    many = np.diff(np.append(starts, bought.customer.size)).astype(np.float64)
    mean = np.add.reduceat(bought.amount, starts) / many
    squares = np.add.reduceat(bought.amount**2, starts) - many * mean**2
    some = many > 1
    free = many[some] - 1
    of_one = np.maximum(squares[some], 0.0) / free
    # A squared mean of n amounts is too high by the variance of one over n
    whole = float(free @ (mean[some] ** 2 - of_one / many[some]))
    return float(free @ of_one) / whole if some.any() and whole > 0 else None
