"""A forecast in a few lines: what all customers together are worth, and what it was made from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks.goodness import converged
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.estimate.cache import remembered
from klantwaarde_xl.kernels.models.forecast import (
    Spending,
    fitted_models,
    forecast_of,
    repeat_spend,
    terms_of,
    value_error,
)
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, dutch_date, summarise
from klantwaarde_xl.reports.fit_table import GOOD

NA = CellError.NA.nan
YEAR = 365.25
FAR = 60.0  # days without a purchase that are worth a remark, if they are exceptional


class Total(NamedTuple):
    """One row a figure of all customers together; lower and upper #N/A where there are none."""

    label: npt.NDArray[np.str_]
    value: Floats
    lower: Floats
    upper: Floats
    note: npt.NDArray[np.str_]


class Check(NamedTuple):
    """One row a finding about the log or a fit."""

    label: npt.NDArray[np.str_]
    value: Floats
    note: npt.NDArray[np.str_]


def total(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    horizon: float | None = None,
    margin: float = 1.0,
    interest: float = 0.0,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    as_of: float | None = None,
    spending: float = float(Spending.MODEL),
    confidence: float = 0.95,
) -> Total:
    """Forecast what all customers together will buy and are worth, with intervals.

    Arguments and errors as in `forecast.forecast`; a fit that does not converge is `NotAvailable`.
    The interval is of the expectation (delta method on the logarithm of the sum).
    """
    terms = terms_of(model, unit, horizon, margin, interest, spending, confidence)
    summary = summarise(customers, days, amounts, as_of, unit)
    models = fitted_models(summary, terms)
    for fit in (models.buying, models.spending):
        if fit is not None:
            converged(fit)
    made = forecast_of(summary, models, terms)
    module, history = face.module_of(model), (summary.frequency, summary.recency, summary.T)

    def log_purchases(params: Floats) -> Floats:
        return np.asarray(np.log(module.conditional_expected(params, *history, terms.horizon).sum()))

    count, alive = float(summary.T.size), float(made.alive.sum())
    bought = float(made.purchases.sum())
    without = np.isnan(made.value)
    worth = NA if without.any() else float(made.value.sum())
    each = NA if without.any() else worth / count
    about = str(made.note[without][0]) if without.any() else ""
    bought_error = float(intervals.log_error([models.buying], log_purchases))
    worth_error = float(value_error(summary, models, terms, together=True))
    day = dutch_date(summary.last_day)
    is_certain = terms.model is face.Model.BGNBD
    once = "; in bg/nbd blijft wie één keer kocht altijd klant, in mbg/nbd niet" if is_certain else ""
    rows = [
        ("klanten", count, NA, NA, f"met minstens één aankoop tot en met {day}, na retouren"),
        ("nog klant", alive, NA, NA, f"de kansen om nog klant te zijn opgeteld{once}"),
        ("verwachte aankopen", bought, *_ends(bought, bought_error, confidence), "van allen, in de horizon"),
        ("klantwaarde", worth, *_ends(worth, worth_error, confidence), about or "van allen, nu"),
        ("klantwaarde per klant", each, *_ends(each, worth_error, confidence), about or "gemiddeld"),
    ]
    labels, values, lowers, uppers, notes = zip(*rows, strict=True)
    return Total(np.array(labels), np.array(values), np.array(lowers), np.array(uppers), np.array(notes))


def _ends(value: float, log_error: float, confidence: float) -> tuple[float, float]:
    if np.isnan(value):
        return NA, NA
    lower, upper = intervals.around(value, log_error, confidence)
    return float(lower), float(upper)


def check(
    customers: Codes,
    days: Floats,
    amounts: Floats,
    unit: float = float(Unit.WEEK),
    model: float = float(face.Model.BGNBD),
    as_of: float | None = None,
) -> Check:
    """Say what a forecast from this log would stand on: rows, refunds, customers, fits, assumptions.

    Arguments and errors as in `forecast.forecast`.
    """
    summary = summarise(customers, days, amounts, as_of, unit)
    report, once = summary.report, float(np.mean(summary.frequency == 0))
    fit = face.fitted(model, summary.frequency, summary.recency, summary.T)
    x, z = repeat_spend(summary)
    spend = remembered(gammagamma.MODEL, (x, z), gammagamma.fit)
    independent = gammagamma.independence(x, z)
    span = float(summary.last_day - summary.first_day.min()) / YEAR
    rows: list[tuple[str, float, str]] = [
        ("rijen gelezen", float(report.rows), "tot en met de peildatum"),
        ("rijen erna", float(report.later), "na de peildatum: tellen niet mee"),
        ("peildatum", summary.last_day, _about_day(summary)),
        ("jaren gegevens", span, "van de eerste aankoop tot de peildatum"),
        ("klanten", float(summary.T.size), "met een aankoop na aftrek van retouren"),
        ("klanten vervallen", float(report.emptied), "alles is teruggebracht, of er waren alleen retouren"),
        ("aankopen", float(summary.frequency.sum()) + summary.T.size, "een dag van een klant is een aankoop"),
        ("deel met één aankoop", once, _about_once(once)),
        ("retouren", float(report.refunds), "van de laatste aankopen ervoor afgetrokken"),
        ("bedrag van retouren", report.refunded, "samen"),
        ("retour zonder aankoop", report.unmatched, "bedrag waarvoor geen eerdere aankoop bekend is"),
        ("aankopen vervallen", float(report.undone), "geheel teruggebracht: tellen niet als aankoop"),
        (
            "gratis aankopen",
            float(report.free),
            "tellen als aankoop; wie alleen gratis herhaalde telt niet mee in de besteding",
        ),
        (fit.model, float(fit.converged), fit.message or GOOD),
        (spend.model, float(spend.converged), spend.message or GOOD),
        ("frequentie en besteding", independent.correlation, independent.message),
    ]
    labels, values, notes = zip(*rows, strict=True)
    return Check(np.array(labels), np.array(values, dtype=np.float64), np.array(notes))


def _about_day(summary: Summary) -> str:
    """The day in words, and whether it stands so far from the others that it may be a mistake."""
    days = np.unique(np.concatenate([summary.first_day, summary.final_day, [summary.last_day]]))
    gaps = np.diff(days)
    words = f"{dutch_date(summary.last_day)}: de dag waarop wordt gekeken"
    if gaps.size > 1 and gaps[-1] > max(FAR, 3 * float(gaps[:-1].max())):
        return f"{words}. Let op: dat is {gaps[-1]:.0f} dagen na de aankoopdag ervoor; klopt die datum?"
    return words


def _about_once(share: float) -> str:
    if share > 0.95:
        return "bijna niemand kocht opnieuw: neem een langere periode, de schatting is onzeker"
    return "van de klanten, die (nog) niet opnieuw kochten"
