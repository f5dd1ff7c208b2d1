"""One forecast of the past, made now by a model that saw only what came before a day, and what came."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.data.forecast_basis import Basis, tried
from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.checks.scoring import came
from klantwaarde_xl.kernels.models.forecast import fitted_models
from klantwaarde_xl.kernels.models.log.prepare import Split
from klantwaarde_xl.kernels.models.outcomes import Outcome, outcome


class Replayed(NamedTuple):
    """Purchases of the customers of a day until a later one: expected, with ends, and what came."""

    until: dt.date
    expected: float
    lower: float
    upper: float
    came: float


def replay(basis: Basis, most: int) -> list[Replayed]:
    """Return what a forecast at the cut of the log would have said until later days, at most so many.

    The days lie whole weeks after the cut, the last one as far as there are. Nothing where no model can be
    estimated before the cut, or no week follows it.
    """
    part, _ = basis.half
    weeks = int((basis.as_of - basis.cut) // 7)
    if part is None or weeks < 1:
        return []
    ahead = np.unique(np.round(np.linspace(0, weeks, min(most, weeks) + 1)))[1:]
    found, _ = tried(lambda: _outcome(basis, part, ahead))
    if found is None:
        return []
    days = basis.cut + 7 * ahead
    after = [float(came(part.bought, part.summary, day).sum()) for day in days.tolist()]
    columns = (column.tolist() for column in (found.expected, found.lower, found.upper))
    return [
        Replayed(serial_to_date(day), *row)
        for day, row in zip(days.tolist(), zip(*columns, after, strict=True), strict=True)
    ]


def _outcome(basis: Basis, part: Split, ahead: Floats) -> Outcome:
    models = fitted_models(part.summary, basis.terms, basis.season_at(part))
    return outcome(part.summary, models, basis.terms, ahead)
