"""How well a model follows reality over time: estimated on the first part, held against the rest."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, OutOfRange
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks.goodness import LAST, converged
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.log.purchases import Codes, Purchases, purchases
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, summarise, unit_of

MOST_PERIODS = 5000
PHASES = ("schatting", "controle")


class Split(NamedTuple):
    """A log cut in two: the customers as they were at the cut, and what they bought until the end."""

    summary: Summary
    bought: Purchases  # of these customers, to the end, their first purchase included
    first_day: Floats  # of the customer of each of those purchases
    until: float
    length: float  # of the unit of time, in days


class Tracking(NamedTuple):
    """One row a period since the first purchase of all; repeat purchases of all customers together."""

    period: Floats
    day: Floats  # the last day of the period
    actual: Floats
    expected: Floats
    actual_sum: Floats
    expected_sum: Floats
    phase: Floats  # index into PHASES


class Holdout(NamedTuple):
    """One row a number of repeat purchases before the cut: purchases a customer after it."""

    label: npt.NDArray[np.str_]
    customers: Floats
    actual: Floats
    expected: Floats
    difference: Floats


def split(
    customers: Codes,
    days: Floats,
    amounts: Floats | None,
    until: float | None,
    as_of: float | None,
    unit: float,
) -> Split:
    """Cut a log at the end of day until, by default halfway; only customers from before it remain."""
    whole = purchases(customers, days, amounts, as_of)
    start = float(whole.day.min())
    cut = float(np.floor((start + whole.last_day) / 2)) if until is None else float(np.floor(until))
    if not start <= cut < whole.last_day:
        raise OutOfRange(
            "De datum tot waar u schat ligt niet tussen de eerste aankoop en de peildatum.",
            remedy="Neem een datum ongeveer halverwege.",
        )
    summary = summarise(customers, days, amounts, cut, unit)
    first = np.full(int(customers.max()) + 1, np.inf)
    first[summary.customer] = summary.first_day
    kept = first[whole.customer] < np.inf
    bought = whole._replace(customer=whole.customer[kept], day=whole.day[kept], amount=whole.amount[kept])
    return Split(summary, bought, first[bought.customer], cut, unit_of(unit).days)


def fit_of(part: Split, model: float) -> Fit:
    """Fit a model before the cut; `NotAvailable` if it does not converge."""
    summary = part.summary
    return converged(face.fitted(model, summary.frequency, summary.recency, summary.T))


def tracking(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    until: float | None = None,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    as_of: float | None = None,
) -> Tracking:
    """Follow the repeat purchases of all customers by period: what was, and what the model expects.

    until: day number of the last day that the model sees, by default halfway; only customers who
    came before take part. The rest and errors as in `forecast.forecast`; `OutOfRange` for a cut
    outside the log; a fit that does not converge is `NotAvailable`. Fader, Hardie & Lee (2005),
    figures 3 and 4.
    """
    part = split(customers, days, amounts, until, as_of, unit)
    fit, length = fit_of(part, model), part.length
    start = float(part.summary.first_day.min())
    periods = int((part.bought.last_day - start + 1) // length)
    if not 1 <= periods <= MOST_PERIODS:
        raise OutOfRange(
            "De gegevens beslaan geen hele periode, of te veel.", remedy="Kies een andere eenheid."
        )
    period = np.arange(1.0, periods + 1)
    ends = start + period * length - 1
    repeats = np.sort(part.bought.day[part.bought.day > part.first_day])
    actual = np.searchsorted(repeats, ends, side="right").astype(np.float64)
    expected = expected_until(fit, model, part.summary, ends, length)
    return Tracking(
        period=period,
        day=np.floor(ends),
        actual=np.diff(actual, prepend=0.0),
        expected=np.diff(expected, prepend=0.0),
        actual_sum=actual,
        expected_sum=expected,
        phase=(ends > part.until).astype(np.float64),
    )


def expected_until(fit: Fit, model: float, summary: Summary, ends: Floats, length: float) -> Floats:
    """Return the repeat purchases of all customers together to expect until each day."""
    starts, members = np.unique(summary.first_day, return_counts=True)
    age = np.maximum(ends[:, None] - starts, 0.0) / length
    different, place = np.unique(age, return_inverse=True)
    each = face.module_of(model).expected(fit.params, different)
    return np.asarray(each[place.reshape(age.shape)] @ members)


def holdout(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    until: float | None = None,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    as_of: float | None = None,
) -> Holdout:
    """Compare purchases after the cut, by number of repeat purchases before it; the last row is all.

    Arguments and errors as in `tracking`. Fader, Hardie & Lee (2005), figure 5.
    """
    part = split(customers, days, amounts, until, as_of, unit)
    summary, fit = part.summary, fit_of(part, model)
    actual, expected = after(part, fit, model)
    row = np.minimum(summary.frequency, LAST).astype(int)
    members = np.bincount(row, minlength=LAST + 1)
    sums = [np.bincount(row, weights=column, minlength=LAST + 1) for column in (actual, expected)]
    size = np.append(members, members.sum()).astype(np.float64)
    means = [
        np.where(size > 0, np.append(column, column.sum()) / np.maximum(size, 1), CellError.NA.nan)
        for column in sums
    ]
    label = np.array([*(str(k) for k in range(LAST)), f"{LAST} of meer", "alle klanten"])
    return Holdout(label, size, means[0], means[1], np.where(size > 0, means[0] - means[1], CellError.NA.nan))


def after(part: Split, fit: Fit, model: float) -> tuple[Floats, Floats]:
    """Return the purchases of each customer after the cut: actual and expected."""
    summary = part.summary
    later = part.bought.customer[part.bought.day > part.until]
    actual = np.bincount(later, minlength=int(summary.customer.max()) + 1)[summary.customer]
    ahead = (part.bought.last_day - part.until) / part.length
    expected = face.module_of(model).conditional_expected(
        fit.params, summary.frequency, summary.recency, summary.T, ahead
    )
    return actual.astype(np.float64), expected
