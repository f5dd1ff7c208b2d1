"""The special functions of the models, in forms that neither overflow nor cancel."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.kernels.arrays import Element, Floats

EPS = float(np.finfo(np.float64).eps)
TRUSTED = 1e-9  # relative error above which the closed form gives way to an integral
THIN = 0.02  # b below which the beta density is too thin on the right to integrate
LARGE = 60.0  # parameters of ₂F₁ above which scipy loses digits
NODES = 4000  # at most, in one integral
STEPS, CHECKED = 512, 8  # of a continued fraction: at most, and between two looks at whether it is done
AT_HAND = 15_000  # numbers of one integral's nodes at a time, which the processor keeps at hand
CHUNK = 1_000_000  # numbers at a time, so that memory stays small


def log_one_more(x: Element) -> Floats:
    """ln(1 + eˣ), to the last digit for every x; numpy's own function takes five times as long."""
    return np.asarray(np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x))))


def growth(r: Element, alpha: Element, a: Element, b: Element, t: Element) -> Floats:
    """E[(1 − e^(−λpt)) / p] with λ ~ gamma(r, α) and p ~ beta(a, b): purchases in a time t.

    Equal to (a + b − 1) / (a − 1) · [1 − (α / (α + t))ʳ ₂F₁(r, b; a + b − 1; t / (α + t))] (Fader,
    Hardie & Lee 2005, eq. 9), which cancels near a = 1, a + b = 1 and t = 0; there, and where ₂F₁
    overflows, the expectation itself is integrated over p. All arguments positive, t ≥ 0.
    """
    from scipy.special import hyp2f1

    parts = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (r, alpha, a, b, t)))
    shape = parts[0].shape
    r, alpha, a, b, t = (part.ravel() for part in parts)
    out = np.zeros(t.size)
    with np.errstate(all="ignore"):
        easy = (np.maximum(r, b) < LARGE) & (a < LARGE) & (t > 0) & (t < 99 * alpha) & (a + b > 1)
        log_ratio = -np.log1p(t / alpha)
        term = np.full(t.size, np.nan)
        term[easy] = np.exp(r[easy] * log_ratio[easy]) * hyp2f1(
            r[easy], b[easy], a[easy] + b[easy] - 1, (t / (alpha + t))[easy]
        )
        factor = (a + b - 1) / (a - 1)
        out = factor * (1 - term)
        lost = 1000 * EPS * np.abs(factor) * (1 + np.abs(term)) / np.abs(out)
    hard = (t > 0) & ~((lost < TRUSTED) & np.isfinite(out))
    thin = hard & (b < THIN)
    if np.any(thin):
        out[thin] = _stepped(r[thin], alpha[thin], a[thin], b[thin], t[thin])
    hard &= ~(thin & np.isfinite(out))
    out[hard] = _integrated(r[hard], alpha[hard], a[hard], b[hard], t[hard])
    out[t == 0] = 0.0
    return np.asarray(out.reshape(shape))


def _stepped(r: Floats, alpha: Floats, a: Floats, b: Floats, t: Floats) -> Floats:
    """The expectation of `growth` where b is small: the first purchase apart, the rest with b + 1.

    1 = p + (1 − p) under the beta density gives E[1 − e^(−λpt)] + b / (a + b) · growth(…, b + 1, …);
    the density of the integral itself would die out too slowly on the right.
    """
    from scipy.special import gammaln, hyp2f1

    with np.errstate(all="ignore"):
        none = np.exp(-r * np.log1p(t / alpha)) * hyp2f1(r, b, a + b, t / (alpha + t))
        # Where scipy gives up close to 1: between 1 and Gauss's sum at 1, which differ little
        most = np.exp(gammaln(a + b) + gammaln(a - r) - gammaln(a + b - r) - gammaln(a))
        least = np.exp(-r * np.log1p(t / alpha))
        none = np.where(~np.isfinite(none) & (a > r) & ((most - 1) * least < TRUSTED), most * least, none)
        first = np.where((none >= 0) & (none <= 1), 1 - none, np.nan)
    return np.asarray(first + b / (a + b) * growth(r, alpha, a, b + 1, t))


