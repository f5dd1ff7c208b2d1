"""The effects of characteristics on how often customers buy and how soon they stop.

Fader & Hardie (2007), "Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models": a
characteristic multiplies every customer's rate of buying by a factor, and so it does, on its own, what makes
customers stop: the rate in the Pareto/NBD; in the BG/NBD and the MBG/NBD the mean odds of stopping after a
purchase. Where the model without characteristics is at a limit, the limit has them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from klantwaarde_xl.kernels.arrays import Floats, Numbers
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.buying.continuous import Continuous
from klantwaarde_xl.kernels.models.covariates.moves import Moves, moves_of
from klantwaarde_xl.kernels.models.estimate import grouping, search
from klantwaarde_xl.kernels.models.estimate.search import Bent, Fit, Surface
from klantwaarde_xl.refusals import models as refused
from klantwaarde_xl.refusals.estimates import no_best

# Of the logs of the factors, where the likelihood alone has no best values, as of a kind of customers of whom
# nobody came back: a factor of twenty either way is still not odd
_PRIOR = 1.5
# Of the logarithm of what a factor makes of the oddest customer: beyond this, 150 times as often, it
# runs away
_FARTHEST = 5.0


class Explained(NamedTuple):
    """A model with characteristics beside the one without, on the same customers.

    fit: of the model, or the limit that plain is: its parameters, of customers whose characteristics are all
    nought, and behind these the factors of one more of each; moves: which of a customer's own they move.
    """

    plain: Fit
    fit: Fit
    moves: Moves


def estimate(
    model: float, frequency: Numbers, recency: Numbers, T: Numbers, characteristics: Floats  # noqa: N803
) -> Explained:  # fmt: skip
    """Fit a model of buying with characteristics, by maximum likelihood.

    model: a `Model` in continuous time; characteristics: a row a customer, finite, such as 0 and 1 for a
    channel. The rest as in `Buying.fit`. Where the model without cannot be fitted, neither can that with
    them. Where the likelihood has no best factors, a wide prior of these gives them. `OutOfRange` for a
    column that is the same for all, or follows from others. Where customers with the same characteristics do
    not differ in what those of the model without do, the fit is of a limit of that, and so is plain.
    """
    x, t_x, age = (np.ravel(column) for column in grouping.checked(frequency, recency, T))
    columns = np.asarray(characteristics, dtype=np.float64).reshape(x.size, -1)
    _refuse_tied(columns - columns.mean(axis=0))
    plain = face.fitted(model, x, t_x, age)
    module = face.functions_of(plain)
    if not isinstance(module, Continuous):
        raise refused.MODEL_COUNTS_CHANCES()
    if not plain.converged:
        return Explained(plain, plain, moves_of(module.NAMES, columns.shape[1]))
    found = _explained(plain, module, (x, t_x, age), columns)
    if found.fit.converged:
        return found
    # What customers differ in without characteristics, they may not within these: then a limit is the answer
    at_edge = ((limit.fit(x, t_x, age), limit) for limit in module.limits)
    limits = [_explained(one, limit, (x, t_x, age), columns) for one, limit in at_edge if one.converged]
    return max((one for one in limits if one.fit.converged), key=lambda one: one.fit.loglik, default=found)


def _explained(
    plain: Fit, module: Continuous, history: tuple[Floats, Floats, Floats], columns: Floats
) -> Explained:
    """The model, or the limit, that plain is a fit of with characteristics."""
    x, t_x, age = history
    middle, moves = columns.mean(axis=0), moves_of(module.NAMES, columns.shape[1])
    unit = float(age.max()) / grouping.TIME_SCALE
    scale = np.array([unit**power for power in module.TIMES] + [1.0] * (len(moves.names) - len(moves.base)))
    start = np.ones(scale.size)
    start[: len(moves.base)] = [*plain.params.values()]
    # Around their middle, so that the factors move the model's own parameters as little as can be
    found, begin = plain, start / scale
    rows, weight = _alike(np.column_stack([x, t_x / unit, age / unit, columns - middle]))
    alike, around = (rows[:, 0], rows[:, 1], rows[:, 2]), rows[:, 3:]
    is_factor = np.arange(scale.size) >= len(moves.base)
    odd = np.tile(_FARTHEST / np.abs(around).max(axis=0), len(moves.ways))
    far = np.minimum(search.FARTHEST, np.append(np.full(len(moves.base), search.FARTHEST), odd))
    # A kind of whom nobody came back has no best factor, which a climb would take long to see
    spreads = (_PRIOR,) if _nobody_back(x, columns) else (np.inf, _PRIOR)
    for spread in spreads:
        surface = _Likelihood(module, moves, alike, around, spread, weight).surface()
        top, arrived = search.climbed(surface, begin, far if spread == np.inf else search.FARTHEST)
        if not arrived and spread == np.inf:
            ran = np.abs(np.log(top)) > far
            if not np.any(ran & is_factor):  # at an edge, where a prior of the factors changes nothing
                names = [name for name, one in zip(moves.names, ran, strict=True) if one]
                found = search.failed(plain.model, moves.names, x.size, no_best(names))
                break
            # No best factors: a search would only walk the same way, and longer
            begin = np.where(is_factor, np.exp(np.clip(np.log(top), -far / 2, far / 2)), begin)
            continue
        begin = top if arrived else begin
        found = search.maximise(plain.model, moves.names, surface, float(x.size), [begin.tolist()])
        if found.converged:
            break
    fit = search.rescaled(found, scale.tolist(), -float(x.sum()) * np.log(unit))
    return Explained(plain, _of_nought(fit, moves, middle) if fit.converged else fit, moves)


def _refuse_tied(around: Floats) -> None:
    if not np.all(np.isfinite(around)):
        raise refused.MISSING_CHARACTERISTIC()
    if np.linalg.matrix_rank(around) < around.shape[1]:
        raise refused.SAME_FOR_ALL()


def _alike(rows: Floats) -> tuple[Floats, Floats]:
    """The different rows, and how many each stands for."""
    different, counts = np.unique(rows, axis=0, return_counts=True)
    return different, counts.astype(np.float64)


def _nobody_back(frequency: Floats, columns: Floats) -> bool:
    """Whether of all customers with a characteristic that is never below nought nobody bought again."""
    return bool(np.any((columns.min(axis=0) >= 0) & (frequency @ columns == 0)))


def _of_nought(fit: Fit, moves: Moves, middle: Floats) -> Fit:
    """The fit with parameters of customers whose characteristics are nought, instead of in the middle."""
    values = np.array([*fit.params.values()])
    which, by = moves.by(-middle[None, :])
    turn = np.eye(values.size)
    size = len(moves.base)
    turn[which[size:], np.arange(size, values.size)] = by[size:, 0]
    at_nought = np.exp(turn @ np.log(values))
    covariance = turn @ (fit.covariance / np.outer(values, values)) @ turn.T
    covariance = covariance * np.outer(at_nought, at_nought)
    errors = np.sqrt(np.diag(covariance))
    return Fit(
        model=fit.model,
        params=dict(zip(fit.params, at_nought.tolist(), strict=True)),
        se=dict(zip(fit.params, errors.tolist(), strict=True)),
        covariance=covariance,
        loglik=fit.loglik,
        n=fit.n,
        converged=True,
    )


class _Likelihood:
    """The mean log-likelihood of customers who each have parameters of their own."""

    def __init__(
        self,
        module: Continuous,
        moves: Moves,
        history: tuple[Floats, Floats, Floats],
        columns: Floats,
        spread: float,
        weight: Floats,
    ) -> None:
        self.module, self.moves, self.history, self.columns = module, moves, history, columns
        self.share = weight / weight.sum()
        self.which, self.by = moves.by(columns)
        # Of a normal prior of the factors' logs, a customer
        self.tight = np.zeros(len(moves.names))
        self.tight[len(moves.base) :] = 1 / (spread**2 * weight.sum())

    def surface(self) -> Surface:
        """Return it as what a search asks."""
        return Surface(self._value, self._sloped, self._bent)

    def _value(self, theta: Floats) -> float:
        return self._sloped(theta)[0]

    def _each(self, theta: Floats, *, bends: bool) -> tuple[Floats, Floats, Floats]:
        """Each customer's log-likelihood, and its derivatives to his own parameters."""
        values = np.exp(self.moves.logs(theta, self.columns))
        return self.module.bends_of_each(tuple(values), *self.history, bends=bends)

    def _sloped(self, theta: Floats) -> tuple[float, Floats]:
        """Value and gradient."""
        return self._together(theta, *self._each(theta, bends=False)[:2])

    def _together(self, theta: Floats, each: Floats, slopes: Floats) -> tuple[float, Floats]:
        value = float(self.share @ each - self.tight @ theta**2 / 2)
        return value, (slopes[self.which] * self.by) @ self.share - self.tight * theta

    def _bent(self, theta: Floats) -> Bent:
        """Value, gradient and Hessian, from how each customer's likelihood bends in his own parameters."""
        each, slopes, bend = self._each(theta, bends=True)
        hessian = np.array([
            (bend[at][self.which] * self.by[row] * self.by) @ self.share for row, at in enumerate(self.which)
        ])  # fmt: skip
        return *self._together(theta, each, slopes), (hessian + hessian.T) / 2 - np.diag(self.tight)
