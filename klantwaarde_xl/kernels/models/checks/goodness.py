"""How well a model of buying fits: customers by number of purchases, and chi-square."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.ratio_test import chi_square_tail
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.log.summary import Summary

LAST = 7  # this many repeat purchases or more are one row
FEWEST = 5.0  # customers to expect in a row of a chi-square test


class Counts(NamedTuple):
    """Customers with 0, 1, … repeat purchases, the last row with so many or more."""

    actual: Floats
    expected: Floats


class ChiSquare(NamedTuple):
    """Pearson's statistic with its degrees of freedom and p-value; NaN without any."""

    statistic: float
    df: int
    p_value: float


def counts(summary: Summary, fit: Fit, model: float, last: int = LAST) -> Counts:
    """Count the customers with 0, …, last or more repeat purchases, and how many the model expects.

    fit: of that model, converged. Fader, Hardie & Lee (2005), figure 2.
    """
    module = face.functions_of(fit)
    actual = np.bincount(np.minimum(summary.frequency, last).astype(int), minlength=last + 1)
    ages, members = np.unique(summary.T, return_counts=True)
    chances = module.pmf(fit.params, np.arange(float(last))[:, None], ages)
    expected = chances @ members
    return Counts(actual.astype(np.float64), np.append(expected, summary.T.size - expected.sum()))


def chi_square(actual: Floats, expected: Floats, parameters: int) -> ChiSquare:
    """Test expected against actual counts; rows that expect too few are joined from the end.

    parameters: how many were estimated, each takes a degree of freedom. Fader, Hardie & Lee (2005).
    """
    found, wanted = list(actual), list(expected)
    while len(wanted) > 1 and wanted[-1] < FEWEST:
        for column in (wanted, found):
            last = column.pop()  # before the sum: a pop inside it would shift the row it is added to
            column[-1] += last
    df = len(wanted) - 1 - parameters
    statistic = float(sum((a - e) ** 2 / e for a, e in zip(found, wanted, strict=True)))
    return ChiSquare(statistic, df, chi_square_tail(statistic, df) if df > 0 else np.nan)
