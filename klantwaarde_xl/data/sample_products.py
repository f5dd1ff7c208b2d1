"""Example sales per product group of the invented webshop's customers, with what they cost."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np

from klantwaarde_xl.data.sample import Order

SEED = 20260105
_NAMES = ("Verzorging", "Keuken", "Textiel", "Cadeaus", "Cursussen")
_PARTS = (0.34, 0.27, 0.21, 0.12, 0.06)  # of the orders
_COSTS = dict(zip(_NAMES, (0.52, 0.66, 0.58, 0.71, 0.24), strict=True))  # part of the revenue


class Sale(NamedTuple):
    """A line of the list: customer, product group, revenue, costs and day; a refund is below nought."""

    customer: str
    group: str
    revenue: float
    costs: float
    day: dt.date


def sample_products(orders: list[Order], seed: int = SEED) -> list[Sale]:
    """All orders of everybody, each of one group; what comes back is of the group that was bought last."""
    rng = np.random.default_rng(seed)
    last: dict[str, str] = {}
    sales = []
    for order, drawn in zip(orders, rng.choice(_NAMES, size=len(orders), p=_PARTS), strict=True):
        group = last[order.customer] = last[order.customer] if order.amount < 0 else str(drawn)
        costs = round(order.amount * _COSTS[group] * float(rng.uniform(0.95, 1.05)), 2)
        sales.append(Sale(order.customer, group, order.amount, costs, order.day))
    return sales


def products_csv(sales: list[Sale]) -> str:
    """The sales as a list: semicolons, decimal commas."""
    lines = []
    for who, group, *money, day in sales:
        revenue, costs = (f"{one:.2f}".replace(".", ",") for one in money)
        lines.append(f"{day:%d-%m-%Y};{who};{group};{revenue};{costs}")
    return "\n".join(["Datum;Klantnummer;Productgroep;Omzet;Inkoopwaarde", *lines]) + "\n"
