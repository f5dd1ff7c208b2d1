"""Logs of transactions that tests of forecasts share: customers, days and amounts as arrays."""

import importlib.resources
from functools import cache

import numpy as np
import pandas as pd

from klantwaarde_xl.functions.declared.examples import shop as invented

EPOCH = pd.Timestamp("1899-12-30")


def day(date):
    """The day number of a date in a spreadsheet."""
    return float((pd.Timestamp(date) - EPOCH).days)


CUT, END = day("1997-09-30"), day("1998-06-30")


@cache
def sample_frame():
    """The 2,357 customers of CDNOW as Lifetimes ships them: master (text), klant, datum, bedrag."""
    source = importlib.resources.files("lifetimes") / "datasets" / "CDNOW_sample.txt"
    rows = [line.split() for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    return pd.DataFrame(
        {
            "master": [row[0] for row in rows],
            "klant": [int(row[1]) - 1 for row in rows],
            "datum": pd.to_datetime([row[2] for row in rows], format="%Y%m%d"),
            "bedrag": [float(row[4]) for row in rows],
        }
    )


@cache
def cdnow_log():
    """The whole log of those customers, to 1998-06-30."""
    data = sample_frame()
    days = (data["datum"] - EPOCH).dt.days.to_numpy(dtype=float)
    return data["klant"].to_numpy(dtype=np.intp), days, data["bedrag"].to_numpy()


@cache
def shop():
    """The small shop of the examples: codes, days and amounts, two refunds among them."""
    codes = pd.factorize(np.array(invented.CUSTOMERS))[0].astype(np.intp)
    days = np.array([day(date) for date in invented.DATES])
    return codes, days, np.array(invented.AMOUNTS)


SHOP_END = day(invented.END)


def made_log(customers, params, spend, seed, weeks=52):
    """Purchases as the MBG/NBD and Gamma-Gamma say: customers who start in the first half of a time."""
    rng = np.random.default_rng(seed)
    (r, alpha, a, b), (p, q, v) = params, spend
    rows = []
    for code in range(customers):
        rate, stop, scale = rng.gamma(r, 1 / alpha), rng.beta(a, b), rng.gamma(q, 1 / v)
        now, stays = rng.uniform(0, weeks / 2), True
        while stays and now < weeks:
            rows.append((code, np.floor(now * 7), round(rng.gamma(p, 1 / scale), 2)))
            now += rng.exponential(1 / rate)
            stays = rng.uniform() > stop
    codes, days, amounts = (np.array(column) for column in zip(*rows, strict=True))
    return codes.astype(np.intp), days, amounts
