"""Buying behaviour: who comes back, after how long, where they stop, and what they brought by then."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from klantwaarde_xl.data.periods import YEAR
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.cohorts import LEAST, PLURALS, Group, by_month, by_period
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.errors import FunctionError
from klantwaarde_xl.kernels.arrays import Floats

_MONTHS_SHOWN = 24
_LADDER = 10
_AHEAD = 4  # periods that a projection goes on beyond what was seen
_DAYS = 365.25 / YEAR  # of a month
_BOUNDS = (30, 60, 90, 120, 180, 365)
_LOG = """
    select dense_rank() over (order by klant) - 1 as code, date_diff('day', date '1899-12-30', dag) as day
    from tx where bedrag >= 0 and klant is not null and dag <= $as_of order by 1, 2"""


def _log(context: Context) -> tuple[Any, Floats]:
    found = context.transactions.con.execute(_LOG, {"as_of": context.as_of}).fetchnumpy()
    return np.asarray(found["code"], dtype=np.intp), np.asarray(found["day"], dtype=np.float64)


def _ladder(context: Context) -> Made:
    from klantwaarde_xl.kernels.behaviour import Average, purchase_interval, purchase_ladder, repeat_rate

    codes, days = context.once(_log)
    months = context.settings.inactive_months
    wait = round(months * _DAYS)
    figures: dict[str, Any] = dict.fromkeys(one.name for one in LADDER.figures)
    try:
        figures["koop_opnieuw"] = repeat_rate(codes, days, window=wait)
    except FunctionError:
        figures["koop_bericht"] = (
            f"Nog geen eerste aankoop is {months} maanden oud; wie niet terugkomt, is nog niet te tellen. "
            "Of zet op Instellingen 'Klant is verloren na' lager."
        )
    try:
        figures["koop_dagen"] = purchase_interval(codes, days, float(Average.MEDIAN))
    except FunctionError:
        figures["koop_bericht"] = "Nog geen klant kocht op twee dagen: er is nog geen herhaling om te meten."
    try:
        found = purchase_ladder(codes, days, float(wait), float(_LADDER))
    except FunctionError:
        return Made((), figures)
    rows: list[Row] = [
        (f"{int(n)}e", int(made), int(made - again), int(again), dropped)
        for n, made, again, dropped in zip(
            found.number,
            found.customers,
            found.customers - found.stopped,
            found.dropout.tolist(),
            strict=True,
        )
    ]
    worst = max(rows, key=lambda row: row[2])
    figures |= {"koop_afhaken": worst[0], "koop_afhaakdeel": worst[4], "koop_afhakers": worst[2]}
    return Made(rows, figures)


def _intervals(context: Context) -> Made:
    codes, days = context.once(_log)
    gaps = np.diff(days)[codes[1:] == codes[:-1]]
    gaps = gaps[gaps > 0]
    if not gaps.size:
        return Made()
    places = np.searchsorted(_BOUNDS, gaps)
    counts = np.bincount(places, minlength=len(_BOUNDS) + 1)
    begins = (1, *(bound + 1 for bound in _BOUNDS))
    names = [f"{low}–{high}" for low, high in zip(begins, _BOUNDS, strict=False)] + [f"na {_BOUNDS[-1]}"]
    return Made([(name, int(n), float(n / gaps.size)) for name, n in zip(names, counts, strict=True)])


# ── how long they stay, and when they are paid back ─────────────────────────────────────────


def _curve(context: Context) -> Made:
    from klantwaarde_xl.kernels.measures import wilson

    cohorts = context.once(by_period)
    figures: dict[str, Any] = dict.fromkeys(one.name for one in CURVE.figures)
    together = cohorts.together
    if together is None:
        return Made((), figures)
    seen = [age for age in range(1, len(together.old)) if together.old[age] >= min(LEAST, together.size)]
    if not seen:
        figures["curve_bericht"] = f"Nog geen groep is één {cohorts.unit} oud; dan is er nog geen kromme."
        return Made((), figures)
    figures["curve_leeftijden"] = len(seen)
    model = _projected(together, seen)
    if model is None:
        figures["curve_bericht"] = (
            "De contractkromme is niet getekend, want zij past niet: klanten slaan perioden over, "
            "of er is weinig gezien."
        )
    rows: list[Row] = []
    for age in range(1, seen[-1] + 1 + (_AHEAD if model else 0)):
        expected = model[age] if model else None
        if age > seen[-1]:
            rows.append((f"na {age}", *(None,) * 7, expected))
            continue
        share = together.share(age) or 0.0
        low, high = wilson(together.active[age], together.old[age])
        counts = (together.old[age], together.active[age])
        rows.append((f"na {age}", *counts, share, low, high, share - low, high - share, expected))
    return Made(rows, figures)


def _projected(together: Group, seen: list[int]) -> list[float] | None:
    """The curve of contracts by age from 0, where nine in ten of what was seen have it in their limits.

    It begins at age 1: whoever buys once and never again is another story than who leaves after coming back.
    """
    from klantwaarde_xl.kernels.measures import wilson
    from klantwaarde_xl.kernels.models.contract import Model, fit, survival
    from klantwaarde_xl.kernels.models.contractlimits import ONE_CHANCE, limit_of

    base, later = together.active[1], seen[1:]
    if len(later) < 3 or not base or seen != list(range(1, len(seen) + 1)):
        return None
    first = together.share(1) or 0.0
    shares = [(together.share(age) or 0.0) / first for age in seen]
    try:
        # What rises by chance is no one coming back to a contract
        found = fit(np.minimum.accumulate(shares), Model.SBG, base)
    except FunctionError:
        return None
    ahead = np.arange(seen[-1] + _AHEAD, dtype=np.float64)
    if found.converged and {"alpha", "beta"} <= found.params.keys():
        stay = survival(found.params, ahead)
    elif found.converged and limit_of(found) is ONE_CHANCE:  # in each period as large a part leaves
        stay = (1 + found.params["odds"]) ** -ahead
    else:
        return None
    expected = [1.0, *(first * float(one) for one in stay)]
    ends = [wilson(together.active[age], together.old[age]) for age in later]
    within = sum(low <= expected[age] <= high for age, (low, high) in zip(later, ends, strict=True))
    return expected if within >= 0.9 * len(later) else None


def _earned(context: Context) -> Made:
    cohorts = context.once(by_month)
    together = cohorts.together
    if together is None:
        return Made((), {"verloop_maanden": None})
    ages = [age for age in range(len(together.old)) if together.old[age] >= min(LEAST, together.size)]
    ages = ages[: _MONTHS_SHOWN + 1]
    recent = [one for one in cohorts.groups if len(one.old) > YEAR and not one.old[YEAR]]
    earned = together.earned(len(together.old))
    newest = _sum(recent).earned(len(together.old)) if recent and len(recent) < len(cohorts.groups) else []
    rows: list[Row] = [
        (age, together.old[age], earned[age], newest[age] if newest and age < YEAR else None) for age in ages
    ]
    return Made(rows, {"verloop_maanden": len(ages) - 1})


def _sum(groups: list[Group]) -> Group:
    ages, size = range(len(groups[0].old)), sum(one.size for one in groups)
    old = [sum(one.old[age] for one in groups) for age in ages]
    return Group(
        "nieuwste",
        size,
        [n if n >= min(LEAST, size) else 0 for n in old],  # ages of few would jump about
        [sum(one.active[age] for one in groups) for age in ages],
        [math.fsum(one.revenue[age] for one in groups) for age in ages],
    )


LADDER = Result(
    name="koopladder",
    title="Afhaken per aankoop",
    compute=_ladder,
    table="tblKoopladder",
    columns=(
        Column("aankoop", "tekst", "De hoeveelste; orders van één dag zijn er één."),
        Column("klanten", "aantal", "Deden die aankoop, lang genoeg geleden om te weten of zij terugkwamen."),
        Column("stopten", "aantal", "Kochten daarna niet meer."),
        Column("kochten weer", "aantal"),
        Column("afhakers", "procent", "Stopten / klanten."),
    ),
    key=("aankoop",),
    figures=(
        Figure(
            "koop_opnieuw", "Koopt nog eens", "procent", "Binnen de maanden waarna een klant verloren is."
        ),
        Figure("koop_dagen", "Dagen tussen aankopen", "aantal", "De middelste (mediaan)."),
        Figure("koop_afhaken", "Meeste afhakers", "tekst"),
        Figure("koop_afhaakdeel", "Deel dat daar stopt", "procent"),
        Figure("koop_afhakers", "Klanten die daar stopten", "aantal"),
        Figure("koop_bericht", "Melding over koopgedrag", "tekst"),
    ),
    settings=("kw_peildatum", "kw_inactief_na"),
    counted=("aankoop", "aankopen"),
)
INTERVALS = Result(
    name="koopintervallen",
    title="Tijd tussen aankopen",
    compute=_intervals,
    table="tblKoopintervallen",
    columns=(
        Column("dagen", "tekst", "Tussen twee aankopen van één klant."),
        Column("keren", "aantal"),
        Column("deel", "procent", "Van alle keren dat iemand terugkwam."),
    ),
    key=("dagen",),
    settings=("kw_peildatum",),
    counted=("regel", "regels"),
)
CURVE = Result(
    name="retentiecurve",
    title="Retentiekromme",
    compute=_curve,
    table="tblRetentiecurve",
    columns=(
        Column("leeftijd", "tekst", f"In {', '.join(PLURALS.values())}, zoals op Instellingen gekozen."),
        Column("klanten", "aantal", "Zo oud."),
        Column("kochten", "aantal", "Van hen, in die periode."),
        Column("aandeel", "procent"),
        Column("laag", "procent", "95%, Wilson."),
        Column("hoog", "procent", "95%, Wilson."),
        Column("omlaag", "procent", "Voor de grafiek."),
        Column("omhoog", "procent", "Voor de grafiek."),
        Column(
            "contractkromme",
            "procent",
            "De lijn die bij contracten hoort, van wie terugkwam; verder dan gezien is een verwachting.",
        ),
    ),
    key=("leeftijd",),
    figures=(
        Figure("curve_leeftijden", "Leeftijden op de kromme", "aantal"),
        Figure("curve_bericht", "Melding over de kromme", "tekst"),
    ),
    settings=("kw_peildatum", "kw_cohortperiode"),
    counted=("leeftijd", "leeftijden"),
)
EARNED = Result(
    name="waardeverloop",
    title="Omzet per klant sinds de eerste aankoop",
    compute=_earned,
    table="tblWaardeverloop",
    columns=(
        Column("maand", "aantal", "Hele maanden na die van de eerste aankoop."),
        Column("klanten", "aantal", "Zo lang klant."),
        Column("omzet per klant", "euro2", "Opgeteld, retouren eraf."),
        Column("nieuwste", "euro2", "Van wie in de laatste twaalf hele maanden klant werd."),
    ),
    key=("maand",),
    figures=(Figure("verloop_maanden", "Maanden te volgen", "aantal"),),
    settings=("kw_peildatum",),
    counted=("maand", "maanden"),
)
