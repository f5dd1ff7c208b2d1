"""Maximum likelihood for the models: what a fit is, and the search itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.estimate.descent import descend
from klantwaarde_xl.refusals import estimates as refused
from klantwaarde_xl.refusals.refusal import Because

Params: TypeAlias = Mapping[str, float] | Sequence[float] | Floats

FLATTEST = 1e-6  # largest |gradient| per customer, in log-parameters, that is an optimum
FLAT = 1e-3  # information on a log-parameter below which every value fits: an error of a factor e^30
LOOSE = 0.25  # named beside the loosest parameter: what is as unknown as this share of it; see `_loose`
HOPE = 2.0  # of the log-likelihood: a search that ran away with less over the known edges is left at that
CLIMBS = 25  # steps of Newton's at most; from the end of the rough search it takes four or five
ALIKE = 0.25  # log-parameters nearer to each other than this, a factor of 1.3, lead to the same
FARTHEST = 9.5  # a log-parameter beyond this has run away: e^9.5 is over ten thousand


@dataclass(frozen=True)
class Fit:
    """The outcome of a search: parameters with standard errors, or why there are none.

    params, se: by name, in the unit of time of the data; covariance: of the parameters, in their
    order; loglik: at the optimum; n: customers; converged: whether this is an optimum. If not,
    all numbers are NaN and why is the reason, of which message is the words.
    """

    model: str
    params: Mapping[str, float]
    se: Mapping[str, float]
    covariance: Floats
    loglik: float
    n: int
    converged: bool
    why: Because | None = None

    @property
    def message(self) -> str:
        """What is wrong and what to try, in Dutch; nothing of a fit that converged."""
        return "" if self.why is None else self.why.text


def failed(model: str, names: Sequence[str], n: int, why: Because) -> Fit:
    """Return the fit of data from which nothing can be estimated."""
    nothing = dict.fromkeys(names, np.nan)
    square = np.full((len(names), len(names)), np.nan)
    return Fit(model, nothing, dict(nothing), square, np.nan, n, False, why)


def converged(fit: Fit) -> Fit:
    """Return a fit that can be used; `NotAvailable` with its message otherwise."""
    if not fit.converged:
        raise refused.no_fit(fit.model, fit.message)
    return fit


def values_of(params: Params, names: Sequence[str]) -> tuple[float, ...]:
    """Return the parameters in order, from a mapping or a sequence; each must be positive.

    A missing name or another number of values is `WrongType`; a value that is not a positive
    finite number is `OutOfRange`.
    """
    if isinstance(params, Mapping):
        missing = [name for name in names if name not in params]
        if missing:
            raise refused.MISSING_PARAMETERS(names=missing)
        found = [float(params[name]) for name in names]
    else:
        found = [float(value) for value in params]
    if len(found) != len(names):
        raise refused.COUNT_OF_PARAMETERS(given=len(found), wanted=len(names), names=[*names])
    wrong = [name for name, value in zip(names, found, strict=True) if not 0 < value < np.inf]
    if wrong:
        raise refused.NO_POSITIVE_NUMBER(names=wrong)
    return tuple(found)


def rescaled(fit: Fit, factors: Sequence[float], shift: float) -> Fit:
    """Return the fit with each parameter times a factor and the log-likelihood plus a shift."""
    factor = np.asarray(factors, dtype=np.float64)
    return replace(
        fit,
        params={name: value * by for (name, value), by in zip(fit.params.items(), factors, strict=True)},
        se={name: value * by for (name, value), by in zip(fit.se.items(), factors, strict=True)},
        covariance=fit.covariance * np.outer(factor, factor),
        loglik=float(fit.loglik + shift),
    )


Bent: TypeAlias = tuple[float, Floats, Floats]


@dataclass(frozen=True)
class Surface:
    """A log-likelihood per customer as a function of log-parameters.

    value: the mean; both: mean and exact gradient, bent: those and the exact Hessian, if the model
    has them; else differences are used.
    """

    value: Callable[[Floats], float]
    both: Callable[[Floats], tuple[float, Floats]] | None = None
    bent: Callable[[Floats], Bent] | None = None

    def slope(self, theta: Floats) -> tuple[float, Floats]:
        """Value and gradient."""
        if self.both is not None:
            return self.both(theta)
        step = 1e-4
        gradient = [(self.value(theta + e) - self.value(theta - e)) / (2 * step) for e in _axes(theta, step)]
        return self.value(theta), np.array(gradient)

    def known(self, theta: Floats) -> tuple[float, Floats, Floats | None]:
        """Value, gradient and the Hessian if it comes with them."""
        return (*self.slope(theta), None) if self.bent is None else self.bent(theta)

    def curvature(self, theta: Floats) -> Floats:
        """The Hessian."""
        if self.bent is not None:
            return self.bent(theta)[2]
        if self.both is not None:
            step = 1e-4  # its square, and rounding over it, are both of no account
            ahead_behind = [(self.both(theta + e)[1], self.both(theta - e)[1]) for e in _axes(theta, step)]
            rows = [(ahead - behind) / (2 * step) for ahead, behind in ahead_behind]
            hessian = np.array(rows)
            return np.asarray((hessian + hessian.T) / 2)
        return self._curvature_of_values(theta, 1e-3)

    def _curvature_of_values(self, theta: Floats, step: float) -> Floats:
        axes, middle, size = _axes(theta, step), self.value(theta), theta.size
        ups = [self.value(theta + e) for e in axes]
        downs = [self.value(theta - e) for e in axes]
        hessian = np.diag([(up + down - 2 * middle) / step**2 for up, down in zip(ups, downs, strict=True)])
        for i in range(size):
            for j in range(i):
                both = self.value(theta + axes[i] + axes[j]) + self.value(theta - axes[i] - axes[j])
                rest = 2 * middle - ups[i] - downs[i] - ups[j] - downs[j]
                hessian[i, j] = hessian[j, i] = (both + rest) / (2 * step**2)
        return hessian


def _axes(theta: Floats, step: float) -> Floats:
    return np.eye(theta.size) * step


def maximise(
    model: str,
    names: Sequence[str],
    surface: Surface,
    n: float,
    starts: Sequence[Sequence[float]],
    rough: Surface | None = None,
    least: float = -np.inf,
    near: Sequence[float] | None = None,
) -> Fit:
    """Search the parameters (all positive) with the highest likelihood; n: customers.

    starts: parameter values to begin from, the next one tried when the last led nowhere; rough:
    the surface of fewer rows, to begin on; least: the mean log-likelihood, of these if there are
    any, that is reached at an edge, from which a search that runs there is not begun anew; near: values that
    may lie next to the best, from which Newton's steps are tried before there is any search. An
    optimum has |gradient| per customer ≤ 1e-6, bends down in every direction and lies within e^±9.5;
    standard errors come from its Hessian by the delta method. Otherwise the fit is not converged and
    says why.
    """
    why: Because | None = None
    ends: list[Floats] = []  # of rough searches from which nothing was found
    if near is not None:
        with np.errstate(all="ignore"):
            theta, (value, gradient, hessian) = _newton(surface, np.log(near), n=n)
            if _wrong(names, theta, value, gradient, hessian, n) is None:
                return _estimated(model, names, theta, hessian, value, n)
    for start in starts:
        theta = np.log(np.asarray(start, dtype=np.float64))
        with np.errstate(all="ignore"):
            theta = _descend(surface if rough is None else rough, theta)
            if any(np.max(np.abs(theta - end)) < ALIKE for end in ends):
                continue
            ends.append(theta)
            ran_away = bool(np.max(np.abs(theta)) > 1.2 * FARTHEST)
            twice = why is not None and ran_away
            wrong: Because | None
            if ran_away:
                value = (rough or surface).value(theta)
                wrong = why or _no_best(names, theta, (rough or surface).curvature(theta), n)
            else:
                theta, (value, gradient, hessian) = _newton(surface, theta, rough, n)
                wrong = _wrong(names, theta, value, gradient, hessian, n)
        if wrong is None:
            return _estimated(model, names, theta, hessian, value, n)
        why = why or wrong
        reached = value if rough is None else rough.value(theta)
        if twice or reached < least + HOPE / n:
            break  # twice nowhere, or no better than a limit: the other starts go there too
    return failed(model, names, round(n), why or refused.STUCK())


def climbed(surface: Surface, start: Floats, farthest: Floats | float) -> tuple[Floats, bool]:
    """Return where Newton's steps lead from parameters that lie near the best, and whether that is a top.

    Of many parameters whose Hessian costs no more than a few gradients this is far shorter than a search, so
    `maximise` may begin there. farthest: of the logarithm of each; the way up is left where it passes that.
    """
    with np.errstate(all="ignore"):
        theta, _ = _newton(surface, np.log(start), farthest=farthest)
    return np.exp(theta), bool(np.all(np.abs(theta) <= farthest))


def _descend(surface: Surface, theta: Floats) -> Floats:
    def down(point: Floats) -> tuple[float, Floats]:
        if np.max(np.abs(point)) > 1.6 * FARTHEST:
            return 1e10, np.zeros(point.size)
        value, gradient = surface.slope(point)
        if not (np.isfinite(value) and np.all(np.isfinite(gradient))):
            return 1e10, np.zeros(point.size)
        return -value, -gradient

    return descend(down, theta, flat=1e-5, most=200, far=1.2 * FARTHEST)


def _newton(
    surface: Surface,
    theta: Floats,
    rough: Surface | None = None,
    n: float | None = None,
    farthest: Floats | float = 1.5 * FARTHEST,
) -> tuple[Floats, Bent]:
    """Climb to the top; return it with value, gradient and Hessian there. n: customers, if it matters.

    farthest: of each log-parameter, beyond which there is no use in going on.

    A Hessian that comes with each gradient is used there and then; one that costs extra (the first
    may be that of a rough surface) serves as long as climbing with it goes fast.
    """
    value, gradient, hessian = surface.known(theta)
    fresh = hessian is not None or rough is None
    if hessian is None:
        hessian = (surface if rough is None else rough).curvature(theta)
    for _ in range(CLIMBS):
        size = float(np.max(np.abs(gradient)))
        if not size > FLATTEST * 1e-3 or np.any(np.abs(theta) > farthest):
            break
        step = _uphill(hessian, gradient)
        if _leads_nowhere(theta, step, size, None if n is None or not fresh else hessian * n):
            break
        found = _forward(surface, theta, step, value - 1e-14 * abs(value))
        if found is None:
            if fresh:
                break
            hessian, fresh = surface.curvature(theta), True
            continue
        theta, (value, gradient, next_hessian) = found
        now = float(np.max(np.abs(gradient)))
        stuck = now > size / 2 and fresh and now < FLATTEST * 1e-2  # no flatter than rounding allows
        if next_hessian is not None:
            hessian = next_hessian
        elif not stuck and now > size / 5 and now > FLATTEST * 1e-2:
            hessian, fresh = surface.curvature(theta), True
        else:
            fresh = False
        if stuck:
            break
    return theta, (value, gradient, hessian if surface.bent is not None else surface.curvature(theta))


def _leads_nowhere(theta: Floats, step: Floats, size: float, hessian: Floats | None) -> bool:
    """Whether a step goes on along a valley without a top: `_wrong` says of its end what it says of here.

    size: of the gradient per customer; hessian: of all customers, where it is known here.
    """
    if np.max(np.abs(theta + step)) <= np.max(np.abs(theta)):
        return False
    if np.max(np.abs(theta)) > FARTHEST:
        return True
    if size > FLATTEST or hessian is None or not np.all(np.isfinite(hessian)):
        return False
    return bool(np.linalg.eigvalsh(-hessian)[0] < FLAT)


def _forward(
    surface: Surface, theta: Floats, step: Floats, least: float
) -> tuple[Floats, tuple[float, Floats, Floats | None]] | None:
    """The longest of step, a half, a quarter … of it that is not down, and what is known there."""
    for _ in range(30):
        # Where a gradient costs eight values, one value tells first whether it is worth it
        if surface.both is not None or surface.value(theta + step) >= least:
            known = surface.known(theta + step)
            if known[0] >= least:
                return theta + step, known
        step = step / 2
    return None


def _uphill(hessian: Floats, gradient: Floats) -> Floats:
    """Newton's step, along directions that bend the wrong way turned round, at most 2 long."""
    if not np.all(np.isfinite(hessian)):
        return gradient
    bend, turn = np.linalg.eigh(-hessian)
    step = turn @ ((turn.T @ gradient) / np.maximum(np.abs(bend), 1e-8))
    return np.asarray(step * min(1.0, 2.0 / max(float(np.linalg.norm(step)), 1e-300)))


