"""What a retention series says, as tables: the fit, which model, and who will still be there.

A block is a row a cohort and a column a period from its start, blank (NaN) where it is not known
yet; one row or one column is one cohort.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, NotAvailable, OutOfRange
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import contract, contractlikely
from klantwaarde_xl.kernels.models.contract import Model
from klantwaarde_xl.kernels.models.contractlimits import (
    NOBODY_LEAVES,
    NOW_OR_NEVER,
    ONE_CHANCE,
    ONE_MOVING,
    Values,
    limit_of,
    most_leaving,
    values_in,
)
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.estimate.ratio_test import criteria, likelihood_ratio
from klantwaarde_xl.kernels.models.estimate.search import Fit
from klantwaarde_xl.kernels.models.numeric.survival import log_survival
from klantwaarde_xl.refusals import contracts as refused
from klantwaarde_xl.reports.fit_table import FitTable
from klantwaarde_xl.wording import fits as words

NUM, NA = CellError.NUM.nan, CellError.NA.nan
MODELS = (Model.SBG, Model.BDW)  # by code
MOST_PERIODS = 1200  # ahead: a century of months
LONGEST_HALF = 2.0**40
CLEARLY = 2.0  # of the AIC, by which the richer model must win at an edge
SURE = 1e-9  # of a log of a share: nobody leaves then
HALF = float(np.log(0.5)) + 1e-7  # where half are left to the digits that a search finds, half have left

NOTES = {
    "alpha": "laag: wie lang blijft vertrekt bijna niet meer",
    "beta": "hoog tegenover alpha: weinig vertrek in het begin",
    "c": "boven 1 stijgt de vertrekkans van een klant met de tijd, onder 1 daalt hij; 1 is de sBG",
}
SHARE_NOTES = "deel van de nieuwe klanten: alpha / (alpha + beta)", "deel van wie er dan nog is dat blijft"
HALF_NOTE = "perioden, de eerste waarna hoogstens de helft er nog is"
ENDLESS = "oneindig: alpha (maal c) is hoogstens 1; reken met rente of een eindig aantal perioden"
NO_END = "oneindig: wie dan nog blijft, vertrekt in dit model nooit; reken met een eindig aantal perioden"
MAYBE_ENDLESS = "geen interval: de gegevens sluiten een oneindige levensduur niet uit"

_Row = tuple[str, float, float, float, float, str]


class Choice(NamedTuple):
    """One row a model, the simple one first; the test stands with the rich one."""

    model: npt.NDArray[np.str_]
    parameters: Floats
    loglik: Floats
    aic: Floats
    bic: Floats
    statistic: Floats
    p_value: Floats
    verdict: npt.NDArray[np.str_]


class Forecast(NamedTuple):
    """One row a period from the start; measured is #N/A in the future, retention at the start."""

    period: Floats
    measured: Floats  # share of the start, of those at risk in all cohorts
    survival: Floats
    lower: Floats
    upper: Floats
    retention: Floats
    customers: Floats  # measured, and of who is left the expectation


def fitted(survivors: Floats, model: float, customers: Floats | None = None) -> Fit:
    """Fit the model with that code to a block, once for the same numbers; errors as `contract.fit`."""
    if model not in range(len(MODELS)):
        raise refused.NO_SUCH_MODEL()
    kind = MODELS[int(model)]

    def estimate(block: Floats, sizes: Floats) -> Fit:
        return contract.fit(block, kind, sizes if sizes.size else None)

    sizes = np.zeros(0) if customers is None else customers
    return remembered(f"contract {kind}", (_rows(survivors), sizes), estimate)


