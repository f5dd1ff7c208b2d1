"""A row a customer, from a log of transactions: what the models see, and what is to be expected."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import forecast as kernel
from klantwaarde_xl.kernels.models.log.prepare import Log, by_segment, prepare
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.reports.arguments import WEEK, Asked, Settled, asked_of, settled_for, spelled, whole
from klantwaarde_xl.reports.season_arguments import NO_SEASON, Following, following_of
from klantwaarde_xl.wording.checks import remarks


class History(NamedTuple):
    """One row a customer with a purchase; days are day numbers."""

    customer: Codes
    frequency: Floats
    recency: Floats
    T: Floats
    mean_spend: Floats
    revenue: Floats
    first: Floats
    last: Floats


class Forecast(NamedTuple):
    """One row a customer, as in the kernel; note says in Dutch what is special."""

    customer: Codes
    frequency: Floats
    recency: Floats
    T: Floats
    alive: Floats
    buys: Floats
    purchases: Floats
    spend: Floats
    value: Floats
    lower: Floats
    upper: Floats
    note: npt.NDArray[np.str_]


def history(
    customers: Codes, days: Floats, amounts: Floats, as_of: float | None = None, unit: float = WEEK
) -> History:
    """Return what the models of buying know of each customer; arguments and errors as in `prepare`.

    Mean spend is of the repeat purchases, 0 without any, as the Gamma-Gamma takes it. Fader, Hardie
    & Lee (2005).
    """
    _, s = prepare(Log(customers, days, amounts), as_of, unit)
    spend = np.where(s.frequency > 0, s.mean_spend, 0.0)
    return History(s.customer, s.frequency, s.recency, s.T, spend, s.revenue, s.first_day, s.final_day)


@spelled(log=whole, asked=asked_of, following=following_of)
def forecast(
    log: Log, asked: Asked, segments: Codes | None = None, following: Following = NO_SEASON
) -> Forecast:
    """Forecast the purchases and the value of each customer from a log of transactions.

    log, asked: as `whole` and `asked_of`; segments: a code a transaction, each segment is fitted
    apart and a customer belongs to the one of the first purchase; following: as `following_of`.
    `NotAvailable` without purchases.
    A fit that does not converge gives #N/A and a note. Fader, Hardie & Lee (2005).
    """
    _, summary = prepare(log, asked.as_of, asked.terms.unit)
    settled = settled_for(asked, log, following)
    if segments is None:
        return _forecast(summary, settled)
    apart = by_segment(summary, log, segments)
    parts = [_forecast(part, settled) for _, _, part in apart]  # in the season of all
    order = np.argsort(np.concatenate([rows for _, rows, _ in apart]))
    return Forecast._make(np.concatenate(column)[order] for column in zip(*parts, strict=True))


def _forecast(summary: Summary, settled: Settled) -> Forecast:
    terms = settled.terms
    models = kernel.fitted_models(summary, terms, settled.season)
    made = kernel.forecast_of(summary, models, terms)
    figures = (getattr(made, name) for name in Forecast._fields[:-1])
    return Forecast._make([*figures, remarks(made, models, terms)])
