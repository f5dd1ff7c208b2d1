"""Example customers with the channel that won them, and what was spent on each channel per month."""

from __future__ import annotations

import datetime as dt

import numpy as np

from klantwaarde_xl.data.sample import LAST_DAY, Order

SEED = 20260103
# channel, its part of the customers, euros for a new customer of it; None for one that costs nothing
CHANNELS = (
    ("Google Ads", 0.34, 21.0), ("Sociale media", 0.22, 27.0), ("Vergelijkingssite", 0.12, 34.0),
    ("Beurs", 0.04, 62.0), ("Nieuwsbrief", 0.10, 6.0), ("Via via", 0.18, None),
)  # fmt: skip
_PRODUCTS = ("Basispakket", "Pluspakket", "Los product")
_REGIONS = ("Noord-Holland", "Zuid-Holland", "Utrecht", "Noord-Brabant", "Gelderland", "Overig")


def sample_customers(orders: list[Order], seed: int = SEED) -> list[tuple[str, str, str, str]]:
    """Customer, channel, first product and region of everybody with an order; the same ones every time."""
    rng = np.random.default_rng(seed)
    names = sorted({one.customer for one in orders})
    channels = rng.choice(
        [name for name, *_ in CHANNELS], size=len(names), p=[part for _, part, _ in CHANNELS]
    )
    products, regions = (rng.choice(words, size=len(names)) for words in (_PRODUCTS, _REGIONS))
    return [(name, *map(str, words)) for name, *words in zip(names, channels, products, regions, strict=True)]  # type: ignore[misc]


def sample_costs(orders: list[Order], seed: int = SEED) -> list[tuple[dt.date, str, float]]:
    """Month, channel and amount for every whole month: about what each new customer of it costs."""
    rng = np.random.default_rng([seed, 1])
    channel = {name: channel for name, channel, *_ in sample_customers(orders, seed)}
    first: dict[str, dt.date] = {}
    for one in orders:
        first[one.customer] = min(one.day, first.get(one.customer, one.day))
    months = sorted({day.replace(day=1) for day in first.values() if day <= LAST_DAY})
    won: dict[tuple[dt.date, str], int] = {}
    for name, day in first.items():
        key = day.replace(day=1), channel[name]
        won[key] = won.get(key, 0) + 1
    return [
        (
            month,
            name,
            round(
                each
                * (0.4 * _usual(won, months, name) + 0.6 * won.get((month, name), 0))
                * float(rng.uniform(0.9, 1.1)),
                2,
            ),
        )
        for month in months
        for name, _, each in CHANNELS
        if each is not None
    ]


def _usual(won: dict[tuple[dt.date, str], int], months: list[dt.date], name: str) -> float:
    """What is spent whatever comes: for the mean number of new customers."""
    return sum(won.get((month, name), 0) for month in months) / len(months)


def customers_csv(customers: list[tuple[str, str, str, str]]) -> str:
    """The customers as a shop exports them."""
    lines = ["Klantnummer;Kanaal;Eerste product;Regio", *(";".join(one) for one in customers)]
    return "\n".join(lines) + "\n"


def costs_csv(costs: list[tuple[dt.date, str, float]]) -> str:
    """The costs as a list: semicolons, decimal commas."""
    lines = [f"{month:%Y-%m};{name};{amount:.2f}".replace(".", ",") for month, name, amount in costs]
    return "\n".join(["Maand;Kanaal;Bedrag", *lines]) + "\n"
