"""A row a customer, from a log of transactions: when the next purchase is expected, and who is late."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.kernels.models.next_purchase import next_purchases
from klantwaarde_xl.kernels.models.season.view import history_of
from klantwaarde_xl.reports.arguments import STANDARD, asked_of, settled_for
from klantwaarde_xl.reports.season_arguments import following_of
from klantwaarde_xl.wording.next_purchase import notes


class NextPurchase(NamedTuple):
    """One row a customer, as in the kernel; note says in Dutch what to think of it."""

    customer: Codes
    last: Floats
    alive: Floats
    month: Floats
    two_months: Floats
    quarter: Floats
    early: Floats
    middle: Floats
    late: Floats
    silence: Floats
    note: npt.NDArray[np.str_]


def next_purchase(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    model: float = STANDARD,
    as_of: float | None = None,
    season: float | None = None,
    index: Floats | None = None,
) -> NextPurchase:
    """Say when each customer is expected to buy again; arguments and errors as in `customers.forecast`."""
    log = Log(customers, days, amounts)
    asked, following = asked_of(model=model, as_of=as_of), following_of(season, index)
    _, summary = prepare(log, as_of)
    settled = settled_for(asked, log, following)
    fit = face.fitted(settled.terms.code, *history_of(summary, settled.season, Unit.WEEK.days))
    found = next_purchases(fit, summary, Unit.WEEK.days, settled.season)
    ends, note = (found.early, found.middle, found.late), notes(found, summary.frequency)
    return NextPurchase._make(
        [found.customer, found.last, found.alive, *found.within, *ends, found.silence, note]
    )