def fit_table(
    survivors: Floats, model: float = 0, customers: Floats | None = None, confidence: float = 0.95
) -> FitTable:
    """Return the fit of a block as a table, with what follows from it for a new customer.

    survivors: a block; model: 0 sBG, 1 BdW; customers: at the start of each cohort, when the block
    holds shares or percentages; confidence: of the intervals, 0…1, by the delta method: on the
    logarithm, and for a share on log(−log share). A fit that did not converge has #NUM! for every
    figure and says why. An impossible series raises `OutOfRange`.
    """
    fit = fitted(survivors, model, customers)
    block = _rows(survivors)
    rows: list[_Row] = []
    names = contract.NAMES[MODELS[int(model)]]
    for figure, label, note in words.lines(fit, NOTES, (), confidence, "klanten", names):
        rows.append((label, *figure[1:], _counting(block, customers, fit.n) if figure.name == "n" else note))
    age = max((one.size - 1 for one in contract.cohorts_of(block, customers)), default=0)
    shares = _shares(fit, max(age, 0), confidence, contract.cohorts_of(block, customers))
    at = len(names)
    rows[at:at] = [*shares, _lifetime(fit, confidence), _half(fit)]
    labels, *figures, notes = zip(*rows, strict=True)
    return FitTable._make([np.array(labels), *(np.array(one) for one in figures), np.array(notes)])


def model_choice(survivors: Floats, customers: Floats | None = None, confidence: float = 0.95) -> Choice:
    """Compare the sBG with the BdW, which is the sBG at c = 1: likelihood-ratio test, AIC and BIC.

    survivors, customers, errors: as `fit_table`; confidence: 0…1, the BdW is chosen with a p-value
    below 1 − confidence. Source: Fader et al. 2018.
    """
    intervals.quantile(confidence)
    fits = [fitted(survivors, code, customers) for code in range(len(MODELS))]
    simple, rich = fits
    statistic = p_value = NA
    is_better = False
    if limit_of(simple) or limit_of(rich):  # at an edge the test does not hold
        is_better = bool(rich.converged and criteria(rich)[0] < criteria(simple)[0] - CLEARLY)
    elif simple.converged and rich.converged:
        test = likelihood_ratio(simple, rich)
        statistic, p_value = test.statistic, test.p_value
        is_better = p_value < 1 - confidence
    counting = _counting(_rows(survivors), customers, simple.n)
    verdicts = _verdicts(simple, rich, is_better)
    aic, bic = np.array([criteria(fit) for fit in fits]).T
    return Choice(
        np.array([*MODELS]),
        np.array([float(len(fit.params)) for fit in fits]),
        np.array([fit.loglik for fit in fits]),
        aic,
        bic,
        np.array([NA, statistic]),
        np.array([NA, p_value]),
        np.array([f"{one}; {counting}" if counting else one for one in verdicts]),
    )


def forecast(
    survivors: Floats,
    periods: float,
    model: float = 0,
    customers: Floats | None = None,
    confidence: float = 0.95,
) -> Forecast:
    """Project a block: one row a period, from the start of a cohort to so many after the last known.

    periods: whole, 1…`MOST_PERIODS`; the rest as `fit_table`. measured pools the cohorts: in each
    period the share that stayed of those at risk, multiplied (Kaplan & Meier 1958). lower and upper
    hold the uncertainty of the estimate on log(−log S). customers goes on from who is left. A fit
    that did not converge is `NotAvailable`. Source: Fader & Hardie 2007.
    """
    if not (1 <= periods <= MOST_PERIODS and periods % 1 == 0):
        raise OutOfRange(f"Het aantal perioden is geen heel getal van 1 tot {MOST_PERIODS}.")
    fit = fitted(survivors, model, customers)
    if not fit.converged:
        raise NotAvailable(f"Het model is niet te schatten: {fit.message}")
    cohorts = contract.cohorts_of(_rows(survivors), customers)
    known = _pooled(cohorts)
    t = np.arange(known.size + periods)
    log_s = log_survival(values_in(fit, np.array([*fit.params.values()])), t)
    lower, upper = _ends(fit, t[1:], cohorts, confidence)
    if model == MODELS.index(Model.BDW) and limit_of(fit) not in (NOBODY_LEAVES, NOW_OR_NEVER):
        outcomes = contract.outcomes(cohorts)
        lower, upper = contractlikely.ends(*outcomes, fit.loglik, t[1:], confidence) or (lower, upper)
    return Forecast(
        period=t,
        measured=np.append(known, np.full(int(periods), NA)),
        survival=np.exp(log_s),
        lower=np.append(1.0, lower),
        upper=np.append(1.0, upper),
        retention=np.append(NA, np.exp(np.diff(log_s))),
        customers=np.sum([_left(one, log_s) for one in cohorts if one.size], axis=0),
    )


