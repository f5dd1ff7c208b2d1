"""How well a model of buying fits: customers by number of purchases, and chi-square."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, summarise

LAST = 7  # this many repeat purchases or more are one row
FEWEST = 5.0  # customers to expect in a row of a chi-square test


class ByCount(NamedTuple):
    """One row a number of repeat purchases: customers who made it, and who were to expect."""

    label: npt.NDArray[np.str_]
    actual: Floats
    expected: Floats
    difference: Floats


class ChiSquare(NamedTuple):
    """Pearson's statistic with its degrees of freedom and p-value; NaN without any."""

    statistic: float
    df: int
    p_value: float


def by_count(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    as_of: float | None = None,
) -> ByCount:
    """Compare how many customers made 0, 1, … repeat purchases with how many the model expects.

    Arguments and errors as in `forecast.forecast`. A fit that does not converge is `NotAvailable`.
    Fader, Hardie & Lee (2005), figure 2.
    """
    summary = summarise(customers, days, amounts, as_of, unit)
    fit = converged(face.fitted(model, summary.frequency, summary.recency, summary.T))
    actual, expected = counts(summary, fit, model)
    label = np.array([*(str(k) for k in range(LAST)), f"{LAST} of meer"])
    return ByCount(label, actual, expected, actual - expected)


def converged(fit: Fit) -> Fit:
    """Return a fit that can be used; `NotAvailable` with its message otherwise."""
    if not fit.converged:
        raise NotAvailable(f"{fit.model} is niet te schatten: {fit.message}")
    return fit


def counts(summary: Summary, fit: Fit, model: float, last: int = LAST) -> tuple[Floats, Floats]:
    """Return customers with 0, …, last or more repeat purchases: actual and expected."""
    module = face.module_of(model)
    actual = np.bincount(np.minimum(summary.frequency, last).astype(int), minlength=last + 1)
    ages, members = np.unique(summary.T, return_counts=True)
    chances = module.pmf(fit.params, np.arange(float(last))[:, None], ages)
    expected = chances @ members
    return actual.astype(np.float64), np.append(expected, summary.T.size - expected.sum())


def chi_square(actual: Floats, expected: Floats, parameters: int) -> ChiSquare:
    """Test expected against actual counts; rows that expect too few are joined from the end.

    parameters: how many were estimated, each takes a degree of freedom. Fader, Hardie & Lee (2005).
    """
    from scipy.stats import chi2

    found, wanted = list(actual), list(expected)
    while len(wanted) > 1 and wanted[-1] < FEWEST:
        for column in (wanted, found):
            last = column.pop()  # before the sum: a pop inside it would shift the row it is added to
            column[-1] += last
    df = len(wanted) - 1 - parameters
    statistic = float(sum((a - e) ** 2 / e for a, e in zip(found, wanted, strict=True)))
    return ChiSquare(statistic, df, float(chi2.sf(statistic, df)) if df > 0 else np.nan)
