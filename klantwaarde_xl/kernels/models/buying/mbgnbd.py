"""MBG/NBD: the BG/NBD in which a customer may stop after the first purchase too.

Batislam, Denizel & Filiztekin (2007), "Empirical validation and comparison of models for customer
base analysis", International Journal of Research in Marketing 24(3); Hoppe & Wagner (2007). The
purchase rate λ is gamma(r, alpha) over the customers, the chance p to stop beta(a, b).
"""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.kernels.models.buying.bgnbd import (
    NAMES,
    alive_chances,
    conditional_chances,
    conditional_pmf_chances,
    duration,
    fit_chances,
    loglik_chances,
    pmf_chances,
)
from klantwaarde_xl.kernels.models.estimate import grouping, search
from klantwaarde_xl.kernels.models.estimate.search import Fit, Params
from klantwaarde_xl.kernels.models.numeric.special import growth


def fit(frequency: Numbers, recency: Numbers, T: Numbers, weights: Numbers | None = None) -> Fit:  # noqa: N803
    """Estimate r, alpha, a and b by maximum likelihood.

    frequency: whole ≥ 0, purchases after the first; recency: time of the last purchase since the
    first, 0…T, 0 exactly where frequency is 0; T: time since the first purchase, the same unit;
    weights: ≥ 0, how many customers a row stands for. All of one length.
    Impossible rows raise `OutOfRange`; too little to estimate from is a `Fit` that is not
    converged and says why. Batislam, Denizel & Filiztekin (2007).
    """
    return fit_chances("MBG/NBD", grouping.group(frequency, recency, T, weights), 1)


def loglik(params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
    """Log-likelihood of each customer.

    params: r, alpha, a, b > 0, by name or in that order; the rest as in `fit`, broadcast.
    Impossible input raises `OutOfRange`. Batislam, Denizel & Filiztekin (2007).
    """
    return loglik_chances(search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), 1)


def p_alive(params: Params, frequency: Numbers, recency: Numbers, T: Numbers) -> Floats:  # noqa: N803
    """Probability 0…1 that each customer has not stopped, below 1 also without repeat purchases.

    Arguments and errors as in `loglik`. Batislam, Denizel & Filiztekin (2007).
    """
    return alive_chances(search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), 1)


def expected(params: Params, t: Numbers) -> Floats:
    """Repeat purchases to expect of a new customer in a time t.

    params as in `loglik`; t: ≥ 0, the unit of the fit; a negative t raises `OutOfRange`. The part
    b / (a + b) that goes on after the first purchase buys as in the BG/NBD with b + 1 for b.
    Batislam, Denizel & Filiztekin (2007).
    """
    r, alpha, a, b = search.values_of(params, NAMES)
    return np.asarray(b / (a + b) * growth(r, alpha, a, b + 1, duration(t)))


def conditional_expected(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: Numbers,
) -> Floats:
    """Purchases to expect of each customer in a time t from now.

    Arguments and errors as in `loglik` and `expected`. Batislam, Denizel & Filiztekin (2007).
    """
    return conditional_chances(
        search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), t, 0.0, 1
    )


def discounted_expected(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: float,
    interest: float,
) -> Floats:
    """Purchases to expect of each customer in a time t from now, each discounted from its moment.

    Arguments and errors as in `bgnbd.discounted_expected`. Batislam, Denizel & Filiztekin (2007).
    """
    return conditional_chances(
        search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), t, interest, 1
    )


def conditional_pmf(
    params: Params,
    frequency: Numbers,
    recency: Numbers,
    T: Numbers,  # noqa: N803
    t: Numbers,
    k: Numbers,
) -> Floats:
    """Probability that each customer makes k purchases in a time t from now.

    Arguments and errors as in `bgnbd.conditional_pmf`. Batislam, Denizel & Filiztekin (2007).
    """
    return conditional_pmf_chances(
        search.values_of(params, NAMES), *grouping.checked(frequency, recency, T), t, k, 1
    )


def pmf(params: Params, x: Numbers, t: Numbers) -> Floats:
    """Probability that a new customer makes x repeat purchases in a time t.

    params as in `loglik`; x: whole ≥ 0; t: ≥ 0; else `OutOfRange`. Batislam, Denizel & Filiztekin
    (2007), its sum written as an incomplete beta function.
    """
    return pmf_chances(search.values_of(params, NAMES), x, t, 1)