# ── parts ───────────────────────────────────────────────────────────────────────────────────────


def _rows(survivors: Floats) -> Floats:
    """A row a cohort, without rows that are wholly blank."""
    block = survivors.T if survivors.shape[1] == 1 else survivors
    return np.ascontiguousarray(block[~np.all(np.isnan(block), axis=1)])


def _counting(block: Floats, customers: Floats | None, n: int) -> str:
    """Say in Dutch that shares were taken for numbers of customers; nothing if they were not."""
    if customers is not None or not np.any(block % 1 > 0):
        return ""
    return f"dit zijn geen hele klanten: geef bij percentages ook klanten, nu telt de reeks als {n} klanten"


def _interval(
    fit: Fit, log_share: Callable[[Values], Floats], confidence: float
) -> tuple[Floats, Floats, Floats]:
    """Standard error, lower and upper of shares in 0…1, by the delta method on log(−log share)."""
    point = np.array([*fit.params.values()])
    log_value = log_share(values_in(fit, point))
    with np.errstate(divide="ignore", invalid="ignore"):
        error = intervals.log_error([fit], lambda point: np.log(-log_share(values_in(fit, point))))
    error = np.where(np.abs(log_value) < SURE, 0.0, error)  # all stay
    least, most = intervals.around(-log_value, error, confidence)
    return np.exp(log_value) * -log_value * error, np.exp(-most), np.exp(-least)


def _shares(fit: Fit, age: int, confidence: float, cohorts: list[Floats]) -> list[_Row]:
    """Who leaves in the first period, and who stays in the next one."""
    labels = "vertrek in de eerste periode", f"retentie in periode {age + 1}"
    if not fit.converged:
        return [(label, NUM, NUM, NUM, NUM, note) for label, note in zip(labels, SHARE_NOTES, strict=True)]
    limit = limit_of(fit)
    if limit in (NOBODY_LEAVES, NOW_OR_NEVER):
        most = _most_leaving(cohorts, int(limit is NOW_OR_NEVER), confidence)
        stays: _Row = (labels[1], 1.0, NA, 1 - most, 1.0, SHARE_NOTES[1])
        if limit is NOBODY_LEAVES:
            return [(labels[0], 0.0, NA, 0.0, most, SHARE_NOTES[0]), stays]

    def log_retention(values: tuple[float, float, float]) -> Floats:
        return log_survival(values, [1, age + 1]) - log_survival(values, [0, age])

    first, later = np.exp(log_retention(values_in(fit, np.array([*fit.params.values()]))))
    error, lower, upper = _interval(fit, log_retention, confidence)
    leaves: _Row = (labels[0], 1 - first, error[0], 1 - upper[0], 1 - lower[0], SHARE_NOTES[0])
    if limit is NOW_OR_NEVER:
        return [leaves, stays]
    return [
        leaves,
        (labels[1], later, error[1], lower[1], upper[1], SHARE_NOTES[1]),
    ]


def _most_leaving(cohorts: list[Floats], after: int, confidence: float) -> float:
    """The largest chance to leave that renewals without a loss leave open; after: how many came before."""
    renewals = contract.at_risk(*contract.outcomes(cohorts))[after:].sum()
    return most_leaving(float(renewals), confidence) if renewals else NA


