"""The parts of a year that a season tells apart, each with its factor and how sure that is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.intervals import quantile
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.kernels.models.season.clock import Season

_MOST = 12  # values of an index that are shown each; of more the lowest, the middle and the highest


class Parts(NamedTuple):
    """One row a part: days on which the same drives the rate.

    column: of the calendar, −1 for days of none; value: of that column; factor, lower, upper: by what the
    rate of buying is multiplied; days: how many a year.
    """

    column: Codes
    value: Floats
    factor: Floats
    lower: Floats
    upper: Floats
    days: Floats


def parts_of(season: Season, confidence: float) -> Parts:
    """Return a row for each column of a calendar of yes and no, and for days of none; or value of an index.

    Of an index with very many values there are three: the lowest, the middle one and the highest.
    confidence: 0…1, of the intervals, which are normal on the log of the factor.
    """
    usual = season.calendar.columns(np.arange(season.begin, season.end + 1))
    share = YEAR_DAYS / usual.shape[0]
    if usual.shape[1] == 1:
        values, counts = np.unique(usual[:, 0], return_counts=True)
        if values.size > _MOST:
            values = np.quantile(usual[:, 0], [0.0, 0.5, 1.0], method="nearest")
            counts = np.array([(usual[:, 0] == value).sum() for value in values])
        column, columns, days = np.zeros(values.size, dtype=np.intp), values[:, None], counts * share
        factor, error = season.of_columns(columns)
    else:
        within = [*(usual[:, at] > 0 for at in range(usual.shape[1])), usual.sum(axis=1) == 0]
        there = [at for at, days_ in enumerate(within) if days_.any()]
        days = np.array([float(within[at].sum()) for at in there]) * share
        column = np.array([at if at < usual.shape[1] else -1 for at in there], dtype=np.intp)
        values = np.where(column < 0, 0.0, 1.0)
        # Parts may fall together: what is told of one is the mean over its own days, whatever else these are
        factor, error = np.array([season.of_days(usual[within[at]]) for at in there]).T
    reach = np.exp(quantile(confidence) * error)
    return Parts(column, values, factor, factor / reach, factor * reach, np.asarray(days))
