"""Shops that tests simulate: customers who keep coming, with what they buy and spend, days and all."""

import numpy as np


def shop(model, params, spend, rate, days, seed):
    """Codes, days 1 … and amounts of all purchases; rate: new customers a day, or one for each day.

    model: bgnbd, mbgnbd or paretonbd, params in weeks; spend: p, q, v of the Gamma-Gamma. Purchases of a
    customer on one day are one, as in a log.
    """
    rng = np.random.default_rng(seed)
    came = rng.poisson(np.broadcast_to(rate, days))
    start = np.repeat(np.arange(1.0, days + 1), came)
    many = start.size
    bought = rng.gamma(params[0], 1 / params[1], many) / 7
    scale = rng.gamma(spend[1], 1 / spend[2], many)
    if model == "paretonbd":
        ends, stop = start + rng.exponential(7 / rng.gamma(params[2], 1 / params[3], many)), np.zeros(many)
    else:
        ends, stop = np.full(many, np.inf), rng.beta(params[2], params[3], many)
    codes, moments = [np.arange(many)], [start]
    there = np.arange(many)
    now = start.copy()
    if model == "mbgnbd":
        there = there[rng.uniform(size=many) > stop]
    while there.size:
        now[there] += rng.exponential(1 / bought[there])
        there = there[now[there] <= np.minimum(ends[there], days + 0.999)]
        codes.append(there)
        moments.append(now[there])
        there = there[rng.uniform(size=there.size) > stop[there]]
    code, day = np.concatenate(codes), np.floor(np.concatenate(moments))
    _, first = np.unique(np.stack([code, day]), axis=1, return_index=True)
    code, day = code[first], day[first]
    return code, day, rng.gamma(spend[0], 1 / scale[code])