def _integrated(r: Floats, alpha: Floats, a: Floats, b: Floats, t: Floats) -> Floats:
    """The expectation of `growth` by the trapezoid rule in y = log(p / (1 − p)).

    The integrand is analytic for |Im y| < π and dies out exponentially at both ends, so steps of
    a third give all digits (Trefethen & Weideman 2014). With a below a half it dies slowly on the
    left, where it is the constant rt/α: that constant is taken out and the rest integrated.
    """
    if not t.size:
        return t
    scale = t / alpha
    apart = a < 0.5
    middle = np.log(a) - np.log(b)
    spread = np.sqrt(1 / a + 1 / b)
    low = middle - 9 * spread - 40 / np.where(apart, a + 1, a)
    high = middle + 9 * spread + 40 / b
    width = np.minimum(0.33, 0.25 * spread)
    count = np.clip(np.ceil((high - low) / width), 64, NODES).astype(int)
    out = np.empty(t.size)
    order = np.argsort(count)
    at = 0
    while at < t.size:
        ahead = order[at : at + max(1, AT_HAND // int(count[order[at]]))]
        nodes = int(count[ahead].max())
        out[ahead] = _trapezoid(r[ahead], scale[ahead], a[ahead], b[ahead], low[ahead], high[ahead], nodes)
        at += ahead.size
    whole = r * scale
    return np.where(apart, whole - out, out)


def _trapezoid(
    r: Floats, scale: Floats, a: Floats, b: Floats, low: Floats, high: Floats, nodes: int
) -> Floats:
    steps = (high - low) / (nodes - 1)
    y = low[:, None] + steps[:, None] * np.arange(nodes)
    r, scale, a, b = (part[:, None] for part in (r, scale, a, b))
    with np.errstate(all="ignore"):
        log_p, log_q = -log_one_more(-y), -log_one_more(y)
        p = np.exp(log_p)
        density = a * log_p + b * log_q
        weight = np.exp(density - density.max(axis=1, keepdims=True))
        grown = r * np.log1p(scale * p)
        # where p is too small to divide by, the limit rt/α
        value = np.where(p > 1e-290, -np.expm1(-grown) / np.maximum(p, 1e-290), r * scale)
        total = value
        if np.any(a < 0.5):
            whole = r * scale
            left = np.where((r + 1) * scale * p < 1e-3, _shortfall(r, scale * p) * whole, whole - value)
            total = np.where(a < 0.5, left, value)
    mean = (weight * total).sum(axis=1) / weight.sum(axis=1)
    # with a < ½ the density itself is cut off on the left: its own total is known instead
    exact = np.exp(density.max(axis=1) - _log_beta(a[:, 0], b[:, 0])) * steps * (weight * total).sum(axis=1)
    return np.asarray(np.where(a[:, 0] < 0.5, exact, mean))


def _shortfall(r: Floats, small: Floats) -> Floats:
    """1 − (1 − (1 + u)^−r) / (ru) for small u, to u⁴."""
    one = (r + 1) / 2 * small
    two = one * (r + 2) / 3 * small
    three = two * (r + 3) / 4 * small
    return np.asarray(one - two + three - three * (r + 4) / 5 * small)


def _log_beta(a: Floats, b: Floats) -> Floats:
    from scipy.special import betaln

    return np.asarray(betaln(a, b))


def log_rise(base: npt.ArrayLike, by: npt.ArrayLike) -> Floats:
    """Return ln Γ(base + by) − ln Γ(base), exact also where both are huge and almost equal.

    base > 0; by ≥ 0; broadcast. From 50 on the difference is taken in Stirling's series, term by
    term, so that no digits cancel.
    """
    from scipy.special import gammaln

    y, a = np.broadcast_arrays(np.asarray(base, dtype=np.float64), np.asarray(by, dtype=np.float64))
    far = y >= 50
    big, small = np.where(far, y, 50.0), np.where(far, 1.0, y)
    stirling = (
        (big + a - 0.5) * np.log1p(a / big)
        + a * np.log(big)
        - a
        + _stirling_rest(big + a)
        - _stirling_rest(big)
    )
    near = gammaln(small + np.where(far, 0.0, a)) - gammaln(small)
    return np.asarray(np.where(far, stirling, near))


def _stirling_rest(y: Floats) -> Floats:
    return np.asarray((1 - (1 - 2 / (7 * y * y)) / (30 * y * y)) / (12 * y))


def gauss(b: Element, c: Element, z: Element) -> Floats:
    """₂F₁(1, b; c; z) for b > 0, c > b and 0 ≤ z < 1: all its terms are positive.

    By Gauss's continued fraction, whose approximations rise to it without cancelling (Steed's form). Next
    to z = 1, where it takes thousands of steps, Euler's integral (c − 1) ∫ (1 − u)^(c−2) (1 − zu)^−b du is
    taken by the trapezoid rule in log(u / (1 − u)). scipy's function loses digits for large b.
    """
    parts = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (b, c, z)))
    shape = parts[0].shape
    b, c, z = (part.ravel() for part in parts)
    out = _fraction(_gauss_step, b, c, z)
    hard = np.isnan(out)
    if np.any(hard):
        out[hard] = _in_parts(_euler, b[hard], c[hard], z[hard])
    return np.asarray(out.reshape(shape))


