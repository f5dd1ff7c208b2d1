"""What comes in windows of time: of present customers, of new ones and together, and between which ends.

An interval holds what will be counted with the stated confidence. Its variance has three parts: purchases,
stopping and amounts, of which the models say how they vary (`present`); new customers coming (`newcomers`);
and the estimates, by the delta method. From mean and variance `realised` makes the ends. At a limit of the
model they hold what lies beside it too, as those of a forecast do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.ahead import realised
from klantwaarde_xl.kernels.models.ahead.arrivals import Arrivals
from klantwaarde_xl.kernels.models.ahead.customers import fits_of, functions_of
from klantwaarde_xl.kernels.models.ahead.days import Windows
from klantwaarde_xl.kernels.models.ahead.newcomers import Newcomers, again_of
from klantwaarde_xl.kernels.models.ahead.present import Figures, expected_of_all, some_of
from klantwaarde_xl.kernels.models.ahead.spread import first_spend, spread_of
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.forecast import Fitted, Terms, expected_spend
from klantwaarde_xl.kernels.models.log.purchases import Purchases
from klantwaarde_xl.kernels.models.log.summary import Summary, only

NA = CellError.NA.nan
_NOTHING = 1e-300


class Coming(NamedTuple):
    """Of each window what is expected, and between which ends it will be counted."""

    expected: Floats
    lower: Floats
    upper: Floats


class Group(NamedTuple):
    """What a group of customers buys; revenue in currency, without margin or interest."""

    purchases: Coming
    revenue: Coming


class Outlook(NamedTuple):
    """What comes, a figure a window, the last of all of them; without arrivals only of the present."""

    present: Group
    new: Group | None
    together: Group | None
    newcomers: Coming | None  # how many new customers come
    repeats: Floats | None  # the purchases of new customers after their first
    again: float = 1.0  # how often new customers come back, in what a customer of the model does


class _View(NamedTuple):
    """What present customers and new ones bring by some parameters, as `Nearby` has them."""

    expected: list[Figures]
    variance: list[Figures]
    room: float


def outlook(
    summary: Summary,
    models: Fitted,
    terms: Terms,
    windows: Windows,
    arrivals: Arrivals | None = None,
    bought: Purchases | None = None,
) -> Outlook:
    """Return what comes in each window, with intervals in which it will be counted.

    summary, models: as a forecast has them, in the time of the windows; terms: of which the confidence and
    the model count; arrivals: of new customers; bought: the purchases of these customers, from which the
    spread of amounts is measured. A model of buying that did not converge is `NotAvailable`.
    """
    functions, fit = functions_of(models.buying), models.buying
    at = np.array([*fit.params.values()])
    spread = spread_of(summary, models, bought)
    new = _newcomers(summary, arrivals, windows, terms.confidence)
    if new is not None:
        new = replace(new, again=again_of(functions, at, summary, new.arrivals.since))
    spend, of_new = _spend(summary, models, None)
    whole, worth = expected_of_all(functions, at, summary, spend, windows)
    some = some_of(summary, worth)

    def buys(by: Continuous, params: Floats) -> tuple[Floats, Floats | None]:
        return some.purchases(by, params, windows), None if new is None else new.repeats(by, params)

    def expected(bought: tuple[Floats, Floats | None], spending: Floats | None = None) -> list[Figures]:
        (each, repeats), (spend, of_new) = bought, _spend(summary, models, spending)
        found = [Figures(each.sum(axis=0), spend[some.rows] @ each)]
        return found if new is None or repeats is None else [*found, new.expected(repeats, of_new)]

    def variance(by: Continuous, params: Floats) -> list[Figures]:
        found = [some.variance(by, params, spend, spread, windows)]
        return found if new is None else [*found, new.variance(by, params, of_new, spread)]

    middle = buys(functions, at)
    found = expected(middle)
    scale = [_over(exact, of_some) for exact, of_some in zip(whole, found[0], strict=True)]
    views = [_View(found, variance(functions, at), 1.0)]
    history = summary.frequency, summary.recency, summary.T
    for near in face.nearby_of(fit, terms.model, history, float(windows.times[-1]), terms.confidence):
        here = near.model, near.params
        views.append(_View(expected(buys(*here)), variance(*here), near.room))
    errors = np.hypot(_errors(models, buys, expected, functions), windows.errors)
    share = 1.0 if new is None else new.share
    groups = _groups(views, scale, errors, terms.confidence, share)
    if new is None or middle[1] is None:
        return Outlook(groups[0], None, None, None, None)
    ends = realised.counts(new.number, new.number_variance(), terms.confidence)
    number = Coming(new.number * share, *ends)
    return Outlook(groups[0], groups[1], groups[2], number, middle[1] * share, new.again)


def _newcomers(
    summary: Summary, arrivals: Arrivals | None, windows: Windows, confidence: float
) -> Newcomers | None:
    if arrivals is None:
        return None
    first = first_spend(summary, arrivals.since)
    return Newcomers(arrivals, first, windows, summary.last_day, confidence)


def _spend(summary: Summary, models: Fitted, spending: Floats | None) -> tuple[Floats, float]:
    """The spend to expect of each customer, and of a new one."""
    nobody = only(summary, np.zeros(1, dtype=np.intp))
    nobody = nobody._replace(frequency=np.zeros(1), mean_spend=np.full(1, NA))
    each, of_new = (
        expected_spend(one, models.spending, models.average, spending) for one in (summary, nobody)
    )
    return each, float(of_new[0])


def _stacked(figures: list[Figures]) -> Floats:
    """Groups × figures × windows, all together as one more group where there are two."""
    found = np.array([[*one] for one in figures])
    return np.concatenate([found, found.sum(axis=0, keepdims=True)]) if len(found) > 1 else found


def _errors(
    models: Fitted,
    buys: Callable[[Continuous, Floats], Any],
    expected: Callable[..., list[Figures]],
    by: Continuous,
) -> Floats:
    """The standard errors of the logarithms, of `_stacked` expectations."""
    known: dict[bytes, Any] = {}  # spending moves by itself, and buying then stays the same

    def logs(params: Floats, spending: Floats | None = None) -> Floats:
        key = params.tobytes()
        if key not in known:
            known.clear()
            known[key] = buys(by, params)
        return np.log(np.maximum(_stacked(expected(known[key], spending)), _NOTHING))

    return intervals.log_error(fits_of(models), logs)


def _over(exact: Floats, found: Floats) -> Floats:
    """By what figures of some customers are multiplied to be those of all."""
    return np.divide(exact, found, out=np.ones_like(exact), where=found > 0)


def _groups(
    views: list[_View], scale: list[Floats], errors: Floats, confidence: float, share: float
) -> list[Group]:
    """The groups with their ends, as wide as every view of the parameters makes them."""
    means, ends = [], []
    for view in views:
        mean, variance = (_stacked(_of_all(one, scale)) for one in (view.expected, view.variance))
        variance = variance + (errors * view.room * mean) ** 2
        ends.append([_ends(*group, confidence) for group in zip(mean, variance, strict=True)])
        means.append(mean)
    lower, upper = np.moveaxis(np.array(ends), 3, 0)  # views × groups × figures × windows
    mean = means[0]
    if len(mean) > 1:  # what is only possible is not expected
        mean = np.array([mean[0], mean[1] * share, mean[0] + mean[1] * share])
    return [
        Group(*(Coming(*one) for one in zip(*group, strict=True)))
        for group in zip(mean, np.fmin.reduce(lower), np.fmax.reduce(upper), strict=True)
    ]


def _of_all(figures: list[Figures], scale: list[Floats]) -> list[Figures]:
    """The same with present customers as many as there are."""
    first = Figures(*(one * by for one, by in zip(figures[0], scale, strict=True)))
    return [first, *figures[1:]]


def _ends(mean: Floats, variance: Floats, confidence: float) -> list[tuple[Floats, Floats]]:
    """The ends of the purchases and of the revenue of a group."""
    return [
        realised.counts(mean[0], variance[0], confidence),
        realised.amounts(mean[0], variance[0], mean[1], variance[1], confidence),
    ]
