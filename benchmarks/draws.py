"""What benchmarks/dekking.py draws: whether each interval holds the truth, by figure, for a seed."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels import measures, nps, score_value, waves
from klantwaarde_xl.kernels.measures import Measure
from klantwaarde_xl.kernels.models import contract, gammagamma
from klantwaarde_xl.kernels.models.ahead import realised
from klantwaarde_xl.kernels.models.ahead.customers import between
from klantwaarde_xl.kernels.models.buying.face import Model
from klantwaarde_xl.kernels.models.covariates import contracts as kinds_of_contracts
from klantwaarde_xl.kernels.models.forecast import Fitted, expected_of, terms_of
from klantwaarde_xl.kernels.models.log.purchases import Netted
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.kernels.models.next_purchase import next_purchases
from klantwaarde_xl.kernels.models.plans import Rows, Terms, plan_of
from klantwaarde_xl.kernels.models.season.calendar import MONTHS
from klantwaarde_xl.kernels.models.totals import totals_of
from klantwaarde_xl.kernels.spells import Period
from klantwaarde_xl.kernels.survey import Summary as Asked
from klantwaarde_xl.kernels.survival import kaplan_meier, survivors
from klantwaarde_xl.reports import characteristics, contracts
from tests.kernels.models import simulated
from tests.kernels.models.ahead.test_arrival_season import BUSY, END, EVEN, came, new
from tests.kernels.models.ahead.test_arrival_season import found as arrived
from tests.kernels.models.ahead.test_totals import KINDS, SPEND, hits
from tests.kernels.models.season import shop as seasonal_shop
from tests.kernels.models.season import winter
from tests.kernels.models.season.test_estimate import FLAG, errors, estimated
from tests.kernels.models.shops import shop
from tests.kernels.surveys import SHAPES, drawn, drawn_twice

Held = dict[str, Any]
BUYING = {"bgnbd": Model.BGNBD, "mbgnbd": Model.MBGNBD, "paretonbd": Model.PARETONBD}
PARAMS = {name: KINDS[name][1] for name in BUYING}
NAN = CellError.NA.nan
GROWTHS = (1.0, 1.3, 0.7, 2.0, 0.5)  # times as many new customers each year
SEASONS = {"geen": EVEN, "zacht": 1 + 0.3 * np.cos(np.arange(12) * np.pi / 6), "druk": BUSY}


def holds(lower: Any, truth: Any, upper: Any) -> Any:
    """Whether an interval holds the truth, rounding apart."""
    return (np.asarray(lower) <= truth + 1e-9) & (truth - 1e-9 <= np.asarray(upper))


# ── buying ──────────────────────────────────────────────────────────────────────────────────


def months(kind: str, seed: int) -> Held:
    """Purchases and revenue of present, new and all customers, and the number of new ones."""
    figures = (
        "aankopen huidig",
        "omzet huidig",
        "aankopen nieuw",
        "omzet nieuw",
        "aankopen",
        "omzet",
        "nieuwe klanten",
    )
    table = hits(kind, seed)
    return {
        f"{name}, {span}": table[row, at]
        for row, name in enumerate(figures)
        for at, span in ((0, "eerste maand"), (3, "jaar"))
    }


def young(by: Any, seed: int) -> Held:
    """The new customers of a year, of shops of a year and a half: whether they grow, nobody can know yet.

    by: the busyness of twelve months, which begin in another month with every seed.
    """
    made: Held = {}
    for yearly in GROWTHS:
        for mean in (10.0, 60.0, 300.0):
            days = came(np.roll(by, seed), seed, years=1.5, mean=mean, growth=np.log(yearly))
            made[f"keer {yearly:g}, {mean:.0f} per maand"] = _comes(days)
    return made


def _comes(days: Any) -> Any:
    """Whether as many new customers come in the next year as was said."""
    coming = new(arrived(days))
    low, high = realised.counts(coming.number, coming.number_variance(), 0.95)
    return holds(low[-1], np.count_nonzero(days > END), high[-1])


def _summary(x, t_x, age, spend) -> Summary:
    nothing, report = np.zeros(x.size), Netted(0, 0, 0, 0.0, 0.0, 0, 0, 0)
    return Summary(np.arange(x.size), x, t_x, age, spend, nothing, nothing, nothing, 0.0, report)


def newcomers(yearly: float, seed: int) -> Held:
    """The new customers of a year, of a shop of three years whose number of them grows so each year."""
    made: Held = {}
    for season, by in (("gelijk", EVEN), ("seizoen", BUSY)):
        for mean in (10.0, 60.0):
            days = came(by, seed, mean=mean, growth=np.log(yearly))
            made[f"{season}, {mean:.0f} per maand"] = _comes(days)
    return made


def windows(kind: str, seed: int) -> Held:
    """Purchases and value between two dates, of all customers and of each."""
    rng, params = np.random.default_rng(seed), PARAMS[kind]
    x, t_x, age = simulated(2000, params, kind, seed=seed, step=1e-6)
    scale = rng.gamma(SPEND[1], 1 / SPEND[2], x.size)
    spend = np.where(x > 0, rng.gamma(SPEND[0] * np.maximum(x, 1)) / scale / np.maximum(x, 1), NAN)
    summary = _summary(x, t_x, age, spend)
    functions = BUYING[kind].record.functions
    models = Fitted(functions.fit(x, t_x, age), gammagamma.fit(x[x > 0], spend[x > 0]), 1.0)
    found = between(summary, models, terms_of(model=BUYING[kind]), (30.0, 120.0))
    many = np.subtract(
        *(functions.conditional_expected(params, x, t_x, age, day / 7) for day in (120.0, 30.0))
    )
    worth = many * gammagamma.conditional_mean_spend(SPEND, x, np.nan_to_num(spend))
    return {
        "aankopen samen": holds(found.all_purchases.lower, many.sum(), found.all_purchases.upper),
        "waarde samen": holds(found.all_value.lower, worth.sum(), found.all_value.upper),
        "aankopen per klant": holds(found.purchases_lower, many, found.purchases_upper),
        "waarde per klant": holds(found.value_lower, worth, found.value_upper),
    }


# Rates and stops of customers at and near each limit, and the models that have it
EDGES = {
    "niemand stopt": ((1.5, 12.0), (1e-9, 1.0), [*BUYING]),
    "niemand stopt, één tempo": ((1e7, 1e8), (1e-9, 1.0), [*BUYING]),
    "een op de vijftig stopt": ((1.5, 12.0), (20.0, 980.0), ["bgnbd", "mbgnbd"]),
    "één tempo, wel stoppers": ((1e7, 8e7), (0.8, 2.4), ["bgnbd", "mbgnbd"]),
    "bijna één tempo": ((12.0, 96.0), (0.8, 2.4), ["bgnbd", "mbgnbd"]),
    "één stopkans": ((0.8, 6.0), (2e6, 8e6), ["bgnbd", "mbgnbd"]),
    "bijna één stopkans": ((0.8, 6.0), (6.0, 24.0), ["bgnbd", "mbgnbd"]),
    "één tempo, één stopkans": ((1e7, 8e7), (2e6, 8e6), ["bgnbd", "mbgnbd"]),
    "een op de vijftig stopt, verschillend": ((1.5, 12.0), (0.4, 19.6), ["bgnbd", "mbgnbd"]),
    "één tempo, een op de vijftig stopt, verschillend": ((1e7, 8e7), (0.4, 19.6), ["bgnbd", "mbgnbd"]),
    "één stoptempo": ((0.8, 6.0), (1e7, 3e8), ["paretonbd"]),
    "bijna één stoptempo": ((0.8, 6.0), (8.0, 240.0), ["paretonbd"]),
}


def edge(name: str, kind: str, seed: int) -> Held:
    """All purchases of a year, to be expected, at a limit of the models or near one."""
    rates, stops, _ = EDGES[name]
    params = (*rates, *((1e-9, 1e3) if kind == "paretonbd" and stops[0] < 1e-6 else stops))
    x, t_x, age = simulated(400, params, kind, seed=seed, step=1e-6)
    functions, summary = BUYING[kind].record.functions, _summary(x, t_x, age, np.ones(x.size))
    terms = terms_of(52.0, model=BUYING[kind])
    models = Fitted(functions.fit(x, t_x, age), None, 1.0)
    found = totals_of(summary, models, expected_of(summary, models, terms), terms).purchases
    truth = functions.conditional_expected(params, x, t_x, age, 52.0).sum()
    return {"aankopen": holds(found.lower, truth, found.upper)}


def next_window(kind: str, seed: int) -> Held:
    """The next purchase of who comes back, in the window of 50 %, and how many buy within 30, 60, 90 days."""
    rng, size, params = np.random.default_rng(seed), 2000, PARAMS[kind]
    rate, age = rng.gamma(params[0], 1 / params[1], size), rng.uniform(26, 52, size)
    lives, stop = np.full(size, np.inf), np.zeros(size)
    if kind == "paretonbd":
        lives = rng.exponential(1 / rng.gamma(params[2], 1 / params[3], size))
    else:
        stop = rng.beta(params[2], params[3], size)
    x, t_x, now = np.zeros((3, size))
    follows = np.full(size, np.inf)
    there = rng.uniform(size=size) > stop if kind == "mbgnbd" else np.ones(size, dtype=bool)
    while there.any():
        now = now + rng.exponential(1 / rate)
        there &= now < lives
        after = there & (now > age)
        follows[after] = now[after]
        there &= now <= age
        x[there] += 1
        t_x[there] = now[there]
        there &= rng.uniform(size=size) > stop
    summary = _summary(x, t_x, age, np.ones(size))
    found = next_purchases(BUYING[kind].record.functions.fit(x, t_x, age), summary, 7.0)
    day, back = 7 * (follows - age), np.isfinite(follows) & np.isfinite(found.late)
    inside = (found.early - 1 <= day) & (day <= found.late)
    said, came = found.within.sum(axis=1), np.array([(day <= time).sum() for time in (30, 60, 90)])
    error = 1.96 * np.sqrt((found.within * (1 - found.within)).sum(axis=1))
    return {"venster van 50 %": inside[back]} | {
        f"binnen {time} dagen": holds(all_ - wide, true, all_ + wide)
        for time, all_, true, wide in zip((30, 60, 90), said, came, error, strict=True)
    }


def kinds(kind: str, seed: int) -> Held:
    """KENMERKEFFECT: factors on buying and stopping, and the value of each kind of customer."""
    faster, sooner = 1.6, 0.5
    r, alpha, c, d = PARAMS[kind]
    alpha *= 3  # slowly: two purchases of one day would be one here, and two in the truth
    params = r, alpha, c, d
    other = (r, alpha / faster, c, d / sooner) if kind == "paretonbd" else (r, alpha / faster, c * sooner, d)
    logs = [shop(kind, one, SPEND, 2.0, 547, 2 * seed + at) for at, one in enumerate((params, other))]
    code = np.concatenate([logs[0][0], logs[1][0] + logs[0][0].max() + 1])
    day, amount = (np.concatenate([one[at] for one in logs]) for at in (1, 2))
    which = np.repeat([0, 1], [one[0].size for one in logs])
    found = characteristics.of_names(code, day, which, amount, model=float(BUYING[kind]))
    mean, functions = SPEND[0] * SPEND[2] / (SPEND[1] - 1), BUYING[kind].record.functions
    turned = int(found.kind[0]) == 1  # the measure is what most are
    factors = np.array([faster, sooner]) ** (-1 if turned else 1)
    held = {
        "factor kopen": holds(found.buying_lower[1], factors[0], found.buying_upper[1]),
        "factor stoppen": holds(found.stopping_lower[1], factors[1], found.stopping_upper[1]),
    }
    for row, code_ in enumerate(found.kind.astype(int)):
        truth = mean * float(functions.expected((params, other)[code_], 52.0))
        held[f"waarde soort {code_}"] = holds(found.value_lower[row], truth, found.value_upper[row])
    return held


def season(seed: int) -> Held:
    """The factors of months, and of busy days."""
    codes, days = seasonal_shop(winter, customers=500, seed=seed)
    one, _ = estimated(codes, days, FLAG)
    two, _ = estimated(codes, days, MONTHS)
    asked = days.min() + 2 * 365 + np.array([15.0, 105, 196, 288, 319, 349])
    held = {}
    for name, found, at in (("drukke dagen", one, asked[-1:]), ("maanden", two, asked)):
        off = np.abs(np.log(found.season.factor(at)) - np.log(winter(at)))
        held[name] = off <= 1.96 * errors(found.season, at)
    return held


# ── contracts ───────────────────────────────────────────────────────────────────────────────


def retention(model: int, truth: tuple[float, float], size: int, seed: int) -> Held:
    """The shares that stay until 8 and 20 periods, from eight periods of one cohort."""
    rng = np.random.default_rng(seed)
    left = rng.geometric(np.maximum(rng.beta(*truth, size), 1e-12))
    series = np.array([[np.count_nonzero(left > t) for t in range(9)]], dtype=float)
    ahead = contracts.forecast(series, 12, model=model)
    return {
        f"na {t}": holds(ahead.lower[t], contract.survival(truth, t), ahead.upper[t]) for t in (8, 12, 20)
    }


def curve(size: int, seed: int) -> Held:
    """Kaplan and Meier's shares after 6, 12 and 24 months."""
    rng, at = np.random.default_rng(seed), np.array([6, 12, 24])
    seen, lasts = rng.integers(24, 37, size), rng.geometric(rng.beta(1.2, 8.0, size))
    found = kaplan_meier(seen, np.where(lasts <= seen, lasts, 0))
    held = holds(found.lower[at], contract.survival((1.2, 8.0), at), found.upper[at])
    return {f"na {t}": one for t, one in zip(at, held, strict=True)}


