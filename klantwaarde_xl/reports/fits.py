"""The models estimated from a summary, as tables to read.

The summary is a row a customer, or a row for equal customers with how many they are.
"""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying.face import Model, model_of, module_of
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.log.summary import unit_of
from klantwaarde_xl.reports.arguments import WEEK
from klantwaarde_xl.reports.fit_table import FitTable, table
from klantwaarde_xl.wording import fits


def buying_parameters(
    frequency: Floats,
    recency: Floats,
    age: Floats,
    weights: Floats | None = None,
    model: float = float(Model.BGNBD),
    unit: float = WEEK,
    confidence: float = 0.95,
) -> FitTable:
    """Estimate a model of buying from a summary, as a table.

    frequency, recency, age: as the `fit` of the model takes them, one dimension, one length, times
    in the unit, a `Unit`; in the BG/BB whole opportunities, one in each unit; weights: ≥ 0, customers
    per row; model: a `Model`; confidence: of the intervals, 0…1. Impossible rows or settings raise
    `OutOfRange`; a fit that did not converge is a table without figures that says why.
    Sources: those of the models.
    """
    chosen = model_of(model)
    intervals.quantile(confidence)  # refuse before the search
    unit_of(unit)
    columns = [frequency, recency, age] if weights is None else [frequency, recency, age, weights]
    fit = remembered(chosen.title, columns, module_of(chosen).fit)
    return table(fits.of_buying(fit, chosen, unit, confidence))


def spending_parameters(
    frequency: Floats, mean_spend: Floats, weights: Floats | None = None, confidence: float = 0.95
) -> FitTable:
    """Estimate the Gamma-Gamma model of spending from a summary, as a table.

    frequency, mean_spend, weights: as `gammagamma.fit` takes them, but customers whose repeat
    purchases were free (spend 0) are left out; confidence: of the intervals, 0…1. Errors as
    `buying_parameters`. Source: Fader & Hardie (2013), note 025.
    """
    intervals.quantile(confidence)
    frequency = np.where(mean_spend == 0, 0.0, frequency)
    fit = gammagamma.fitted(frequency, mean_spend, weights)
    check = gammagamma.independence(frequency, mean_spend, weights)
    return table(fits.of_spending(fit, check, confidence))