def _no_best(names: Sequence[str], theta: Floats, hessian: Floats, n: float) -> Because:
    """The reason that the likelihood has no top, which holds wherever in the valley a search ended.

    How far a search walks along a flat valley depends on the last digits of the machine's linear
    algebra, so that neither which parameter is beyond `FARTHEST` nor whether one is may be told.
    """
    loose = _loose(hessian * n)
    far = np.abs(theta) > FARTHEST
    chosen = [name for name, one in zip(names, far if loose is None else loose, strict=True) if one]
    return refused.no_best(chosen)


def _loose(hessian: Floats) -> npt.NDArray[np.bool_] | None:
    """Which log-parameters these customers leave open; None where the Hessian cannot tell.

    Of each parameter, the part of a vague prior's variance (1 / `FLAT`) that the data leave: 1 is all,
    0 nothing. It is continuous in the Hessian and the same however eigenvectors of (nearly) equal
    eigenvalues are turned, where one eigenvector is not. In a valley of one ratio the parameters
    share it in equal parts, and what is estimated has hundredths of that, hence the wide margin.
    """
    if not np.all(np.isfinite(hessian)):
        return None
    bend, turn = np.linalg.eigh(-hessian)
    left = turn**2 @ (FLAT / (FLAT + np.maximum(bend, 0.0)))
    return np.asarray(left >= LOOSE * left.max())


def _wrong(
    names: Sequence[str], theta: Floats, value: float, gradient: Floats, hessian: Floats, n: float
) -> Because | None:
    """Return why this is no optimum; nothing if it is one."""
    if not (np.isfinite(value) and np.all(np.isfinite(gradient)) and np.all(np.isfinite(hessian))):
        return refused.NO_LIKELIHOOD()
    least = float(np.linalg.eigvalsh(-hessian)[0])
    if np.max(np.abs(theta)) > FARTHEST or least * n < FLAT or least <= 0:
        return _no_best(names, theta, hessian, n)
    if np.max(np.abs(gradient)) > FLATTEST:
        return refused.STUCK()
    return None


def _estimated(
    model: str, names: Sequence[str], theta: Floats, hessian: Floats, value: float, n: float
) -> Fit:
    params = np.exp(theta)
    covariance = np.linalg.inv(-hessian * n) * np.outer(params, params)
    errors = np.sqrt(np.diag(covariance))
    by_name = {name: float(one) for name, one in zip(names, params, strict=True)}
    se = {name: float(one) for name, one in zip(names, errors, strict=True)}
    return Fit(model, by_name, se, covariance, float(value * n), round(n), True)
