"""How sure an estimate is: the delta method, on the scale on which an estimate is nearly normal.

Parameters, expectations and values are positive, so their logarithm is taken; the error of a
logarithm is symmetric, the interval of the number itself is not and never goes below zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import NormalDist

import numpy as np

from klantwaarde_xl.kernels.arrays import Element, Floats
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.refusals import estimates as refused

STEP = 1e-4  # of a log-parameter, to both sides


def quantile(confidence: float) -> float:
    """Return the two-sided normal quantile: 1.96 for 0.95. Outside 0…1 raises `OutOfRange`."""
    if not 0 < confidence < 1:
        raise refused.CERTAINTY()
    return -NormalDist().inv_cdf((1 - confidence) / 2)  # of the tail, which keeps its digits next to one


def around(value: Element, log_error: Element, confidence: float) -> tuple[Floats, Floats]:
    """Return the lower and upper end around positive values from the errors of their logarithms."""
    factor = np.exp(quantile(confidence) * np.asarray(log_error))
    return np.asarray(value / factor), np.asarray(value * factor)


def of_parameters(fit: Fit, confidence: float) -> tuple[Floats, Floats]:
    """Return the lower and upper end of each parameter of a fit; NaN when it did not converge."""
    values = np.array([*fit.params.values()])
    return around(values, np.array([*fit.se.values()]) / values, confidence)


def log_error(fits: Sequence[Fit], log_prediction: Callable[..., Floats]) -> Floats:
    """Return the standard error of a logarithm predicted from one or more independent fits.

    log_prediction: takes the parameters of each fit, as arrays, and returns logarithms of any
    shape. The error is √(g′ Σ g), Σ the covariance of the log-parameters and g the gradient,
    taken by central differences.
    """
    points = [np.log(np.array([*fit.params.values()])) for fit in fits]
    variance: Floats = np.zeros(())
    for which, fit in enumerate(fits):
        gradient = []
        for axis in np.eye(points[which].size) * STEP:
            ends = []
            for side in (axis, -axis):
                moved = [point + side if at == which else point for at, point in enumerate(points)]
                ends.append(log_prediction(*(np.exp(point) for point in moved)))
            gradient.append((ends[0] - ends[1]) / (2 * STEP))
        slopes = np.stack(gradient)
        scale = np.exp(points[which])
        covariance = fit.covariance / np.outer(scale, scale)
        variance = variance + np.einsum("i...,ij,j...->...", slopes, covariance, slopes)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def derived(
    fit: Fit, quantity: Callable[[Mapping[str, float]], float], confidence: float
) -> tuple[float, float, float, float]:
    """Return a positive quantity that follows from a fit: its value, standard error, lower and upper."""
    names = [*fit.params]

    def log_value(point: Floats) -> Floats:
        return np.asarray(np.log(quantity(dict(zip(names, point, strict=True)))))

    value, error = quantity(fit.params), float(log_error([fit], log_value))
    lower, upper = around(value, error, confidence)
    return value, value * error, float(lower), float(upper)
