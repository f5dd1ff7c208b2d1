"""A log of transactions as the customers that models see, and a model fitted to it, to be read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Unit, summarise, unit_of
from klantwaarde_xl.reports import fits
from klantwaarde_xl.reports.fit_table import FitTable


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


def history(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    as_of: float | None = None,
    unit: float = float(Unit.WEEK),
) -> History:
    """Return what the models of buying know of each customer; arguments and errors as in `summarise`.

    Mean spend is of the repeat purchases, 0 without any, as the Gamma-Gamma takes it. Fader, Hardie
    & Lee (2005).
    """
    s = summarise(customers, days, amounts, as_of, unit)
    return History(
        s.customer,
        s.frequency,
        s.recency,
        s.T,
        np.where(s.frequency > 0, s.mean_spend, 0.0),
        s.revenue,
        s.first_day,
        s.final_day,
    )


def fit_of_log(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    as_of: float | None = None,
    confidence: float = 0.95,
) -> FitTable:
    """Fit a model of buying to a log, as a table; arguments and errors as in `forecast.forecast`."""
    intervals.quantile(confidence)
    s = summarise(customers, days, amounts, as_of, unit)
    fit = face.fitted(model, s.frequency, s.recency, s.T)
    return fits.buying_table(fit, model, fits.UNIT_WORDS[unit_of(unit)], confidence)
