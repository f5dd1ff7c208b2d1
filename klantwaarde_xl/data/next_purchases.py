"""When each customer is expected to buy again, and who is late: rows and figures of a workbook."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from klantwaarde_xl.data.forecast_basis import Basis
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.kernels.arrays import Floats, descending
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.kernels.models.next_purchase import WITHIN, next_purchases
from klantwaarde_xl.wording.next_purchase import ON_TIME, OVERDUE, notes

_LAST = 2958465  # 31 December 9999: a sheet has no later day


def next_of_customers(basis: Basis) -> tuple[list[Row], dict[str, Any]]:
    """Return a row a customer, who is late first and then by value, and figures of all of them.

    Nothing where the model of buying cannot be fitted.
    """
    names = ("volgende_laat", "volgende_laat_waarde", "volgende_maand", "volgende_kwartaal", "volgende_beurt")
    (models, _), (made, _) = basis.models, basis.expected
    if models is None or made is None:
        return [], dict.fromkeys(names)
    summary = basis.summary
    found = next_purchases(models.buying, summary, Unit.WEEK.days, basis.season)
    said = notes(found, summary.frequency)
    late = said == OVERDUE
    worth = np.nan_to_num(made.value)
    order = np.concatenate([np.flatnonzero(of)[descending(worth[of])] for of in (late, ~late)])
    rows = [
        (basis.names[code], *rest)
        for code, *rest in zip(
            summary.customer[order].tolist(),
            _dates(found.last[order]),
            found.alive[order].tolist(),
            *(chance[order].tolist() for chance in found.within),
            *(_dates(day[order]) for day in (found.early, found.middle, found.late)),
            found.silence[order].tolist(),
            said[order].tolist(),
            (None if np.isnan(one) else one for one in made.value[order].tolist()),
            strict=True,
        )
    ]
    due = (said == ON_TIME) & (found.early <= summary.last_day + WITHIN[0])
    chances = math.fsum(found.within[0]), math.fsum(found.within[2])
    figures = int(late.sum()), math.fsum(worth[late]), *chances, int(due.sum())
    return rows, dict(zip(names, figures, strict=True))


def _dates(days: Floats) -> list[Any]:
    """The dates of day numbers, nothing for who is not expected any more."""
    different, places = np.unique(days, return_inverse=True)
    dates = [None if np.isnan(day) or day > _LAST else serial_to_date(float(day)) for day in different]
    return [dates[place] for place in places.tolist()]