def plan(size: int, seed: int) -> Held:
    """What a new contract is worth over 24 periods."""
    rng, day = np.random.default_rng(seed), 45000.0
    truth = 20 * np.sum(contract.survival((1.2, 8.0), np.arange(24)) / 1.005 ** np.arange(24))
    seen, lasts = rng.integers(6, 37, size), rng.geometric(rng.beta(1.2, 8.0, size))
    start = day - 7 * seen
    end = np.where(lasts <= seen, start + 7 * lasts, np.nan)
    prices = 20 * rng.lognormal(-0.045, 0.3, size)
    found = plan_of(0, Rows(start, end, np.zeros(size), prices), day, Terms(0.005, 24), Period.WEEK)
    return {"waarde": holds(found.value_lower, truth, found.value_upper)}


def leavers(seed: int) -> Held:
    """CONTRACTKENMERK: the factor on leaving of one kind."""
    rng = np.random.default_rng(seed)
    kind, followed = rng.integers(2, size=600), rng.integers(2, 9, size=600)
    leaves = rng.geometric(np.clip(rng.beta(0.9 * np.array([1.0, 0.4])[kind], 2.5), 1e-12, 1))
    left = np.where(leaves <= followed, leaves, 0)
    plain = contract.fit(survivors(followed, left))
    column = (kind == 1)[:, None] * 1.0
    fit = kinds_of_contracts.estimate(plain, followed.astype(float), left.astype(float), column)
    found = kinds_of_contracts.effects_of(fit, np.array([[0.0], [1.0]]), np.zeros(1), 0.95)
    return {"factor": holds(found.lower[1], 0.4, found.upper[1])}


