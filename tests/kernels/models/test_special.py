"""The special functions against many digits, in the regions where others lose them."""

import numpy as np
import pytest

from klantwaarde_xl.kernels.models.buying.bgnbd import BGNBD
from klantwaarde_xl.kernels.models.buying.mbgnbd import MBGNBD
from klantwaarde_xl.kernels.models.numeric.special import exponential_integral, gauss, log_one_more
from tests.examples import times

mpmath = pytest.importorskip("mpmath")
CLOSE = 1e-9


def spread(seed, count, *ranges):
    """Points whose logarithms lie evenly in these ranges of powers of ten."""
    rng = np.random.default_rng(seed)
    return [10 ** rng.uniform(low, high, count) for low, high in ranges]


# b = r + x and c − b − 1 = s as a search that runs away meets them, and 1 − z = (β + t) / (α + t)
REGIONS = {
    "many purchases": ((1.5, 3.5), (-2, 1), (-2, 0)),
    "everybody alike": ((2, 6), (-2, 1), (-3, 0)),
    "one rate of stopping": ((0, 2), (2, 6), (-3, 0)),
    "nobody stops": ((0, 3), (-6, -2), (-3, 0)),
    "next to one": ((0, 3), (-1, 1), (-9, -4)),
    "few": ((-2, 1), (-2, 1), (-4, 0)),
}


def trapezoid(height, low, high, step=0.15):
    """The integral over a line of what dies out at both ends and is analytic around it, in many digits."""
    return float(step * mpmath.fsum(height(low + step * k) for k in range(int((high - low) / step))))


def gauss_of_digits(b, c, z):
    """Euler's integral (c − 1) ∫ (1 − u)^(c−2) (1 − zu)^−b du, in log(u / (1 − u))."""
    b, c, rest = mpmath.mpf(b), mpmath.mpf(c), 1 - mpmath.mpf(z)

    def height(y):
        grown = mpmath.exp(y)
        return mpmath.exp(
            mpmath.log(c - 1) + y - c * mpmath.log1p(grown) - b * mpmath.log((1 + grown * rest) / (1 + grown))
        )

    return trapezoid(height, -40 - mpmath.log(b + c), 5 - mpmath.log(rest) + 40 / (c - 1))


@pytest.mark.slow
@pytest.mark.parametrize("region", REGIONS.values(), ids=REGIONS)
def test_gauss_is_the_function_of_thirty_digits(region):
    b, s, rest = spread(1, times(20, more=5), *region)
    c, z = b + s + 1, 1 - rest
    with mpmath.workdps(20):
        wanted = [gauss_of_digits(*point) for point in zip(b, c, z, strict=True)]
    assert gauss(b, c, z) == pytest.approx(wanted, rel=CLOSE)


def integral_of_digits(s, y):
    """∫ e^(−yu) (1 + u)^−s du, in log u."""
    s, y = mpmath.mpf(s), mpmath.mpf(y)

    def height(v):
        return mpmath.exp(v - y * mpmath.exp(v) - s * mpmath.log1p(mpmath.exp(v)))

    return trapezoid(height, -40 - mpmath.log(y + s), mpmath.log(100 / y))


@pytest.mark.slow
@pytest.mark.parametrize("region", [((-1, 4), (-2, 3)), ((0.5, 3), (-6, -2)), ((2, 6), (2, 8))], ids=str)
def test_the_exponential_integral_is_that_of_twenty_digits(region):
    s, y = spread(2, 40, *region)
    with mpmath.workdps(20):
        wanted = [integral_of_digits(*point) for point in zip(s, y, strict=True)]
    assert exponential_integral(s, y) == pytest.approx(wanted, rel=CLOSE)


def test_the_chance_of_a_purchase_keeps_its_digits_for_customers_who_are_almost_alike():
    for a, b in ((1e7, 1e8), (1e9, 1e10)):
        with mpmath.workdps(40):
            r, alpha, t = mpmath.mpf("0.24"), mpmath.mpf("4.4"), mpmath.mpf(39)
            one = r * alpha**r * t / (alpha + t) ** (r + 1)  # exactly one in time
            more = 1 - (alpha / (alpha + t)) ** r
            wanted = one * b / (a + b) + more * a / mpmath.mpf(a + b)
        assert BGNBD.pmf((0.24, 4.4, a, b), 1, 39) == pytest.approx(float(wanted), rel=1e-12)


def test_where_all_stop_at_once_no_chance_is_above_one():
    params = (0.24, 4.4, 0.79, 1e-8)
    none = MBGNBD.pmf(params, 0, 39)
    with mpmath.workdps(40):
        stays = mpmath.mpf(1e-8) / (mpmath.mpf(0.79) + mpmath.mpf(1e-8))
        quiet = (mpmath.mpf(4.4) / mpmath.mpf(43.4)) ** mpmath.mpf(0.24)
        wanted = float(1 - stays + stays * quiet)
    assert none == pytest.approx(wanted, rel=1e-14)
    assert none < 1
    assert MBGNBD.loglik(params, 0, 0, 39) == pytest.approx(np.log(wanted), rel=1e-6)


def test_the_log_of_one_more_than_a_power_is_that_of_numpy():
    x = np.concatenate([np.linspace(-750, 750, 3001), [-np.inf, np.inf, 0.0, 1e-300, -1e-17, 1e308]])
    assert log_one_more(x) == pytest.approx(np.logaddexp(0.0, x), rel=1e-15, abs=0)
    assert np.isnan(log_one_more(np.nan))
