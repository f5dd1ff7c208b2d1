"""Pareto/NBD: customers without a contract buy at their own rate and stop at a moment of their own.

Schmittlein, Morrison & Colombo (1987), "Counting your customers: who are they and what will they do
next?", Management Science 33(1); Fader & Hardie (2005), "A note on deriving the Pareto/NBD model and
related expressions". The purchase rate λ is gamma(r, alpha) over the customers, the rate of stopping
μ gamma(s, beta).

Both distributions may be at their limit (`rates`, `lasting`); the formulas meet them in κ(t), for which,
with F(t) = κ (α + t)^−(r+x) (β + t)^−s G(t), κ = s / (r + s + x), and by Euler's transformation
G(t) = ₂F₁(1, r + x; r + s + x + 1; (α − β) / (α + t)), the usual A₀ is F(t_x) − F(T): no term
overflows, all terms of G are positive. For α < β Pfaff's transformation keeps them so. Its limit s, β → 0
is the MBG/NBD's: some stop at once, the others never.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantwaarde_xl.kernels.arrays import Element, Floats, Numbers
from klantwaarde_xl.kernels.models.buying.chances import AT_ONCE, AT_ONCE_AT_ONE_RATE, NBD, POISSON
from klantwaarde_xl.kernels.models.buying.continuous import Continuous, duration
from klantwaarde_xl.kernels.models.buying.lasting import GAMMA_LASTING, ONE_LASTING, Lasting
from klantwaarde_xl.kernels.models.buying.rates import GAMMA, ONE, Bends, Rates, Values
from klantwaarde_xl.kernels.models.estimate import grouping
from klantwaarde_xl.kernels.models.estimate.cache import Memory
from klantwaarde_xl.kernels.models.estimate.grouping import Customers
from klantwaarde_xl.kernels.models.estimate.search import Bent, Params, Surface
from klantwaarde_xl.kernels.models.numeric.pairs import different
from klantwaarde_xl.kernels.models.numeric.quadrature import gauss_legendre
from klantwaarde_xl.kernels.models.numeric.special import log_one_more, log_rise

NODES = 4000  # at most, in the integral of one probability
MOMENTS, BLOCK = 40, 512  # nodes of the likelihood, and customers at one time
REMEMBERED = 100_000  # customers at most whose chances are kept for a next question
CELLS = 50_000  # nodes at one time, so that what is at hand stays in the processor's cache
_lately: Memory[Floats] = Memory(4)


class Moments(Continuous):
    """A model in which a customer may stop at any moment: rates of buying with how long customers stay."""

    ROUGH, FIRST = grouping.ROUGH_ROWS // 4, grouping.ROUGH_ROWS // 40

    def __init__(self, title: str, rates: Rates, lasting: Lasting, limits: Sequence[Continuous] = ()) -> None:
        self.TITLE, self.limits = title, limits
        self.rates, self.lasting, self.stopping = rates, lasting, len(lasting.NAMES)
        self.NAMES = (*rates.NAMES, *lasting.NAMES)
        self.TIMES = (*rates.TIMES, *lasting.TIMES)
        self.made_of = (lasting, rates)

    def _parts(self, values: Values) -> tuple[Values, Values]:
        """The values of the rates and those of how long customers stay."""
        of_rates = len(self.rates.NAMES)
        return values[:of_rates], values[of_rates:]

    def _starts(self, rate: float) -> Sequence[Sequence[float]]:
        if self.lasting is not GAMMA_LASTING or self.rates is not GAMMA:
            return [
                (*bought, *lasting) for bought in self.rates.starts(rate) for lasting in self.lasting.starts()
            ]
        return [
            (r, r / rate / 2, s, beta) for r, s, beta in ((0.7, 0.6, 3.0), (2.0, 1.5, 10.0), (0.2, 0.3, 0.5))
        ]

    def surface(self, rows: Customers) -> Surface:
        """Return the mean log-likelihood of grouped customers."""
        return _surface(self.rates, self.lasting, rows)

    def bends_of_each(
        self, values: Values, x: Floats, t_x: Floats, age: Floats, *, bends: bool
    ) -> tuple[Floats, Floats, Floats]:
        """Each customer's log-likelihood with its derivatives, exact; as in `Continuous`."""
        each = np.array(np.broadcast_arrays(*values, x)[:-1])
        parts = []
        for at in range(0, x.size, BLOCK):
            some = slice(at, at + BLOCK)
            of_rates, of_lasting = self._parts(tuple(each[:, some]))
            history = x[some], t_x[some], age[some]
            parts.append(_of_each(self.rates, self.lasting, of_rates, of_lasting, *history, bends=bends))
        of_rates, _ = self._parts(tuple(each))
        value, slopes, bend = (np.concatenate(found, axis=-1) for found in zip(*parts, strict=True))
        value += self.rates.ways(of_rates, x)
        slopes[: len(of_rates)] += self.rates.ways_slopes(of_rates, x)
        if bends:
            for i, j, one in self.rates.ways_bends(of_rates, x):
                bend[i, j] += one
            for i in range(len(values)):
                bend[i + 1 :, i] = bend[i, i + 1 :]
        return value, slopes, bend

    def _loglik(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Fader & Hardie (2005), eq. 18."""
        of_rates, of_lasting = self._parts(values)
        bought = self.rates.ways(of_rates, x) + self.rates.waited(of_rates, x, age)
        stayed = self.lasting.stayed(of_lasting, age)
        return np.asarray(bought + stayed + self._log_not_alive(values, x, t_x, age))

    def _alive(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """Schmittlein, Morrison & Colombo (1987), eq. 11–13."""
        return np.asarray(np.exp(-self._log_not_alive(values, x, t_x, age)))

    def _log_not_alive(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        """−log P(alive); it takes the most time, and one forecast asks for it at many moments."""
        if x.size > REMEMBERED:
            return self._log_not_alive_of(values, x, t_x, age)
        columns = [*map(np.asarray, values), x, t_x, age]
        return _lately(self.TITLE, columns, lambda *_: self._log_not_alive_of(values, x, t_x, age))

    def _log_not_alive_of(self, values: Values, x: Floats, t_x: Floats, age: Floats) -> Floats:
        of_rates, of_lasting = self._parts(values)
        waited = self.rates.silence(of_rates, x, t_x, age)
        waited = waited - self.lasting.stayed(self.lasting.later(of_lasting, t_x), age - t_x)
        last, now = (self.lasting.kappa(self.rates, of_rates, of_lasting, x, t) for t in (t_x, age))
        return _log_more(waited + np.log(last), now)

    def _expected(self, values: Values, t: Floats) -> Floats:
        """Schmittlein, Morrison & Colombo (1987), eq. 17."""
        of_rates, of_lasting = self._parts(values)
        return np.asarray(self.rates.mean(of_rates) * self.lasting.lifetime(of_lasting, t))

    def _if_alive(self, values: Values, x: Floats, age: Floats) -> Values:
        of_rates, of_lasting = self._parts(values)
        return (*self.rates.later(of_rates, x, age), *self.lasting.later(of_lasting, age))

    def _pace(self, values: Values, t: Element, k: int) -> Floats:
        of_rates, of_lasting = self._parts(values)
        bought = self.rates.ways(of_rates, np.asarray(float(k)))
        return np.asarray(np.exp(bought + self.lasting.stayed(of_lasting, t)))

    def _coming(self, values: Values, x: Floats, age: Floats, t: Numbers, interest: float) -> Floats:
        """Schmittlein, Morrison & Colombo (1987), eq. 22; without end as in `dert`."""
        of_rates, of_lasting = self._parts(self._if_alive(values, x, age))
        if interest == 0 and np.ndim(t):
            stay = self.lasting.lifetime(of_lasting, duration(t))
        else:
            stay = self.lasting.discounted(of_lasting, float(np.asarray(t)), interest)
        return np.asarray(self.rates.mean(of_rates) * stay)

    def _chance(self, values: Values, x: Floats, t: Floats) -> Floats:
        of_rates, of_lasting = self._parts(values)
        columns = np.broadcast_arrays(x, t, *self.rates.far(of_rates), *self.lasting.far(of_lasting))
        shape = columns[0].shape
        return _probabilities(*(np.ravel(column).astype(np.float64) for column in columns)).reshape(shape)

    def dert(
        self, params: Params, frequency: Numbers, recency: Numbers, T: Numbers, interest: float  # noqa: N803
    ) -> Floats:  # fmt: skip
        """Discounted expected residual transactions of each customer, without end.

        interest: continuously compounded rate > 0 per unit of time of the fit, ln(1 + yearly rate) / 52
        for weeks; else `OutOfRange`. Fader, Hardie & Lee (2005), "RFM and CLV", Journal of Marketing
        Research 42(4), eq. 2.
        """
        return self.discounted_expected(params, frequency, recency, T, np.inf, interest)


def _surface(rates: Rates, lasting: Lasting, rows: Customers) -> Surface:
    """The mean log-likelihood, exact gradient and Hessian; see `_of_each`."""
    steps, step = grouping.levels(rows.frequency)
    share = rows.weight / rows.n
    per_step = np.bincount(step, weights=share, minlength=steps.size)
    many = len(rates.NAMES)

    def summed(theta: Floats, *, bends: bool) -> Bent:
        values: Values = tuple(np.exp(theta))
        of_rates, of_lasting = values[:many], values[many:]
        value = float(per_step @ rates.ways(of_rates, steps))
        gradient, hessian = np.zeros(theta.size), np.zeros((theta.size, theta.size))
        gradient[:many] = [per_step @ one for one in rates.ways_slopes(of_rates, steps)]
        if bends:
            for i, j, one in rates.ways_bends(of_rates, steps):
                hessian[i, j] += per_step @ one
        for at in range(0, share.size, BLOCK):
            x, t_x, age, part = (column[at : at + BLOCK] for column in (*rows[:3], share))
            found, slopes, bend = _of_each(rates, lasting, of_rates, of_lasting, x, t_x, age, bends=bends)
            value += float(part @ found)
            gradient += slopes @ part
            if bends:
                hessian += bend @ part
        return value, gradient, np.triu(hessian) + np.triu(hessian, 1).T

    return Surface(
        lambda theta: summed(theta, bends=False)[0],
        lambda theta: summed(theta, bends=False)[:2],
        lambda theta: summed(theta, bends=True),
    )


def _of_each(
    rates: Rates,
    lasting: Lasting,
    of_rates: Values,
    of_lasting: Values,
    x: Floats,
    t_x: Floats,
    age: Floats,
    *,
    bends: bool,
) -> tuple[Floats, Floats, Floats]:
    """What waiting and staying add to each customer's log-likelihood, its slopes, and half of its bends.

    The moment of stopping is integrated out by Gauss and Legendre's rule in log(c + u), c the shorter of both
    scales of time, where what is integrated is analytic for |Im| < π, as far as it falls to nothing. The same
    nodes give the value and all derivatives, which κ's own function does not have. Slopes: a row a parameter;
    bends: a row and a column, of which
    those below the diagonal are left out; of no customer where they are not asked for. The values may be
    arrays.
    """
    place, weight = (each[:, None] for each in gauss_legendre(MOMENTS))
    scale = np.minimum(rates.scale(of_rates), lasting.scale(of_lasting)) + t_x
    end = np.minimum(rates.until(of_rates, x, t_x), lasting.until(of_lasting, t_x))
    length = np.log1p((np.minimum(age, end) - t_x) / scale)
    y = length * place
    u = t_x + scale * np.expm1(y)
    there = rates.waited(of_rates, x, age) + lasting.stayed(of_lasting, age)
    waited, of_waited = rates.waited_and_slopes(of_rates, x, u)
    density, of_density = lasting.density_and_slopes(of_lasting, u)
    gone = waited + density - there
    with np.errstate(divide="ignore"):  # of who bought today
        gone += np.log(scale * length) + y + np.log(weight)
    top = np.maximum(gone.max(axis=0), 0.0)
    gone = np.exp(gone - top)
    stays = np.exp(-top)
    whole = stays + gone.sum(axis=0)
    gone, stays = gone / whole, stays / whole
    ends = [*rates.waited_slopes(of_rates, x, age), *lasting.stayed_slopes(of_lasting, age)]
    moments = [*of_waited, *of_density]
    slopes = np.array([
        stays * last + np.einsum("ij,ij->j", gone, moment) for last, moment in zip(ends, moments, strict=True)
    ])  # fmt: skip
    bend = np.zeros((len(ends), len(ends), x.size if bends else 0))
    if bends:
        for i, moment in enumerate(moments):
            lost = gone * moment
            for j in range(i, len(ends)):
                bend[i, j] = stays * ends[i] * ends[j] - slopes[i] * slopes[j]
                bend[i, j] += np.einsum("ij,ij->j", lost, moments[j])
        many = len(rates.NAMES)
        at_age = rates.waited_bends(of_rates, x, ends[:many])
        then = rates.waited_bends(of_rates, x, of_waited)
        at_age += _behind(many, lasting.stayed_bends(of_lasting, ends[many:]))
        then += _behind(many, lasting.density_bends(of_lasting, of_density))
        for (i, j, one), (*_, other) in zip(at_age, then, strict=True):
            bend[i, j] += stays * one + np.einsum("ij,ij->j", gone, other)
    return there + top + np.log(whole), slopes, bend


def _behind(many: int, bends: Bends) -> Bends:
    """The same of parameters that stand behind so many others."""
    return [(many + i, many + j, one) for i, j, one in bends]


def _log_more(log_last: Floats, now: Floats) -> Floats:
    """log(1 + e^log_last − now): minus the log of P(alive); the difference is never negative."""
    with np.errstate(over="ignore"):
        inner = np.maximum(np.exp(np.minimum(log_last, 700.0)) - now, 0.0)
    return np.where(log_last < 700, np.log1p(inner), log_last)


def _probabilities(x: Floats, *columns: Floats) -> Floats:
    """The chance of x purchases, element by element; columns: t and the parameters, as in `_grid`.

    What does not depend on x is computed once for all x that meet the same time and parameters.
    """
    counts, which = np.unique(x, return_inverse=True)
    kinds, place = different(columns)
    if counts.size > 1 and counts.size * kinds[0].size > 2 * x.size:  # most pairs are not asked for
        out = np.empty(x.size)
        for at in range(counts.size):
            rows = np.flatnonzero(which == at)
            out[rows] = _probabilities(x[rows], *(column[rows] for column in columns))
        return out
    return _grid(counts, *kinds)[which.ravel(), place]


def _grid(counts: Floats, t: Floats, r: Floats, alpha: Floats, s: Floats, beta: Floats) -> Floats:
    """The chance of each number of purchases (rows) within each time t (columns).

    Fader & Hardie (2006), "Deriving an expression for P(X(t) = x) under the Pareto/NBD model": its sum
    cancels, so the moment of stopping is integrated out by the trapezoid rule in log(τ / (t − τ)).
    """
    from scipy.special import gammaln

    x = counts[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):  # at t = 0, which is known
        log_t, log_alpha, log_stop = np.log(t), np.log(alpha), np.log(s / beta)
        low = -40 - np.log1p(t / beta) - np.log1p(t / alpha)
        narrow = np.sqrt(1 / (counts.max(initial=0.0) + 1) + 1 / r)
        fine = 0.25 * np.minimum(np.minimum(1.0, narrow), 3 / np.sqrt(s))
        step = np.maximum(fine, (40.0 - low) / NODES)
        nodes = np.ceil((40.0 - low) / step).astype(int)
        ways = log_rise(r, x) - gammaln(x + 1)
        bought = ways - r * np.log1p(t / alpha) + x * (log_t - np.log(alpha + t))
        out = np.exp(bought - s * np.log1p(t / beta))
        order = np.argsort(nodes, kind="stable")
        many = max(1, CELLS // int(nodes.max(initial=1)))
        for begin in range(0, order.size, many):
            some = order[begin : begin + many]
            col = some[:, None]
            y = low[col] + step[col] * np.arange(int(nodes[some[-1]]))
            log_p = -log_one_more(-y)
            moment = t[col] * np.exp(log_p)
            # log(τ / (α + τ)) and log(q) = log(p) − y need no logarithms of their own
            older = np.log1p(moment / alpha[col])
            each = log_t[col] + log_p - log_alpha[col] - older
            rest = log_stop[col] - (s[col] + 1) * np.log1p(moment / beta[col]) + log_t[col] + 2 * log_p - y
            rest -= r[col] * older
            for at, count in enumerate(counts):
                out[at, some] += step[some] * np.exp(ways[at, some][:, None] + count * each + rest).sum(
                    axis=1
                )
    return np.where(t == 0, np.where(x == 0, 1.0, 0.0), out)


TITLE = "Pareto/NBD"
PARETONBD = Moments(
    TITLE,
    GAMMA,
    GAMMA_LASTING,
    limits=(
        NBD,
        POISSON,
        Moments(f"{TITLE}, one rate to stop", GAMMA, ONE_LASTING),
        Moments(f"{TITLE}, one rate", ONE, GAMMA_LASTING),
        AT_ONCE,
        Moments(f"{TITLE}, one rate, one rate to stop", ONE, ONE_LASTING),
        AT_ONCE_AT_ONE_RATE,
    ),
)
