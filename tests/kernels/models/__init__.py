"""Tests of the probability models, and the two data sets they share."""

import importlib.resources
from functools import cache

import numpy as np
import pandas as pd


@cache
def cdnow_sample():
    """x, t_x and T in weeks of the 2,357 customers, calibration to 1997-09-30."""
    source = importlib.resources.files("lifetimes") / "datasets" / "CDNOW_sample.txt"
    lines = [line.split() for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    data = pd.DataFrame({"klant": [row[1] for row in lines], "datum": [row[2] for row in lines]})
    data["datum"] = pd.to_datetime(data["datum"], format="%Y%m%d")
    end = pd.Timestamp("1997-09-30")
    data = data[data["datum"] <= end].drop_duplicates()
    days = data.groupby("klant")["datum"].agg(["count", "min", "max"])
    x = days["count"].to_numpy() - 1.0
    t_x = (days["max"] - days["min"]).dt.days.to_numpy() / 7
    return x, t_x, (end - days["min"]).dt.days.to_numpy() / 7


def simulated(customers, params, model="bgnbd", seed=1, weeks=52.0, step=1.0):
    """x, t_x and T of customers who start evenly over the first half; times in whole steps."""
    rng = np.random.default_rng(seed)
    r, alpha, c, d = params
    rate = rng.gamma(r, 1 / alpha, customers)
    age = weeks - np.floor(rng.uniform(0, weeks / 2, customers) / step) * step
    x, t_x, now = (np.zeros(customers) for _ in range(3))
    if model == "paretonbd":
        stop = rng.exponential(1 / rng.gamma(c, 1 / d, customers))
        chance = np.zeros(customers)
    else:
        stop, chance = np.full(customers, np.inf), rng.beta(c, d, customers)
    alive = rng.uniform(size=customers) > chance if model == "mbgnbd" else np.ones(customers, dtype=bool)
    while alive.any():
        now = now + rng.exponential(1 / rate)
        alive &= (now < age) & (now < stop)
        x[alive] += 1
        t_x[alive] = now[alive]
        alive &= rng.uniform(size=customers) > chance
    return x, np.where(x > 0, np.minimum(np.ceil(t_x / step) * step, age), 0.0), age