# ── surveys ─────────────────────────────────────────────────────────────────────────────────

SCALE = np.arange(1.0, 6.0)
OF_TEN = {"tevreden": (0.1, 0.2, 0.7), "verdeeld": (0.35, 0.25, 0.4), "bijna allen": (0.0, 0.05, 0.95)}


def one_wave(size: int, seed: int) -> Held:
    """NPS of three shapes; CSAT by share and mean of five."""
    rng, held = np.random.default_rng(seed), {}
    for name, shares in OF_TEN.items():
        found = nps.nps_interval(rng.choice([3.0, 8.0, 10.0], size, p=shares))
        held[f"NPS {name}"] = holds(found.low[0], 100 * (shares[2] - shares[0]), found.high[0])
    for at, shape in enumerate(SHAPES):
        answers = drawn(shape, size, 1, 10_000 * at + seed)[0]
        for measure in (Measure.CSAT, Measure.MEAN):
            truth = float(measures.scored(SCALE, measure).values @ shape)
            scored = measures.scored(answers, measure)
            found = measures.estimate(scored, measures.summed(scored.values))
            held[f"{measure.name} {at}"] = holds(found.low, truth, found.high)
    return held


def two_waves(size: int, seed: int) -> Held:
    """The difference of two waves, of other customers and of the same ones, and the trend of four."""
    held = {}
    for at, (before, after) in enumerate(zip(SHAPES, (*SHAPES[1:], SHAPES[0]), strict=True)):
        first, second = (
            drawn(one, size, 1, 10_000 * k + 7 * seed + at)[0] for k, one in enumerate((before, after))
        )
        for summary, weight in ((Asked.MEAN, SCALE), (Asked.SHARE, (SCALE > 3) * 1.0)):
            found = waves.csat_change(first, second, summary=summary)
            truth = float(weight @ after) - float(weight @ before)
            held[f"{summary.name} {at}"] = holds(found.low[0], truth, found.high[0])
        for together in (0.0, 0.6):
            pair = drawn_twice(before, together, size, 1, 10_000 * at + seed)
            found = waves.paired_change(pair[0][0], pair[1][0], Measure.MEAN)
            held[f"gepaard {together} {at}"] = holds(found.low[0], 0.0, found.high[0])
    steps = [np.array(SHAPES[1]) * (1 - k / 4) + np.array(SHAPES[3]) * k / 4 for k in range(4)]
    answers = np.concatenate(
        [drawn(one / one.sum(), size, 1, 100 * seed + k)[0] for k, one in enumerate(steps)]
    )
    found = waves.survey_trend(np.repeat(np.arange(4), size), answers, Measure.MEAN)
    held["trend"] = holds(found.low[0], float(SCALE @ (steps[1] - steps[0])), found.high[0])
    return held


