"""Example sales per product group of the invented webshop's customers, with what they cost."""

from __future__ import annotations

import numpy as np

from klantwaarde_xl.data.sample import Order

SEED = 20260105
_NAMES = ("Verzorging", "Keuken", "Textiel", "Cadeaus", "Cursussen")
_PARTS = (0.34, 0.27, 0.21, 0.12, 0.06)  # of the orders
_COSTS = dict(zip(_NAMES, (0.52, 0.66, 0.58, 0.71, 0.24), strict=True))  # part of the revenue


def sample_products(orders: list[Order], seed: int = SEED) -> list[tuple[str, str, float, float]]:
    """Customer, product group, revenue and costs: all orders of everybody, each of one group."""
    rng = np.random.default_rng(seed)
    sold: dict[tuple[str, str], float] = {}
    last: dict[str, str] = {}  # what a customer bought last, and may bring back
    for order, drawn in zip(orders, rng.choice(_NAMES, size=len(orders), p=_PARTS), strict=True):
        group = last[order.customer] = last[order.customer] if order.amount < 0 else str(drawn)
        sold[order.customer, group] = sold.get((order.customer, group), 0.0) + order.amount
    return [
        (customer, group, round(amount, 2), round(amount * _COSTS[group] * float(rng.uniform(0.95, 1.05)), 2))
        for (customer, group), amount in sorted(sold.items())
    ]


def products_csv(sales: list[tuple[str, str, float, float]]) -> str:
    """The sales as a list: semicolons, decimal commas."""
    lines = [f"{who};{group};{amount:.2f};{cost:.2f}".replace(".", ",") for who, group, amount, cost in sales]
    return "\n".join(["Klantnummer;Productgroep;Omzet;Inkoopwaarde", *lines]) + "\n"