def _gauss_step(n: int, b: Floats, c: Floats, z: Floats) -> Floats:
    """The n-th partial numerator of Gauss's fraction 1 / (1 − g₁z / (1 − g₂z / …)), without its sign."""
    m = n // 2
    if n % 2:
        return np.asarray((b + m) * (c - 1 + m) / ((c + 2 * m - 1) * (c + 2 * m)) * z)
    return np.asarray(m * (c - b + m - 1) / ((c + 2 * m - 2) * (c + 2 * m - 1)) * z)


def _fraction(numerator: Callable[..., Floats], *columns: Floats) -> Floats:
    """1 / (1 − n₁ / (1 − n₂ / …)) for 0 ≤ nᵢ < 1, element by element; NaN where `STEPS` are too few."""
    out = np.full(columns[0].size, np.nan)
    left = np.arange(out.size)
    ratio, term, total = np.ones(out.size), np.ones(out.size), np.ones(out.size)
    for begin in range(1, STEPS, CHECKED):
        for n in range(begin, begin + CHECKED):
            ratio = 1 / (1 - numerator(n, *columns) * ratio)
            term = term * (ratio - 1)
            total = total + term
        done = term <= EPS * total
        if np.any(done):
            out[left[done]] = total[done]
            left = left[~done]
            if not left.size:
                break
            ratio, term, total = ratio[~done], term[~done], total[~done]
            columns = tuple(column[~done] for column in columns)
    return out


def _euler(b: Floats, c: Floats, z: Floats) -> Floats:
    low = -40 - np.log(b + c)
    high = -np.log1p(-z) + 5 + 40 / (c - 1)
    nodes = int(min(NODES, max(200.0, float(np.max(high - low)) / 0.2)))
    step = (high - low) / (nodes - 1)
    y = low[:, None] + step[:, None] * np.arange(nodes)
    b, c, z = b[:, None], c[:, None], z[:, None]
    # u = eʸ / (1 + eʸ) and 1 − zu = (1 + eʸ(1 − z)) / (1 + eʸ)
    log_left = -log_one_more(y)
    log_rest = log_one_more(y + np.log1p(-z)) + log_left
    total = np.exp(y + log_left + (c - 1) * log_left - b * log_rest).sum(axis=1)
    return np.asarray((c[:, 0] - 1) * step * total)


def exponential_integral(s: Element, y: Element) -> Floats:
    """e^y · E_s(y) = ∫₀^∞ e^(−yu) (1 + u)^−s du for s, y > 0, the Ψ(1, 2 − s; y) of the DERT formulas.

    By its continued fraction, and for small y, where that takes hundreds of steps, by the trapezoid rule in
    log u, where the integrand dies out at both ends; scipy's hyperu gives NaN from s = 50 on and is wrong
    at whole s for small y.
    """
    parts = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (s, y)))
    shape = parts[0].shape
    s, y = (part.ravel() for part in parts)
    out = _fraction(_exponential_step, s, y) / (y + s)
    hard = np.isnan(out)
    if np.any(hard):
        out[hard] = _in_parts(_laplace, s[hard], y[hard])
    return np.asarray(out.reshape(shape))


def _exponential_step(n: int, s: Floats, y: Floats) -> Floats:
    """The n-th partial numerator of E_s's fraction, all over its first denominator y + s."""
    return np.asarray(n * (s + n - 1) / ((y + s + 2 * n - 2) * (y + s + 2 * n)))


def _laplace(s: Floats, y: Floats) -> Floats:
    low, high = -40 - np.log1p(y + s), np.log(745 / y)
    nodes = int(min(NODES, max(200.0, float(np.max(high - low)) / 0.2)))
    step = (high - low) / (nodes - 1)
    v = low[:, None] + step[:, None] * np.arange(nodes)
    height = v - y[:, None] * np.exp(v) - s[:, None] * log_one_more(v)
    return np.asarray(step * np.exp(height).sum(axis=1))


def _in_parts(integral: Callable[..., Floats], *columns: Floats) -> Floats:
    """Compute an integral for some elements at a time, so that memory stays small."""
    size, part = columns[0].size, CHUNK // 1000
    if not size:
        return columns[0]
    pieces = [integral(*(column[at : at + part] for column in columns)) for at in range(0, size, part)]
    return np.concatenate(pieces)