def _ends(fit: Fit, t: Floats, cohorts: list[Floats], confidence: float) -> tuple[Floats, Floats]:
    """Lower and upper of the share that stays; where nobody leaves, what the renewals leave open."""
    limit = limit_of(fit)
    if limit is NOBODY_LEAVES:
        return (1 - _most_leaving(cohorts, 0, confidence)) ** t, np.ones(t.size)
    _, lower, upper = _interval(fit, lambda values: log_survival(values, t), confidence)
    if limit is NOW_OR_NEVER:
        lower = lower * (1 - _most_leaving(cohorts, 1, confidence)) ** (t - 1)
    return lower, upper


def _lifetime(fit: Fit, confidence: float) -> _Row:
    """The expected lifetime, with an interval if it is surely finite."""
    label = "verwachte levensduur"
    if not fit.converged:
        return label, NUM, NUM, NUM, NUM, "in perioden"
    limit = limit_of(fit)
    if limit is ONE_CHANCE:
        return label, *intervals.derived(fit, lambda p: 1 + 1 / p["odds"], confidence), "in perioden"
    if limit in (NOBODY_LEAVES, NOW_OR_NEVER):
        return label, NUM, NA, NA, NA, NO_END
    if limit is ONE_MOVING:
        values = values_in(fit, np.array([*fit.params.values()]))
        return label, contract.expected_lifetime(values), NA, NA, NA, "in perioden"
    power, _, least, _ = intervals.derived(fit, lambda p: p["alpha"] * p.get("c", 1.0), confidence)
    if power <= 1:
        return label, NUM, NA, NA, NA, ENDLESS
    if least <= 1:
        return label, contract.expected_lifetime(fit.params), NA, NA, NA, f"in perioden; {MAYBE_ENDLESS}"
    return label, *intervals.derived(fit, contract.expected_lifetime, confidence), "in perioden"


def _half(fit: Fit) -> _Row:
    """The first period after which at most half are left."""
    label = "helft is vertrokken na"
    if not fit.converged:
        return label, NUM, NUM, NUM, NUM, HALF_NOTE
    values = values_in(fit, np.array([*fit.params.values()]))
    low, high = 0.0, 1.0
    while log_survival(values, high) > HALF:
        low, high = high, 2 * high
        if high > LONGEST_HALF:
            return label, NUM, NA, NA, NA, "langer dan te berekenen is"
    while high - low > 1:
        middle = np.floor((low + high) / 2)
        low, high = (middle, high) if log_survival(values, middle) > HALF else (low, middle)
    return label, high, NA, NA, NA, HALF_NOTE


def _verdicts(simple: Fit, rich: Fit, is_better: bool) -> tuple[str, str]:
    """What to do with each model, in Dutch."""
    if not (simple.converged and rich.converged):
        other = "gekozen: het andere model is niet te schatten"
        return simple.message or other, rich.message or other
    if not is_better:
        return "gekozen: eenvoudiger, en niet aantoonbaar slechter", "past niet aantoonbaar beter"
    if "c" not in rich.params:
        return "past slechter", f"gekozen: {words.good(rich)}"
    moves = "stijgt" if rich.params["c"] > 1 else "daalt"
    return (
        "past aantoonbaar slechter",
        f"gekozen: past aantoonbaar beter; de vertrekkans van een klant {moves} met de tijd",
    )


def _pooled(cohorts: list[Floats]) -> Floats:
    """Share of the start still there after each period, of those at risk in all cohorts."""
    left, stayed = contract.outcomes(cohorts)
    at_risk = contract.at_risk(left, stayed)
    return np.append(1.0, np.cumprod(1 - left[1:] / np.where(at_risk > 0, at_risk, 1.0)))


def _left(counts: Floats, log_s: Floats) -> Floats:
    """A cohort's customers as far as they were counted, and then what is expected of the last of them."""
    last = counts.size - 1
    return np.append(counts, counts[last] * np.exp(log_s[counts.size :] - log_s[last]))
