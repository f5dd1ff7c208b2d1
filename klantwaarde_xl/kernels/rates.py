"""Rates of one period turned into those of another: retention, churn, interest.

All goes by way of the year, so that conversions can be chained: 365 days, 52 weeks, 12 months,
4 quarters. Rates compound; they are never divided by a number of periods.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag, outside

NUM = CellError.NUM


class Period(IntEnum):
    """A period, as the number of them in a year."""

    DAY = 365
    WEEK = 52
    MONTH = 12
    QUARTER = 4
    HALF_YEAR = 2
    YEAR = 1


@elementwise
def convert_retention(retention: Element, source: Element, target: Element) -> Floats:
    """Retention per source period as retention per target period: r^(source / target).

    retention: fraction 0…1; source, target: `Period`, periods in a year. r_year = r_month^12.
    #NUM! outside 0…1.
    """
    return flag(retention ** (source / target), (NUM, outside(retention, 0, 1)))


@elementwise
def convert_churn(churn: Element, source: Element, target: Element) -> Floats:
    """Churn per source period as churn per target period: 1 − (1 − c)^(source / target).

    churn: fraction 0…1; source, target: `Period`. Twelve times the monthly churn overstates the
    yearly. #NUM! outside 0…1.
    """
    # log1p and expm1 keep the digits of a small churn
    return flag(-np.expm1(source / target * np.log1p(-churn)), (NUM, outside(churn, 0, 1)))


@elementwise
def convert_interest(interest: Element, source: Element, target: Element) -> Floats:
    """Interest per source period as interest per target period: (1 + i)^(source / target) − 1.

    interest: fraction > −1, else #NUM!; source, target: `Period`.
    i_month = (1 + i_year)^(1/12) − 1.
    """
    return flag(np.expm1(source / target * np.log1p(interest)), (NUM, interest <= -1))


@elementwise
def continuous_rate(
    interest: Element,
    source: Element = Period.YEAR.value,
    target: Element = Period.YEAR.value,
) -> Floats:
    """Continuously compounded rate δ = ln(1 + i), per target period.

    interest: fraction > −1 per source period, else #NUM!; source, target: `Period`. The
    probability models discount so: 15 % a year is .0027 a week (Fader, Hardie & Lee 2005, RFM and CLV).
    """
    return flag(np.log1p(interest) * source / target, (NUM, interest <= -1))


@elementwise
def effective_rate(
    continuous: Element,
    source: Element = Period.YEAR.value,
    target: Element = Period.YEAR.value,
) -> Floats:
    """Interest per target period from a continuous rate δ per source period: exp(δ) − 1.

    continuous: any rate; source, target: `Period`. The inverse of `continuous_rate`.
    """
    return np.asarray(np.expm1(continuous * source / target))


@elementwise
def real_rate(nominal: Element, inflation: Element) -> Floats:
    """Interest after inflation (Fisher): (1 + n) / (1 + π) − 1 (article 001: D13).

    nominal, inflation: fractions > −1 of the same period, else #NUM!.
    """
    # (n − π) / (1 + π) is the same and keeps the digits of small rates
    return flag((nominal - inflation) / (1 + inflation), (NUM, (nominal <= -1) | (inflation <= -1)))


@elementwise
def nominal_rate(real: Element, inflation: Element) -> Floats:
    """Interest including inflation (Fisher): (1 + r)(1 + π) − 1 (article 001: D13).

    real, inflation: fractions > −1 of the same period, else #NUM!.
    """
    return flag(real + inflation + real * inflation, (NUM, (real <= -1) | (inflation <= -1)))
