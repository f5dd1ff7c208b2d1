"""A log of transactions and the models of buying: the fit, which one is best, and whether it holds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import choice, goodness
from klantwaarde_xl.kernels.models.checks import tracking as kernel
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.search import Fit, converged
from klantwaarde_xl.kernels.models.log.prepare import Log, by_segment, prepare, split
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.reports.arguments import STANDARD, WEEK, Halves, Seen, chosen, halves_of, seen_of, spelled
from klantwaarde_xl.reports.fit_table import FitTable, table
from klantwaarde_xl.wording import checks, fits

Words = npt.NDArray[np.str_]


class Comparison(NamedTuple):
    """One row a model, as in the kernel."""

    model: Words
    loglik: Floats
    aic: Floats
    bic: Floats
    weight: Floats
    chi_p: Floats
    actual: Floats
    expected: Floats
    deviation: Floats
    note: Words


class Segments(NamedTuple):
    """One row a segment, the last one all together; segment is −1 there."""

    segment: Codes
    customers: Floats
    first: Floats  # the parameters, in the order of the model
    second: Floats
    third: Floats
    fourth: Floats
    rate: Floats  # purchases of an active customer per unit of time
    loglik: Floats
    p_value: Floats  # that all are one population; in the last row
    note: Words


class ByCount(NamedTuple):
    """One row a number of repeat purchases: customers who made it, and who were to expect."""

    label: Words
    actual: Floats
    expected: Floats
    difference: Floats


class Holdout(NamedTuple):
    """One row a number of repeat purchases before the cut: purchases a customer after it."""

    label: Words
    customers: Floats
    actual: Floats
    expected: Floats
    difference: Floats


@spelled(seen=seen_of)
def fit_of_log(seen: Seen, confidence: float = 0.95) -> FitTable:
    """Fit a model of buying to a log, as a table; seen: as `seen_of`, confidence: 0…1."""
    intervals.quantile(confidence)
    summary, unit, model = seen
    fit = face.fitted(model, summary.frequency, summary.recency, summary.T)
    return table(fits.of_buying(fit, model, unit, confidence))


def comparison(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    until: float | None = None,
    unit: float = WEEK,
    as_of: float | None = None,
) -> Comparison:
    """Compare the models of buying in continuous time on one log, the best one first.

    until: day number; if given, the models see the log to that day and are held against what came
    after. The rest and errors as in `customers.forecast`; a model that does not converge has no
    figures, and says why; models that ran to one limit are one row.
    """
    log = Log(customers, days, amounts)
    part = None if until is None else split(log, until, as_of, unit)
    found = choice.compare(prepare(log, as_of, unit)[1] if part is None else part.summary, part)
    groups = choice.at_one_limit(found)
    figures = np.array([(group[0].fit.loglik, *group[0][3:-1]) for group in groups])
    titles, notes = zip(*(checks.compared(group) for group in groups), strict=True)
    return Comparison._make([np.array(titles), *figures.T, np.array(notes)])


def segments_of_log(
    customers: Codes,
    days: Floats,
    segments: Codes,
    amounts: Floats | None = None,
    unit: float = WEEK,
    model: float = STANDARD,
    as_of: float | None = None,
) -> Segments:
    """Fit a model of buying to each segment apart and to all together, and say whether they differ.

    segments: a code a transaction; a customer belongs to the one of the first purchase. The rest
    and errors as in `customers.forecast`.
    """
    log = Log(customers, days, amounts)
    _, summary = prepare(log, as_of, unit)
    model = chosen(model, log, as_of, unit)  # one for all, so that they compare
    parts = by_segment(summary, log, segments)
    found = choice.segments([part for _, _, part in parts], summary, model)
    every = [*found.apart, found.together]
    names = face.module_of(model).NAMES
    params = np.array([[fit.params.get(name, CellError.NA.nan) for name in names] for fit in every]).T
    return Segments._make(
        [
            np.array([*(label for label, _, _ in parts), -1], dtype=np.intp),
            np.array([float(part.T.size) for part in (*(part for _, _, part in parts), summary)]),
            *params,
            np.array([_rate(fit, model) for fit in every]),
            np.array([fit.loglik for fit in every]),
            np.append(np.full(len(parts), CellError.NA.nan), found.p_value),
            np.array([*(fit.message for fit in found.apart), checks.verdict(found)]),
        ]
    )


def _rate(fit: Fit, model: float) -> float:
    """Purchases of an active customer per unit of time; NaN without a fit."""
    return face.follows_of(fit, model)[0].quantity(fit.params)


@spelled(seen=seen_of)
def by_count(seen: Seen) -> ByCount:
    """Compare how many customers made 0, 1, … repeat purchases with how many the model expects.

    seen: as `seen_of`; a fit that does not converge is `NotAvailable`.
    """
    summary, _, model = seen
    fit = converged(face.fitted(model, summary.frequency, summary.recency, summary.T))
    actual, expected = goodness.counts(summary, fit, model)
    return ByCount(np.array(checks.COUNTS), actual, expected, actual - expected)


@spelled(halves=halves_of)
def tracking(halves: Halves) -> kernel.Tracking:
    """Follow the repeat purchases of all customers by period; as `halves_of` and the kernel."""
    return kernel.tracking(halves.part, halves.model, halves.season)


@spelled(halves=halves_of)
def holdout(halves: Halves) -> Holdout:
    """Compare purchases after the cut with those expected; as `halves_of` and the kernel.

    The last row names the model where it was chosen.
    """
    found = kernel.holdout(halves.part, halves.model, halves.season)
    fit = kernel.fit_of(halves.part, halves.model, halves.season)
    all_of = f"{checks.ALL} ({called(fit.model)})" if halves.chosen else checks.ALL
    return Holdout(np.array([*checks.COUNTS, all_of]), *found)