def promoters(ours: int, theirs: int, seed: int) -> Held:
    """The chance that a promoter is worth more than a detractor."""
    rng = np.random.default_rng(seed)
    scores = np.repeat([10.0, 2.0], [ours, theirs])
    amounts = np.append(2 * rng.lognormal(4, 1, ours), rng.lognormal(4, 0.7, theirs))
    found = score_value.score_difference(scores, amounts)
    from scipy.stats import norm

    return {"kans op meer": holds(found.low[0], norm.cdf(np.log(2) / np.hypot(1, 0.7)), found.high[0])}


DRAWS = {
    **{("OMZETPERMAAND, NIEUWEKLANTEN", kind): partial(months, kind) for kind in KINDS},
    **{
        ("nieuwe klanten in een jaar", f"keer {yearly:g} per jaar"): partial(newcomers, yearly)
        for yearly in GROWTHS
    },
    **{
        ("nieuwe klanten in een jaar, anderhalf jaar bekend", f"seizoen: {name}"): partial(young, by)
        for name, by in SEASONS.items()
    },
    **{("AANKOPENTUSSEN", kind): partial(windows, kind) for kind in BUYING},
    **{
        (f"PROGNOSETOTAAL bij een grens, {kind}", name): partial(edge, name, kind)
        for name, (*_, kinds_) in EDGES.items()
        for kind in kinds_
    },
    **{("VOLGENDEAANKOOP", kind): partial(next_window, kind) for kind in BUYING},
    **{("KENMERKEFFECT", kind): partial(kinds, kind) for kind in BUYING},
    ("SEIZOEN", "500 klanten, drie jaar"): season,
    **{
        (f"CONTRACTPROGNOSE {('sBG', 'BdW')[model]}", words): partial(retention, model, truth, size)
        for model in (0, 1)
        for words, truth, size in (
            ("2000 contracten die verschillen", (1.0, 3.0), 2000),
            ("200 contracten die verschillen", (1.0, 3.0), 200),
            ("300 contracten die bijna gelijk zijn", (20.0, 180.0), 300),
            ("300 contracten met één retentie", (1e6, 9e6), 300),
            ("100 contracten, bijna niemand vertrekt", (1e5, 399e5), 100),
            ("30 contracten, niemand of een enkele vertrekt", (1e4, 199e4), 30),
        )
    },
    **{("Kaplan-Meier", f"{size} contracten"): partial(curve, size) for size in (40, 400)},
    **{("CONTRACTWAARDE per plan", f"{size} contracten"): partial(plan, size) for size in (60, 300)},
    ("CONTRACTKENMERK", "600 contracten, twee soorten"): leavers,
    **{("enquête, één meting", f"{size} antwoorden"): partial(one_wave, size) for size in (12, 30, 100)},
    **{("enquête, metingen", f"{size} antwoorden"): partial(two_waves, size) for size in (12, 30, 100)},
    **{
        ("promotors naast criticasters", f"{ours} en {theirs} klanten"): partial(promoters, ours, theirs)
        for ours, theirs in ((8, 8), (30, 12), (60, 60))
    },
}
