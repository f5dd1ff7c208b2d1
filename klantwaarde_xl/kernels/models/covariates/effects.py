"""What a model with characteristics says of each kind of customer, beside one kind that is the measure."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.covariates.estimate import Explained
from klantwaarde_xl.kernels.models.covariates.groups import of_each
from klantwaarde_xl.kernels.models.estimate.intervals import log_error, quantile
from klantwaarde_xl.kernels.models.estimate.search import converged

NA = CellError.NA.nan


class Effects(NamedTuple):
    """One row a kind of customer; stopping is #N/A where nobody stops, and an end where it is not known.

    buying, stopping: times as often, or as soon, as the kind that is the measure; expected: repeat purchases
    of a new customer in the time that is asked; error: of its logarithm.
    """

    buying: Floats
    buying_lower: Floats
    buying_upper: Floats
    stopping: Floats
    stopping_lower: Floats
    stopping_upper: Floats
    expected: Floats
    error: Floats


def effects_of(
    explained: Explained, kinds: Floats, measure: Floats, time: float, confidence: float
) -> Effects:
    """Return what is said of kinds of customers, a row of characteristics each, beside the measure's.

    time: > 0, in the unit of the fit; confidence: 0…1. `NotAvailable` where the fit did not converge.
    """
    fit, moves = converged(explained.fit), explained.moves
    theta = np.log([*fit.params.values()])
    values = np.exp(theta)
    covariance = fit.covariance / np.outer(values, values)
    reach, apart = quantile(confidence), kinds - measure
    figures: list[Floats] = []
    for which in range(2):
        if which == len(moves.ways):
            figures += [np.full(len(kinds), NA)] * 3
            continue
        at = slice(len(moves.base) + which * moves.many, len(moves.base) + (which + 1) * moves.many)
        logs = apart @ theta[at]
        wide = np.exp(reach * np.sqrt(np.sum((apart @ covariance[at, at]) * apart, axis=1)))
        factor = np.exp(logs)
        figures += [factor, factor / wide, factor * wide]

    def log_expected(params: Floats) -> Floats:
        moved = replace(fit, params=dict(zip(fit.params, params.tolist(), strict=True)))
        return np.log(
            of_each(
                explained._replace(fit=moved),
                kinds,
                lambda model, at, rows: model.expected(at, np.full(rows.size, time)),
            )
        )

    expected = np.exp(log_expected(values))
    return Effects._make([*figures, expected, log_error([fit], log_expected)])
