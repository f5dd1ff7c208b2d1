"""Example transactions of a Dutch webshop, drawn from a stated model with a fixed seed.

The model (buy till you die, with spend):
* customers arrive day by day, a little more every month, most in November and December;
* a customer buys again after an exponential waiting time; rates differ between customers as a
  gamma distribution (shape 0.9, mean one order in 100 days), faster in the season;
* after every order a customer leaves for good with a chance that differs between customers as a
  beta distribution (1.1, 3.2);
* order amounts are gamma around a customer's own level, which is gamma between customers;
* one order in twenty-five is sent back, within three weeks, for a part of its amount.

After the last whole month a month runs, so that examples show what an unfinished one looks like. It is
drawn from a stream of its own: the rows before it stay as they are, whatever is done to it.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np

SEED = 20260101
FIRST_DAY = dt.date(2023, 11, 1)
LAST_DAY = dt.date(2026, 10, 31)  # of the last whole month
RUNS_TO = dt.date(2026, 11, 26)  # and so far the next one has come
CUSTOMERS = 3200

# Orders relative to an average month, January to December
SEASON = (0.88, 0.82, 0.93, 0.97, 1.02, 0.95, 0.86, 0.88, 0.98, 1.05, 1.34, 1.42)

# So far the running month is like the one before: November's peak comes with its last weekend
SO_FAR = SEASON[LAST_DAY.month - 1]


class Order(NamedTuple):
    """One row of the export: an order, or a refund when the amount is negative."""

    customer: str
    day: dt.date
    amount: float


class _Shopper(NamedTuple):
    """A customer at the end of the last whole month."""

    name: str
    rate: float
    leave: float
    level: float
    stays: bool


def sample_orders(customers: int = CUSTOMERS, seed: int = SEED, *, running: bool = True) -> list[Order]:
    """Draw the orders of a number of customers, in order of day; the same ones every time.

    customers: until `LAST_DAY`; running: with the month that runs until `RUNS_TO`, which brings new ones.
    """
    rng = np.random.default_rng(seed)
    days = (LAST_DAY - FIRST_DAY).days + 1
    season = np.array([SEASON[(FIRST_DAY + dt.timedelta(days=i)).month - 1] for i in range(days)])
    arrival = season * np.linspace(0.7, 1.5, days)
    first = np.sort(rng.choice(days, size=customers, p=arrival / arrival.sum()))
    rate = rng.gamma(0.9, 1 / 90.0, customers)
    leave = rng.beta(1.1, 3.2, customers)
    level = rng.gamma(6.0, 9.0, customers)
    orders: list[Order] = []
    shoppers: list[_Shopper] = []
    for number in range(customers):
        name = f"K{number + 10001}"
        bought, stays = _purchases(rng, int(first[number]), rate[number], leave[number], season)
        shoppers.append(_Shopper(name, rate[number], leave[number], level[number], stays))
        for day in bought:
            amount = round(float(rng.gamma(4.0, level[number] / 4.0)) + 4.95, 2)
            orders.append(Order(name, FIRST_DAY + dt.timedelta(days=day), amount))
            back = day + int(rng.integers(3, 22))
            if rng.random() < 0.04 and back < days:
                part = round(-amount * float(rng.choice([1.0, 0.5, 0.4])), 2)
                orders.append(Order(name, FIRST_DAY + dt.timedelta(days=back), part))
    whole = sorted(orders, key=_place)
    daily = customers * arrival[-1] / season[-1] * SO_FAR / arrival.sum()
    return whole + (_running(shoppers, daily, seed) if running else [])


def _place(order: Order) -> tuple[dt.date, str, float]:
    return order.day, order.customer, -order.amount


def _purchases(
    rng: np.random.Generator, first: int, rate: float, leave: float, season: np.ndarray
) -> tuple[list[int], bool]:
    """Days on which one customer orders, from the first order on, and whether it still is one at the end."""
    days = [first]
    while rng.random() > leave:
        # A waiting time in seasonal days: a busy month passes faster
        waited, day = rng.exponential(1 / rate), days[-1]
        while waited > 0 and day < len(season) - 1:
            day += 1
            waited -= season[day]
        if waited > 0:
            return days, True
        days.append(day)
    return days, False


def _running(shoppers: list[_Shopper], daily: float, seed: int) -> list[Order]:
    """The orders after `LAST_DAY`: of who still is a customer, and of daily new ones.

    Waiting times have no memory, so a customer's wait begins anew with the month.
    """
    rng = np.random.default_rng([seed, 1])
    length = (RUNS_TO - LAST_DAY).days
    season = np.full(length + 1, SO_FAR)
    orders: list[Order] = []

    def order(shopper: _Shopper, day: int) -> None:
        amount = round(float(rng.gamma(4.0, shopper.level / 4.0)) + 4.95, 2)
        orders.append(Order(shopper.name, LAST_DAY + dt.timedelta(days=day), amount))
        back = day + int(rng.integers(3, 22))
        if rng.random() < 0.04 and back <= length:
            orders.append(Order(shopper.name, LAST_DAY + dt.timedelta(days=back), -amount))

    for shopper in (shopper for shopper in shoppers if shopper.stays):
        waits = rng.exponential(1 / shopper.rate) / season[0]
        if 1 + waits <= length:
            for day in _purchases(rng, 1 + int(waits), shopper.rate, shopper.leave, season)[0]:
                order(shopper, day)
    for day in np.sort(rng.integers(1, length + 1, rng.poisson(daily * length))):
        number = len(shoppers) + 10001
        new = _Shopper(f"K{number}", rng.gamma(0.9, 1 / 90.0), rng.beta(1.1, 3.2), rng.gamma(6.0, 9.0), True)
        shoppers.append(new)
        for at in _purchases(rng, int(day), new.rate, new.leave, season)[0]:
            order(new, at)
    return sorted(orders, key=_place)


def sample_csv(orders: list[Order]) -> str:
    """The orders as a Dutch webshop exports them: semicolons, comma decimals, day first."""
    lines = ["Klantnummer;Orderdatum;Bedrag"]
    lines += [f"{o.customer};{o.day:%d-%m-%Y};{o.amount:.2f}".replace(".", ",") for o in orders]
    return "\n".join(lines) + "\n"
