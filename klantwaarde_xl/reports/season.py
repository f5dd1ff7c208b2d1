"""A log of transactions and the season in it: what each part of the year does, and whether it holds."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import OutOfRange
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.intervals import quantile
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.kernels.models.season.calendar import MONTHS, SHOPS, Calendar
from klantwaarde_xl.kernels.models.season.estimate import estimate
from klantwaarde_xl.kernels.models.season.parts import parts_of
from klantwaarde_xl.kernels.models.season.proof import choose
from klantwaarde_xl.reports.arguments import STANDARD, WEEK, chosen
from klantwaarde_xl.reports.season_arguments import calendar_of
from klantwaarde_xl.wording import seasons

Words = npt.NDArray[np.str_]


class Year(IntEnum):
    """By what a year is divided."""

    MONTHS = 0
    SHOPS = 1


_CALENDARS = {Year.MONTHS: MONTHS, Year.SHOPS: SHOPS}


class Factors(NamedTuple):
    """One row a part of the year, as in `parts.Parts`."""

    label: Words
    factor: Floats
    lower: Floats
    upper: Floats
    days: Floats


class Proofs(NamedTuple):
    """One row a season, as in `proof.Proof`."""

    label: Words
    gain: Floats
    error: Floats
    off: Floats
    plain_off: Floats
    note: Words


def factors(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    year: float = float(Year.MONTHS),
    model: float = STANDARD,
    as_of: float | None = None,
    confidence: float = 0.95,
    index: Floats | None = None,
) -> Factors:
    """Estimate by what each part of the year multiplies the rate of buying, 1 on average.

    year: a `Year`; index: rows of a day number and a number, which then drives the season, as in
    `calendar.of_index`; confidence: 0…1, of the intervals. The rest and errors as in `customers.forecast`.
    """
    quantile(confidence)
    calendar = _calendar(year, index)
    log = Log(customers, days, amounts)
    bought, summary = prepare(log, as_of)
    model = chosen(model, log, as_of, WEEK)
    found = parts_of(estimate(model, bought, summary, calendar, Unit.WEEK.days).season, confidence)
    labels = [
        seasons.part(calendar, int(column), float(value))
        for column, value in zip(found.column, found.value, strict=True)
    ]
    return Factors(np.array(labels), found.factor, found.lower, found.upper, found.days)


def proofs(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    model: float = STANDARD,
    as_of: float | None = None,
    index: Floats | None = None,
) -> Proofs:
    """Hold each season against the last months of the log, of which it was not estimated.

    Arguments and errors as in `factors`.
    """
    calendars = [*_CALENDARS.values(), *([] if index is None else [_calendar(WEEK, index)])]
    log = Log(customers, days, amounts)
    found = choose(log, as_of, chosen(model, log, as_of, WEEK), calendars).proofs
    figures = np.array([one[1:-1] for one in found], dtype=np.float64).T
    labels = np.array([seasons.called(one.calendar) for one in found])
    return Proofs._make([labels, *figures, np.array([seasons.verdict(one.verdict) for one in found])])


def _calendar(year: float, index: Floats | None) -> Calendar:
    if index is not None:
        return calendar_of(index)
    if year not in list(Year):
        raise OutOfRange("Deze indeling van het jaar bestaat niet.", remedy="Kies maanden of winkeljaar.")
    return _CALENDARS[Year(int(year))]
