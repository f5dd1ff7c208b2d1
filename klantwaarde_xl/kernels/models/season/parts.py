"""The parts of a year that a season tells apart, each with its factor and how sure that is."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.intervals import quantile
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.numeric.discounting import YEAR_DAYS
from klantwaarde_xl.kernels.models.season.clock import Season

_Part: TypeAlias = tuple[int, float, npt.NDArray[np.bool_]]  # column, value, which days

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
    parts = _of_index(usual) if usual.shape[1] == 1 else _of_times(usual)
    days = np.array([float(here.sum()) for _, _, here in parts]) * share
    # Parts may fall together: what is told of one is the mean over its own days, whatever else these are
    factor, error = np.array([season.of_days(usual[here]) for _, _, here in parts]).T
    reach = np.exp(quantile(confidence) * error)
    column, value = np.array([column for column, _, _ in parts]), np.array([value for _, value, _ in parts])
    return Parts(column, value, factor, factor / reach, factor * reach, days)


def _of_index(usual: Floats) -> list[_Part]:
    """A part for each value of an index, of very many values for three."""
    values = np.unique(usual[:, 0])
    if values.size > _MOST:
        values = np.unique(np.quantile(usual[:, 0], [0.0, 0.5, 1.0], method="nearest"))
    return [(0, value, usual[:, 0] == value) for value in values.tolist()]


def _of_times(usual: Floats) -> list[_Part]:
    """A part for each column that has days, and one for days of none."""
    size = usual.shape[1]
    within = [*((at, 1.0, usual[:, at] > 0) for at in range(size)), (-1, 0.0, usual.sum(axis=1) == 0)]
    return [part for part in within if part[2].any()]
