"""The common mistakes in a customer value (articles 001 and 003: D35), found in its inputs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

# Rules of thumb, ours unless said otherwise. They make a warning, never another value.
STALE_DAYS = 92  # a quarter: article 003 recomputes quarterly or yearly
HEALTHY_RATIO = 3.0  # CLV : CAC, the field's 3 : 1
LOWEST_YEARLY_INTEREST = 0.01  # less looks like a monthly rate
HIGHEST_YEARLY_INTEREST = 0.40  # more looks like a yearly rate taken for each month
HIGHEST_YEARLY_RETENTION = 0.97  # more looks like a monthly retention: 0.97 a month is 0.69 a year
LOWEST_SHORT_RETENTION = 0.50  # less in a month or quarter looks like a yearly retention
CLOSE = 0.001  # retention and churn are typed in rounded


class Outcome(IntEnum):
    """What a check says of the inputs."""

    FINE = 0
    WARNING = 1
    UNCHECKED = 2


class Mistake(IntEnum):
    """A common mistake, by what the inputs then look like."""

    MARGIN_IS_REVENUE = 0
    RETENTION_NO_SHARE = 1
    NOBODY_LEAVES = 2
    NO_CHURN = 3
    RETENTION_AND_CHURN = 4
    PERIOD_OF_RETENTION = 5
    PERIOD_OF_INTEREST = 6
    NO_INTEREST = 7
    GROWTH_ABOVE_INTEREST = 8
    NO_COSTS = 9
    VALUE_BELOW_COST_OF_WINNING = 10
    HORIZON_BEYOND_DATA = 11
    STALE_DATA = 12


class Period(IntEnum):
    """The period that retention and interest are given for."""

    YEAR = 1
    QUARTER = 4
    MONTH = 12


class Checklist(NamedTuple):
    """One row a check; all arrays of the same length."""

    check: npt.NDArray[np.intp]
    outcome: npt.NDArray[np.intp]
    advice: npt.NDArray[np.intp]


@dataclass(frozen=True)
class Check:
    """A mistake, the facts that it needs, and when it is made."""

    mistake: Mistake
    needs: tuple[str, ...]
    is_made: Callable[[Any], bool]

    def outcome(self, facts: SimpleNamespace) -> Outcome:
        """Judge the facts; without one of those it needs there is no judgement."""
        if any(getattr(facts, need) is None for need in self.needs):
            return Outcome.UNCHECKED
        return Outcome.WARNING if self.is_made(facts) else Outcome.FINE


def _has_wrong_period_interest(facts: Any) -> bool:
    # The borders go to the period, not the rate to the year: that cannot overflow
    low, high = (
        (1 + border) ** (1 / facts.period) - 1 for border in (LOWEST_YEARLY_INTEREST, HIGHEST_YEARLY_INTEREST)
    )
    return facts.interest != 0 and not low <= facts.interest <= high


def _has_wrong_period_retention(facts: Any) -> bool:
    retention: float = facts.retention
    if facts.period == Period.YEAR:
        return HIGHEST_YEARLY_RETENTION < retention < 1
    return 0 < retention < LOWEST_SHORT_RETENTION


CHECKS = (
    Check(Mistake.MARGIN_IS_REVENUE, ("revenue", "margin"), lambda f: f.margin >= f.revenue),
    Check(Mistake.RETENTION_NO_SHARE, ("retention",), lambda f: not 0 <= f.retention <= 1),
    Check(Mistake.NOBODY_LEAVES, ("retention",), lambda f: f.retention == 1),
    Check(Mistake.NO_CHURN, ("churn",), lambda f: not 0 < f.churn <= 1),
    Check(
        Mistake.RETENTION_AND_CHURN, ("retention", "churn"), lambda f: abs(f.retention + f.churn - 1) > CLOSE
    ),
    Check(Mistake.PERIOD_OF_RETENTION, ("retention", "period"), _has_wrong_period_retention),
    Check(Mistake.PERIOD_OF_INTEREST, ("interest", "period"), _has_wrong_period_interest),
    Check(Mistake.NO_INTEREST, ("interest",), lambda f: f.interest <= 0),
    Check(
        Mistake.GROWTH_ABOVE_INTEREST,
        ("growth", "interest"),
        lambda f: f.growth > 0 and f.growth >= f.interest,
    ),
    Check(Mistake.NO_COSTS, ("costs",), lambda f: f.costs <= 0),
    Check(
        Mistake.VALUE_BELOW_COST_OF_WINNING,
        ("clv", "cac"),
        lambda f: f.cac <= 0 or f.clv < HEALTHY_RATIO * f.cac,
    ),
    Check(Mistake.HORIZON_BEYOND_DATA, ("horizon", "history"), lambda f: f.horizon > f.history),
    Check(Mistake.STALE_DATA, ("latest", "today"), lambda f: not 0 <= f.today - f.latest <= STALE_DAYS),
)


def check_inputs(
    revenue: float | None = None,
    margin: float | None = None,
    costs: float | None = None,
    retention: float | None = None,
    churn: float | None = None,
    interest: float | None = None,
    growth: float | None = None,
    period: float | None = None,
    clv: float | None = None,
    cac: float | None = None,
    horizon: float | None = None,
    history: float | None = None,
    latest: float | None = None,
    today: float | None = None,
) -> Checklist:
    """Check the inputs of a customer value for the common mistakes (articles 001, 003: D35).

    revenue, margin: currency per customer per period; costs: currency per customer; retention,
    churn, interest, growth: fractions per period; period: a `Period`; clv, cac: currency per
    customer; horizon, history: periods looked ahead, and periods of data; latest, today: day
    numbers. What is None is not checked. One row a check: the `Mistake`, the `Outcome`,
    and the advice: 0 nothing to do, 1 fill in what is needed, 2 + the mistake.
    Never an error: an impossible number is what a check is for.
    """
    facts = SimpleNamespace(**locals())
    outcomes = np.array([check.outcome(facts) for check in CHECKS])
    checks = np.arange(len(CHECKS))
    advice = np.where(outcomes == Outcome.WARNING, 2 + checks, np.where(outcomes == Outcome.FINE, 0, 1))
    return Checklist(checks, outcomes, advice)


@functools.wraps(check_inputs, assigned=())
def count_warnings(*args: Any, **kwargs: Any) -> float:
    """Count the common mistakes in the inputs of a customer value (D35).

    Arguments as `check_inputs`; returns how many of its checks warn, those not checked left out.
    """
    return float(np.count_nonzero(check_inputs(*args, **kwargs).outcome == Outcome.WARNING))
