"""Example campaigns: which of them won whom, what of the costs went to each, and a budget to spread.

They part the customers and costs of `sample_channels`, so that its channels stay as they are.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.data.periods import YEAR
from klantwaarde_xl.data.sample import Order
from klantwaarde_xl.data.sample_channels import SEED

Cost = tuple[dt.date, str, float]
_TENS = 10


class _Campaign(NamedTuple):
    """A campaign of each year: its months, its parts of customers and costs, and people reached per euro."""

    name: str
    channel: str
    months: tuple[int, ...]
    won: float
    spent: float
    reach: float


_ALWAYS = tuple(range(1, YEAR + 1))
CAMPAIGNS = (
    _Campaign("Merknaam", "Google Ads", _ALWAYS, 0.40, 0.22, 12),
    _Campaign("Black Friday {}", "Google Ads", (11,), 0.35, 0.40, 30),
    _Campaign("Zomerkorting {}", "Google Ads", (6, 7, 8), 0.30, 0.38, 25),
    _Campaign("Voorjaar {}", "Sociale media", (3, 4), 0.50, 0.35, 60),
    _Campaign("Influencers {}", "Sociale media", (5, 6, 7, 8, 9, 10), 0.20, 0.85, 80),
    _Campaign("Winactie {}", "Sociale media", (10,), 0.08, 0.15, 100),
    _Campaign("Huishoudbeurs {}", "Beurs", (2, 3), 0.70, 0.80, 3),
)


def _running(channel: str, month: dt.date) -> list[tuple[str, _Campaign]]:
    """The campaigns of a channel in a month, with the name that they have in its year."""
    there = [one for one in CAMPAIGNS if one.channel == channel and month.month in one.months]
    return [(one.name.format(month.year), one) for one in there]


def campaigns_of_customers(
    customers: list[tuple[str, str, str, str]], orders: list[Order], seed: int = SEED
) -> list[tuple[str, str, str, str, str]]:
    """The customers, each with the campaign that won him, or with an empty text."""
    rng = np.random.default_rng([seed, 2])
    first: dict[str, dt.date] = {}
    for one in orders:
        first[one.customer] = min(one.day, first.get(one.customer, one.day))
    found = []
    for customer in customers:
        draw, name = float(rng.uniform()), ""
        for called, campaign in _running(customer[1], first[customer[0]]):
            if 0 <= draw < campaign.won:
                name = called
            draw -= campaign.won
        found.append((*customer, name))
    return found


def campaigns_of_costs(costs: list[Cost]) -> list[tuple[dt.date, str, float, str, int | None]]:
    """The costs with what of each row went to which campaign and how many people that reached."""
    found: list[tuple[dt.date, str, float, str, int | None]] = []
    for month, channel, amount in costs:
        left = amount
        for name, campaign in _running(channel, month):
            part = round(amount * campaign.spent, 2)
            found.append((month, channel, part, name, round(part * campaign.reach)))
            left -= part
        found.append((month, channel, round(left, 2), "", None))
    return found


def sample_budget(costs: list[Cost]) -> list[tuple[str, int, int]]:
    """Each channel with costs: the least and the most that it may get a month, around what it gets now."""
    last = sorted({month for month, *_ in costs})[-YEAR:]
    mean: dict[str, float] = {}
    for month, channel, amount in costs:
        if month in last:
            mean[channel] = mean.get(channel, 0.0) + amount / len(last)
    return [(name, _tens(0.5 * each), _tens(1.5 * each)) for name, each in mean.items()]


def _tens(amount: float) -> int:
    return round(amount / _TENS) * _TENS


def customers_csv(customers: list[tuple[str, str, str, str, str]]) -> str:
    """The customers as a shop exports them."""
    lines = ["Klantnummer;Kanaal;Eerste product;Regio;utm_campaign", *(";".join(one) for one in customers)]
    return "\n".join(lines) + "\n"


def costs_csv(costs: list[tuple[dt.date, str, float, str, int | None]]) -> str:
    """The costs as a list: semicolons, decimal commas."""
    lines = []
    for month, name, amount, campaign, reach in costs:
        money = f"{amount:.2f}".replace(".", ",")
        lines.append(f"{month:%Y-%m};{name};{money};{campaign};{'' if reach is None else reach}")
    return "\n".join(["Maand;Kanaal;Bedrag;Campagne;Bereik", *lines]) + "\n"


def budget_csv(budget: list[tuple[str, int, int]]) -> str:
    """The budget as a list: what a channel gets now is what it cost."""
    lines = [f"{name};;{least};{most}" for name, least, most in budget]
    return "\n".join(["Kanaal;Nu;Vloer;Plafond", *lines]) + "\n"
