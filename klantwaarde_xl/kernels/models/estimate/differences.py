"""How each customer's log-likelihood changes with parameters of his own, from steps to both sides."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats

# Steps of a log-parameter to see how the likelihood changes, and how that changes
_CLOSE, _NEAR = 1e-5, 1e-3


def bends_of_each(
    loglik: Callable[[Floats], Floats], logs: Floats, *, bends: bool
) -> tuple[Floats, Floats, Floats]:
    """Values, slopes (a row a parameter) and bends (a row and a column), a customer in the last axis.

    loglik: of each, from the logs of parameters, a row each; bends: noughts for no customer where they are
    not asked for.
    """
    here, (size, _) = loglik(logs), logs.shape
    axes = np.eye(size)[:, :, None]
    slopes = np.array([(loglik(logs + one) - loglik(logs - one)) / (2 * _CLOSE) for one in axes * _CLOSE])
    bend = np.zeros((size, size, here.size if bends else 0))
    if bends:
        steps = axes * _NEAR
        ups, downs = ([loglik(logs + way * step) for step in steps] for way in (1, -1))
        for i in range(size):
            bend[i, i] = (ups[i] + downs[i] - 2 * here) / _NEAR**2
            for j in range(i):
                both = loglik(logs + steps[i] + steps[j]) + loglik(logs - steps[i] - steps[j])
                rest = 2 * here - ups[i] - downs[i] - ups[j] - downs[j]
                bend[i, j] = bend[j, i] = (both + rest) / (2 * _NEAR**2)
    return here, slopes, bend
