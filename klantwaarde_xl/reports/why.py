"""Why one customer has this value: every step of the forecast, in numbers and in Dutch."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, NotAvailable
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate.search import converged
from klantwaarde_xl.kernels.models.forecast import (
    Fitted,
    Forecast,
    Terms,
    expected_spend,
    fitted_models,
    forecast_of,
    repeat_spend,
    view_of,
    without_mean,
)
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare
from klantwaarde_xl.kernels.models.log.purchases import Codes, Purchases
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit, only
from klantwaarde_xl.kernels.models.season.view import View
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.reports.arguments import Asked, asked_of, settled_for, spelled, whole
from klantwaarde_xl.reports.season_arguments import Following, following_of
from klantwaarde_xl.wording import buying, limits, seasons
from klantwaarde_xl.wording.checks import AVERAGE_INSTEAD, NO_MEAN, NOTHING_PAID
from klantwaarde_xl.wording.checks import day as day_in_words
from klantwaarde_xl.wording.fits import UNITS

NA = CellError.NA.nan
MOST_SHOWN = 30  # purchases one by one
MOST_PARTS = 12  # rows into which the horizon is cut
MOST_COUNTED = 2000  # purchases up to which a chance is added up
PLURALS = tuple(more for _, more in UNITS)


class Why(NamedTuple):
    """One row a step; a value that is only explained is #N/A."""

    step: npt.NDArray[np.str_]
    value: Floats
    note: npt.NDArray[np.str_]


Row = tuple[str, float, str]


@spelled(log=whole, asked=asked_of, following=following_of)
def why(log: Log, customer: int, asked: Asked, following: Following) -> Why:
    """Derive the forecast of one customer step by step; the same figures as in `customers.forecast`.

    customer: a code of the log; the rest as `whole`, `asked_of` and `following_of`. A customer without
    purchases, or models that do not converge, are `NotAvailable`. Fader, Hardie & Lee (2005).
    """
    terms, choice = settled = settled_for(asked, log, following)
    bought, summary = prepare(log, asked.as_of, terms.unit)
    place = np.flatnonzero(summary.customer == customer)
    if not place.size:
        raise NotAvailable("Deze klant heeft geen aankoop tot en met de peildatum.")
    models = fitted_models(summary, terms, settled.season)
    converged(models.buying)
    one = only(summary, place)
    made = _of_one(forecast_of(summary, models, terms), place)
    customers, days, amounts = log
    money = np.zeros(days.size) if amounts is None else amounts
    mine = (customers == customer) & (money < 0) & (days < bought.last_day + 1)
    rows = [
        *_purchases(bought, one, float(-money[mine].sum())),
        *_history(one, terms),
        *_season(one, models, terms, seasons.used(choice)),
        *_coming(one, made, models, terms),
        *_spend(one, models),
        *_value(one, made, models, terms),
    ]
    steps, values, notes = zip(*rows, strict=True)
    return Why(np.array(steps), np.array(values, dtype=np.float64), np.array(notes))


def _of_one(made: Forecast, place: Codes) -> Forecast:
    """The forecast of one customer, of all, since how sure that is follows from all of them."""
    return Forecast._make([*(column[place] for column in made[:-1]), made.together])


def _purchases(bought: Purchases, one: Summary, refunded: float) -> list[Row]:
    """Each purchase with its net amount, and which one is left out."""
    mine = bought.customer == one.customer[0]
    found = list(zip(bought.day[mine].tolist(), bought.amount[mine].tolist(), strict=True))
    rows = [("aankoop", found[0][1], f"{day_in_words(found[0][0])}: de eerste, telt niet als herhaling")]
    repeats = found[1:]
    skipped = max(0, len(repeats) - MOST_SHOWN)
    for at, (day, amount) in enumerate(repeats):
        if at < MOST_SHOWN // 2 or at >= MOST_SHOWN // 2 + skipped:
            rows.append(("aankoop", amount, f"{day_in_words(day)}: herhaalaankoop {at + 1}"))
        elif at == MOST_SHOWN // 2:
            total = float(np.sum([amount for _, amount in repeats[at : at + skipped]]))
            rows.append(("aankopen", total, f"{skipped} herhaalaankopen hiertussen, samen"))
    if refunded:
        rows.append(("retouren", -refunded, "afgetrokken van de laatste aankopen ervoor, zover die er zijn"))
    return rows


