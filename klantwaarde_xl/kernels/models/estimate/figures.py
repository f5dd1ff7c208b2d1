"""The figures of a fit: its parameters and what follows from them, each with an error and an interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.ratio_test import criteria
from klantwaarde_xl.kernels.models.estimate.search import Fit

NA = CellError.NA.nan


class Figure(NamedTuple):
    """A figure of a fit; error, lower and upper are #N/A where there are none.

    name: of the parameter, of what follows, or loglik, aic, bic, n, converged (1 or 0).
    """

    name: str
    value: float
    error: float = NA
    lower: float = NA
    upper: float = NA


class Follows(NamedTuple):
    """A positive quantity that follows from the parameters.

    odds: whether it is odds, shown as the chance that they are, so that its interval stays below one.
    """

    name: str
    quantity: Callable[[Mapping[str, float]], float]
    odds: bool = False


def ratio(name: str, above: str, below: str, *, odds: bool = False) -> Follows:
    """Return what follows as one parameter over another."""
    return Follows(name, lambda at: at[above] / at[below], odds)


def figures(
    fit: Fit, follows: Sequence[Follows], confidence: float, names: Sequence[str] = ()
) -> list[Figure]:
    """Return the figures of a fit, by the delta method on the logarithm.

    confidence: of the intervals, 0…1, else `OutOfRange`; names: of the parameters, by default those of
    the fit; one that a fit at a limit has not is #N/A. Of a fit that did not converge each is NaN but n
    and converged.
    """
    ends = dict(zip(fit.params, zip(*intervals.of_parameters(fit, confidence), strict=True), strict=True))
    found = [
        Figure(name, fit.params[name], fit.se[name], *map(float, ends[name]))
        if name in fit.params
        else Figure(name, NA)
        for name in names or fit.params
    ]
    found += [_following(fit, one, confidence) for one in follows]
    aic, bic = criteria(fit)
    found += [Figure("loglik", fit.loglik), Figure("aic", aic), Figure("bic", bic)]
    return [*found, Figure("n", float(fit.n)), Figure("converged", float(fit.converged))]


def _following(fit: Fit, what: Follows, confidence: float) -> Figure:
    if not fit.converged:
        return Figure(what.name, np.nan, np.nan, np.nan, np.nan)
    if what.quantity(fit.params) == 0:
        return Figure(what.name, 0.0)
    with np.errstate(invalid="ignore"):
        value, error, lower, upper = intervals.derived(fit, what.quantity, confidence)
    if not what.odds:
        return Figure(what.name, value, error, lower, upper)
    chance, least, most = (odds / (1 + odds) for odds in (value, lower, upper))
    return Figure(what.name, chance, error / (1 + value) ** 2, least, most)
