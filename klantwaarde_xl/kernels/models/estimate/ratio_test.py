"""Whether a richer model describes the same customers better than the simpler one within it."""

from __future__ import annotations

import math
from typing import NamedTuple

from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.refusals import estimates as refused

ROUNDING = 1e-9  # of the log-likelihood: two searches that end at the same top differ by less


class LikelihoodRatio(NamedTuple):
    """The statistic 2 (LL rich − LL simple), degrees of freedom, and the chance of more under the simple."""

    statistic: float
    df: int
    p_value: float


def criteria(fit: Fit) -> tuple[float, float]:
    """Return AIC and BIC, by which models of the same customers compare: lower is better."""
    count = len(fit.params)
    return 2 * count - 2 * fit.loglik, count * math.log(max(fit.n, 1)) - 2 * fit.loglik


def chi_square_tail(statistic: float, df: float) -> float:
    """Return the chance that chi-square with df degrees of freedom exceeds a statistic."""
    from scipy.special import chdtrc

    return float(chdtrc(df, statistic))


def likelihood_ratio(simple: Fit, rich: Fit) -> LikelihoodRatio:
    """Test a simple model against a richer one that contains it (Wilks 1938).

    simple, rich: fits of the same n customers; the rich one has more parameters, and is the simple
    one for some value of them that is not at the edge. The statistic is held against chi-square.
    A fit that did not converge is `NotAvailable`; other customers, no more parameters, or a rich
    fit below the simple one is `OutOfRange`.
    """
    for fit in (simple, rich):
        if not fit.converged:
            raise refused.not_fitted(fit.model, fit.message)
    df = len(rich.params) - len(simple.params)
    if df <= 0:
        raise refused.not_richer(simple.model, rich.model)
    if simple.n != rich.n:
        raise refused.OTHER_CUSTOMERS(simple=simple.n, rich=rich.n)
    gain = rich.loglik - simple.loglik
    if not gain >= -ROUNDING * (1 + abs(simple.loglik)):
        raise refused.fits_worse(simple.model, rich.model)
    statistic = max(0.0, 2 * gain)
    return LikelihoodRatio(statistic, df, chi_square_tail(statistic, df))