def _history(one: Summary, terms: Terms) -> list[Row]:
    x, recency, age = one.frequency[0], one.recency[0], one.T[0]
    unit = PLURALS[terms.unit]
    return [
        ("herhaalaankopen", float(x), "frequentie: alle aankoopdagen behalve de eerste"),
        ("recentheid", float(recency), f"leeftijd bij de laatste aankoop, in {unit} na de eerste"),
        ("leeftijd", float(age), f"{unit} van de eerste aankoop tot {day_in_words(one.last_day)}"),
    ]


def _season(one: Summary, models: Fitted, terms: Terms, words: str) -> list[Row]:
    """How long recency, age and horizon last in the time of the season, in which the model reckons."""
    if models.season is None:
        return []
    view, unit = view_of(one, models, terms), PLURALS[terms.unit]
    _, recency, age = (float(column[0]) for column in view.history)
    return [
        ("seizoen", NA, f"{words}: in drukke tijd telt een dag zwaarder, in stille lichter"),
        ("recentheid in seizoen", recency, f"{unit}, zo gewogen: hiermee rekent het model"),
        ("leeftijd in seizoen", age, f"{unit}, zo gewogen"),
        ("horizon in seizoen", view.time, f"{unit}: zo druk zijn de {_number(terms.horizon, 1)} die komen"),
    ]


def _coming(one: Summary, made: Forecast, models: Fitted, terms: Terms) -> list[Row]:
    """From parameters to expected purchases."""
    module, fit = face.functions_of(models.buying), models.buying
    view = view_of(one, models, terms)
    alive, coming = float(made.alive[0]), float(made.purchases[0])
    unit, percent = PLURALS[terms.unit], _number(100 * terms.confidence, 0)
    span = f"{_number(terms.horizon, 1)} {unit}"
    most = _most_purchases(module, models, view, terms)
    rows = [
        (name, value, f"parameter van {called(fit.model)}, uit alle klanten")
        for name, value in fit.params.items()
    ]
    x, recency, age = (float(column[0]) for column in view.history)
    words = buying.alive(fit, terms.model, (x, recency, age), _number)
    if limit := limits.of_buying(fit):
        rows.append(("bijzonder", NA, f"{called(fit.model)}, op de grens van {terms.model.title}: {limit}"))
    rows.append(("kans nog klant", alive, words))
    if alive > 0:
        rows.append(("aankopen als klant", coming / alive, f"verwacht in {span} als hij nog klant is"))
    rows.append(("verwachte aankopen", coming, f"in {span}: kans nog klant × aankopen als klant"))
    rows.append(("kans op een aankoop", float(made.buys[0]), f"minstens één in {span}"))
    rows.append(("hoogstens", most, f"met minstens {percent}% kans worden het niet meer aankopen dan dit"))
    return rows


def _most_purchases(module: face.Buying, models: Fitted, view: View, terms: Terms) -> float:
    """The smallest number of purchases that is not passed with the asked certainty."""
    total = 0.0
    for count in range(MOST_COUNTED):
        chance = module.conditional_pmf(models.buying.params, *view.history, view.time, count)
        total += float(np.ravel(chance)[0])
        if total >= terms.confidence:
            return float(count)
    return NA


