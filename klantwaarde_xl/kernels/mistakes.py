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

FINE, WARNING, UNCHECKED = 0, 1, 2
OUTCOMES = ("in orde", "let op", "niet beoordeeld")

# Rules of thumb, ours unless said otherwise. They make a warning, never another value.
STALE_DAYS = 92  # a quarter: article 003 recomputes quarterly or yearly
HEALTHY_RATIO = 3.0  # CLV : CAC, the field's 3 : 1
LOWEST_YEARLY_INTEREST = 0.01  # less looks like a monthly rate
HIGHEST_YEARLY_INTEREST = 0.40  # more looks like a yearly rate taken for each month
HIGHEST_YEARLY_RETENTION = 0.97  # more looks like a monthly retention: 0.97 a month is 0.69 a year
LOWEST_SHORT_RETENTION = 0.50  # less in a month or quarter looks like a yearly retention
CLOSE = 0.001  # retention and churn are typed in rounded


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
    """A mistake: its name, the facts it needs, when it is made, and what to do (Dutch)."""

    name: str
    needs: tuple[str, ...]
    is_made: Callable[[Any], bool]
    advice: str

    def outcome(self, facts: SimpleNamespace) -> int:
        """Judge the facts; without one of those it needs there is no judgement."""
        if any(getattr(facts, need) is None for need in self.needs):
            return UNCHECKED
        return WARNING if self.is_made(facts) else FINE


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
    Check(
        "CLV op marge, niet op omzet",
        ("revenue", "margin"),
        lambda f: f.margin >= f.revenue,
        "De marge is niet kleiner dan de omzet. Reken de klantwaarde met de marge: omzet min kosten.",
    ),
    Check(
        "Retentie tussen 0% en 100%",
        ("retention",),
        lambda f: not 0 <= f.retention <= 1,
        "Retentie is een deel van 0 tot 1: 80% is 0,8. Boven 100% zijn nieuwe klanten meegeteld.",
    ),
    Check(
        "Klanten verlopen",
        ("retention",),
        lambda f: f.retention == 1,
        "Met 100% retentie gaat nooit een klant weg. Meet het verloop en neem het mee.",
    ),
    Check(
        "Verloop is ingevuld",
        ("churn",),
        lambda f: not 0 < f.churn <= 1,
        "Het verloop is nul of geen deel van 0 tot 1. Verloop negeren maakt de klantwaarde te hoog.",
    ),
    Check(
        "Retentie en verloop kloppen samen",
        ("retention", "churn"),
        lambda f: abs(f.retention + f.churn - 1) > CLOSE,
        "Retentie en verloop horen samen 1 te zijn. Gebruik van beide dezelfde periode en klanten.",
    ),
    Check(
        "Retentie hoort bij de periode",
        ("retention", "period"),
        _has_wrong_period_retention,
        "De retentie past niet bij de periode: per jaar = per maand tot de macht 12, nooit keer of "
        "gedeeld door 12.",
    ),
    Check(
        "Rente hoort bij de periode",
        ("interest", "period"),
        _has_wrong_period_interest,
        "De rente past niet bij de periode: maandrente = (1 + jaarrente)^(1/12) - 1.",
    ),
    Check(
        "Rente is meegerekend",
        ("interest",),
        lambda f: f.interest <= 0,
        "Zonder rente telt geld van later even zwaar als geld van nu. Vul een rente boven nul in.",
    ),
    Check(
        "Groei blijft onder de rente",
        ("growth", "interest"),
        lambda f: f.growth > 0 and f.growth >= f.interest,
        "De groei is minstens de rente: toekomstige inkomsten worden overschat. Neem een lagere groei.",
    ),
    Check(
        "Kosten zijn meegerekend",
        ("costs",),
        lambda f: f.costs <= 0,
        "De kosten zijn nul of negatief. Tel kosten van werving, behoud en transacties als positief "
        "bedrag mee.",
    ),
    Check(
        "CLV is minstens 3 keer CAC",
        ("clv", "cac"),
        lambda f: f.cac <= 0 or f.clv < HEALTHY_RATIO * f.cac,
        "De klantwaarde is minder dan 3 keer de wervingskosten (of die zijn nul). Werf goedkoper of "
        "behoud langer.",
    ),
    Check(
        "Horizon past bij de gegevens",
        ("horizon", "history"),
        lambda f: f.horizon > f.history,
        "U kijkt verder vooruit dan uw gegevens terugkijken. Neem een kortere horizon of meer gegevens.",
    ),
    Check(
        "Gegevens zijn actueel",
        ("latest", "today"),
        lambda f: not 0 <= f.today - f.latest <= STALE_DAYS,
        "De laatste gegevens zijn ouder dan een kwartaal of van na de peildatum. Ververs de gegevens.",
    ),
)
CHECK_NAMES = tuple(check.name for check in CHECKS)
ADVICE = ("Geen actie nodig.", "Vul de gegevens hiervoor in.", *(check.advice for check in CHECKS))


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
    numbers. What is None is not checked. One row a check; check, outcome and advice index
    `CHECK_NAMES`, `OUTCOMES` and `ADVICE`.
    Never an error: an impossible number is what a check is for.
    """
    facts = SimpleNamespace(**locals())
    outcomes = np.array([check.outcome(facts) for check in CHECKS])
    checks = np.arange(len(CHECKS))
    advice = np.where(outcomes == WARNING, 2 + checks, np.where(outcomes == FINE, 0, 1))
    return Checklist(checks, outcomes, advice)


@functools.wraps(check_inputs, assigned=())
def count_warnings(*args: Any, **kwargs: Any) -> float:
    """Count the common mistakes in the inputs of a customer value (D35).

    Arguments as `check_inputs`; returns how many of its checks warn, those not checked left out.
    """
    return float(np.count_nonzero(check_inputs(*args, **kwargs).outcome == WARNING))
