"""What came of a forecast: the purchases after it of the customers who were there, and the fit behind it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from klantwaarde_xl.errors import NotAvailable
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Purchases
from klantwaarde_xl.kernels.models.log.summary import Summary


def customers_at(log: Log, day: float) -> Summary | None:
    """Return the customers as they were at the end of a day, in weeks; None where nobody had bought."""
    try:
        return prepare(log, day)[1]
    except NotAvailable:
        return None


def came(bought: Purchases, present: Summary, until: float) -> Floats:
    """Return the purchases of each customer of a summary after its last day, up to and including until.

    bought: of the same log, up to that day or later; what was returned by its end is no purchase.
    """
    after = (bought.day > present.last_day) & (bought.day <= until)
    most = max(bought.customer.max(initial=0), present.customer.max(initial=0))
    many = np.bincount(bought.customer[after], minlength=int(most) + 1)
    return many[present.customer].astype(np.float64)


def recalled(title: str, params: Mapping[str, float], n: int) -> Fit | None:
    """Return a fit again from its model's title and parameters; None where these are of no model here.

    It has no standard errors: what it says of customers is as it was, how sure is not known.
    """
    nothing = np.full((len(params), len(params)), np.nan)
    fit = Fit(title, params, dict.fromkeys(params, np.nan), nothing, np.nan, n, True)
    try:
        names = face.functions_of(fit).NAMES
    except StopIteration:
        return None
    known = tuple(params) == names and all(0 < value < np.inf for value in params.values())
    return fit if known else None