def _spend(one: Summary, models: Fitted) -> list[Row]:
    """From the customer's own mean to the expected spend per purchase."""
    x, z = (float(column[0]) for column in repeat_spend(one))
    if models.nothing_paid:
        return [("besteding per aankoop", 0.0, NOTHING_PAID)]
    if models.spending is None:
        has_own = bool(one.frequency[0])
        note = (
            "eigen gemiddelde per herhaalaankoop" if has_own else "gemiddelde van alle klanten: één aankoop"
        )
        return [("besteding per aankoop", float(expected_spend(one, None, models.average)[0]), note)]
    spend = float(expected_spend(one, models.spending, models.average)[0])
    if models.spending.model != gammagamma.MODEL or not models.spending.converged:
        said = limits.of_spending(models.spending) or f"{models.spending.message} {AVERAGE_INSTEAD}"
        rows = [("eigen gemiddelde", z, f"van herhaalaankopen: {_number(x, 0)}, na retouren")] if x else []
        return [*rows, ("besteding per aankoop", spend, said)]
    p, q, v = (models.spending.params[name] for name in gammagamma.NAMES)
    rows = []
    if without_mean(one, models.spending)[0]:
        return [("besteding per aankoop", spend, NO_MEAN)]
    weight = p * x / (p * x + q - 1)
    if q > 1:
        rows.append(("gemiddelde van allen", p * v / (q - 1), "p × v / (q − 1) van het Gamma-Gamma-model"))
    if x:
        rows.append(("eigen gemiddelde", z, f"van herhaalaankopen: {_number(x, 0)}, na retouren"))
        rows.append(("gewicht van eigen", weight, "p × x / (p × x + q − 1): hoe meer aankopen, hoe zwaarder"))
    rows.append(
        (
            "besteding per aankoop",
            spend,
            "eigen gemiddelde en dat van allen, naar dit gewicht"
            if x
            else "zonder eigen bedrag: dat van allen",
        )
    )
    return rows


def _value(one: Summary, made: Forecast, models: Fitted, terms: Terms) -> list[Row]:
    """The horizon in parts, each with its value now; their sum; and how sure it is."""
    spend = float(made.spend[0])
    module, params = face.functions_of(models.buying), models.buying.params
    ends = np.linspace(0, terms.horizon, _parts(terms) + 1)
    views = [view_of(one, models, terms._replace(horizon=float(end))) for end in ends[1:]]
    coming = [
        0.0,
        *(float(module.conditional_expected(params, *view.history, view.time)[0]) for view in views),
    ]
    now = [0.0, *(float(view.discounted(module, params)[0]) for view in views)]
    unit, margin = PLURALS[terms.unit], _number(100 * terms.margin, 1)
    decimals = 2 if terms.unit is Unit.YEAR else 1
    rows: list[Row] = []
    for at in range(len(ends) - 1):
        count, worth = coming[at + 1] - coming[at], now[at + 1] - now[at]
        factor = worth / count if count else 1.0
        parts = f"{_number(count, 4)} aankopen × {_number(spend, 2)} × marge {margin}%"
        parts += f" × contant {_number(factor, 4)}"
        label = f"{unit} {_number(ends[at], decimals)}–{_number(ends[at + 1], decimals)}"
        rows.append((label, terms.margin * spend * worth, parts))
    percent = _number(100 * terms.confidence, 0)
    rows.append(("klantwaarde", float(made.value[0]), "de som hiervan: wat deze klant nu waard is"))
    rows.append(("laag", float(made.lower[0]), f"{percent}%-interval van deze verwachting"))
    rows.append(("hoog", float(made.upper[0]), "de werkelijkheid van één klant wijkt verder af"))
    return rows


def _parts(terms: Terms) -> int:
    """Quarters if there are at most twelve of them, else years, else twelve equal parts."""
    days = terms.horizon * terms.unit.days
    for length in (365.25 / 4, 365.25):
        if days <= MOST_PARTS * length * 1.001:
            return max(1, round(days / length))
    return MOST_PARTS


def _number(value: float, decimals: int = 3) -> str:
    return f"{value:z.{decimals}f}".replace(".", ",")
