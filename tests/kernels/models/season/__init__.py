"""Shops with a season that is known, and customers who buy by it."""

import numpy as np

FIRST = 44562.0  # 1 January 2022, a Saturday


def shop(season, *, years=3, customers=1500, params=(0.9, 12.0, 0.8, 4.0), seed=1):
    """Codes and days of purchases by BG/NBD customers in a season's time.

    season: from day numbers to the factor of each day, about 1 on average; customers come evenly in the
    first half of the time.
    """
    r, alpha, a, b = params
    rng = np.random.default_rng(seed)
    size = round(365.25 * years)
    clock = np.cumsum(season(FIRST + np.arange(size))) / 7  # weeks of season time at the end of each day
    codes, days = [], []
    for code in range(customers):
        begun = int(rng.integers(size // 2))
        rate, stop = rng.gamma(r, 1 / alpha), rng.beta(a, b)
        codes.append(code)
        days.append(begun)
        now = clock[begun]
        while True:
            now += rng.exponential(1 / rate)
            day = int(np.searchsorted(clock, now))
            if day >= size:
                break
            codes.append(code)
            days.append(day)
            if rng.random() < stop:
                break
    return np.array(codes, dtype=np.intp), FIRST + np.array(days, dtype=np.float64)


def steady(days):
    """No season."""
    return np.ones(np.size(days))


def winter(days, high=2.4):
    """Busy in November and December."""
    months = (np.datetime64("1899-12-30") + np.floor(days).astype(int)).astype("datetime64[M]").astype(
        int
    ) % 12
    factor = np.where(months >= 10, high, 1.0)
    return factor / (10 + 2 * high) * 12
