"""Which model of buying fits these customers best, and whether groups of them differ."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats, descending
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import tracking
from klantwaarde_xl.kernels.models.checks.goodness import chi_square, counts
from klantwaarde_xl.kernels.models.estimate.ratio_test import criteria, likelihood_ratio
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.forecast import only, segment_at_start
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, summarise

NA = CellError.NA.nan
IN_TIME = (face.Model.BGNBD, face.Model.MBGNBD, face.Model.PARETONBD)
Words = npt.NDArray[np.str_]


class Comparison(NamedTuple):
    """One row a model; weight is Akaike's: the share of the evidence for it among these models."""

    model: Words
    loglik: Floats
    aic: Floats
    bic: Floats
    weight: Floats
    chi_p: Floats  # p-value of the counts of purchases against the model
    actual: Floats  # purchases after the cut; #N/A without one
    expected: Floats
    deviation: Floats  # expected / actual − 1
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
    p_value: Floats  # of the likelihood-ratio test that all are one population; in the last row
    note: Words


def comparison(
    customers: Codes,
    days: Floats,
    amounts: Floats | None = None,
    until: float | None = None,
    unit: float = float(Unit.WEEK),
    as_of: float | None = None,
) -> Comparison:
    """Compare the models of buying in continuous time on one log, the best one first.

    until: day number; if given, the models see the log to that day and are held against what came
    after. The rest and errors as in `forecast.forecast`. A model that does not converge has no
    figures, and says why. Akaike (1974); Burnham & Anderson (2002) for the weights.
    """
    part = None if until is None else tracking.split(customers, days, amounts, until, as_of, unit)
    summary = summarise(customers, days, amounts, as_of, unit) if part is None else part.summary
    fits = [face.fitted(model, summary.frequency, summary.recency, summary.T) for model in IN_TIME]
    rows = [_row(model, fit, summary, part) for model, fit in zip(IN_TIME, fits, strict=True)]
    aic = np.array([criteria(fit)[0] for fit in fits])
    best = np.nanmin(aic) if np.any(np.isfinite(aic)) else np.nan
    weight = np.exp((best - aic) / 2)
    weight = weight / np.nansum(weight)
    order = descending(-aic)
    alone = sum(fit.converged for fit in fits) == 1
    notes = [
        _verdict(fit, at == order[0], alone, one)
        for at, (fit, one) in enumerate(zip(fits, weight, strict=True))
    ]
    chi, actual, expected = (np.array(column)[order] for column in zip(*rows, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = np.where(actual > 0, expected / actual - 1, NA)
    return Comparison(
        model=np.array([model.title for model in IN_TIME])[order],
        loglik=np.array([fit.loglik for fit in fits])[order],
        aic=aic[order],
        bic=np.array([criteria(fit)[1] for fit in fits])[order],
        weight=weight[order],
        chi_p=chi,
        actual=actual,
        expected=expected,
        deviation=deviation,
        note=np.array(notes)[order],
    )


def _row(
    model: face.Model, fit: Fit, summary: Summary, part: tracking.Split | None
) -> tuple[float, float, float]:
    """The p-value of chi-square, and purchases after the cut: actual and expected."""
    if not fit.converged:
        return NA, NA, NA
    test = chi_square(*counts(summary, fit, model), len(fit.params))
    p_value = test.p_value if test.df > 0 else NA
    if part is None:
        return p_value, NA, NA
    actual, expected = tracking.after(part, fit, model)
    return p_value, float(actual.sum()), float(expected.sum())


def _verdict(fit: Fit, first: bool, alone: bool, weight: float) -> str:
    if not fit.converged:
        return fit.message
    if first and alone:
        return "het enige model dat te schatten is"
    if first:
        return "past het best" if weight >= 0.9 else "past het best, maar het scheelt weinig"
    return "past bijna even goed" if weight >= 0.1 else "past minder goed"


def by_segment(
    customers: Codes,
    days: Floats,
    segments: Codes,
    amounts: Floats | None = None,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    as_of: float | None = None,
) -> Segments:
    """Fit a model of buying to each segment apart and to all together, and test whether they differ.

    segments: a code a transaction; a customer belongs to the one of the first purchase. The rest
    and errors as in `forecast.forecast`. The test is the likelihood ratio of one fit for all
    against one a segment, on chi-square with parameters × (segments − 1) degrees of freedom.
    """
    summary = summarise(customers, days, amounts, as_of, unit)
    which = segment_at_start(summary, customers, days, amounts, segments)
    parts = [(int(one), only(summary, np.flatnonzero(which == one))) for one in np.unique(which)]
    parts.append((-1, summary))
    fits = [face.fitted(model, part.frequency, part.recency, part.T) for _, part in parts]
    p_value, verdict = _differ(fits[:-1], fits[-1])
    first, second, third, fourth = np.array([[*fit.params.values()] for fit in fits]).T
    return Segments(
        segment=np.array([label for label, _ in parts], dtype=np.intp),
        customers=np.array([float(part.T.size) for _, part in parts]),
        first=first,
        second=second,
        third=third,
        fourth=fourth,
        rate=np.array([_rate(fit) for fit in fits]),
        loglik=np.array([fit.loglik for fit in fits]),
        p_value=np.append(np.full(len(fits) - 1, NA), p_value),
        note=np.array([*(fit.message for fit in fits[:-1]), fits[-1].message or verdict]),
    )


def _rate(fit: Fit) -> float:
    return fit.params["r"] / fit.params["alpha"]


def _differ(apart: list[Fit], together: Fit) -> tuple[float, str]:
    """The p-value that the segments are one population, and what it means in Dutch."""
    if len(apart) < 2:
        return NA, "Er is maar één segment."
    if not all(fit.converged for fit in (*apart, together)):
        return NA, "Niet te toetsen: niet elk segment is te schatten."
    rich = Fit(
        model=together.model,
        params={f"{name}{i}": value for i, fit in enumerate(apart) for name, value in fit.params.items()},
        se={},
        covariance=np.zeros((0, 0)),
        loglik=float(np.sum([fit.loglik for fit in apart])),
        n=sum(fit.n for fit in apart),
        converged=True,
    )
    test = likelihood_ratio(together, rich)
    if test.p_value < 0.05:
        return test.p_value, "De segmenten verschillen: schat ze apart."
    return test.p_value, "De segmenten verschillen niet aantoonbaar: één schatting voor allen volstaat."
