"""A fit as a table to read: parameters, what follows from them, how well it fits, and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.ratio_test import criteria
from klantwaarde_xl.kernels.models.estimate.search import Fit

NOTHING = CellError.NA.nan
GOOD = "geslaagd: dit is de best passende waarde"


class Follows(NamedTuple):
    """A positive quantity that follows from the parameters: label, how, explanation."""

    label: str
    quantity: Callable[[Mapping[str, float]], float]
    note: str


class FitTable(NamedTuple):
    """One row a figure; error, lower and upper are #N/A where there is none."""

    label: npt.NDArray[np.str_]
    value: Floats
    error: Floats
    lower: Floats
    upper: Floats
    note: npt.NDArray[np.str_]


def table_of(
    fit: Fit, notes: Mapping[str, str], follows: Sequence[Follows], confidence: float, counted: str
) -> FitTable:
    """Return a fit as a table.

    notes: an explanation of each parameter; follows: what else to show; confidence: of the
    intervals, 0…1, by the delta method on the logarithm; counted: what n counts, in Dutch.
    A fit that did not converge has #NUM! for every figure, and says why.
    """
    rows: list[tuple[str, float, float, float, float, str]] = []
    lower, upper = intervals.of_parameters(fit, confidence)
    for i, (name, value) in enumerate(fit.params.items()):
        rows.append((name, value, fit.se[name], float(lower[i]), float(upper[i]), notes.get(name, "")))
    for label, quantity, note in follows:
        figures = intervals.derived(fit, quantity, confidence) if fit.converged else (np.nan,) * 4
        rows.append((label, *figures, note))
    quality = (fit.loglik, *criteria(fit))
    explained = ("hoe hoger hoe beter, op dezelfde klanten", "lager is beter", "lager is beter")
    for label, value, note in zip(("log-aannemelijkheid", "AIC", "BIC"), quality, explained, strict=True):
        rows.append((label, value, NOTHING, NOTHING, NOTHING, note))
    rows.append((counted, float(fit.n), NOTHING, NOTHING, NOTHING, ""))
    done = float(fit.converged)
    rows.append((fit.model, done, NOTHING, NOTHING, NOTHING, fit.message or GOOD))
    labels, values, errors, lowers, uppers, words = zip(*rows, strict=True)
    return FitTable(
        np.array(labels),
        np.array(values, dtype=np.float64),
        np.array(errors, dtype=np.float64),
        np.array(lowers, dtype=np.float64),
        np.array(uppers, dtype=np.float64),
        np.array(words),
    )
