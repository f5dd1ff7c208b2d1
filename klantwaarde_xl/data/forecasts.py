"""What customers will still buy and be worth, and whether to believe it: result tables of the models.

A model that cannot be fitted is no error here: its figures are empty and the figure `bericht` says
why, so that a workbook can be made and can say it too. What figures are called and mean is declared
in `wording`; which of them a table shows is decided here, by field.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from klantwaarde_xl.data.forecast_basis import CONFIDENCE, Basis, tried
from klantwaarde_xl.data.results import ResultTable, Row
from klantwaarde_xl.dutch import serial_to_date
from klantwaarde_xl.kernels.arrays import ALIKE, Floats, descending
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying.face import IN_TIME, fitted
from klantwaarde_xl.kernels.models.checks import choice, goodness, tracking
from klantwaarde_xl.kernels.models.checks.findings import Findings, findings
from klantwaarde_xl.kernels.models.forecast import (
    Forecast,
    repeat_spend,
)
from klantwaarde_xl.kernels.models.log.prepare import Split
from klantwaarde_xl.kernels.models.log.summary import Unit
from klantwaarde_xl.kernels.models.season.view import seen
from klantwaarde_xl.kernels.models.totals import Estimate, Totals, totals_of
from klantwaarde_xl.refusals.titles import called
from klantwaarde_xl.wording import checks, fits, no_forecast, seasons
from klantwaarde_xl.wording.findings import Finding, lines
from klantwaarde_xl.wording.next_purchase import LIKELY

Made = tuple[ResultTable, dict[str, Any]]  # a table with the figures that belong to it

TABLES = (
    "prognose",
    "prognosetop",
    "acties",
    "model",
    "modelkeuze",
    "modeltoets",
    "modelcontrole",
    "verloop",
)
CUSTOMER_COLUMNS = (
    "klant",
    "laatste aankoop",
    "aankopen",
    "herhaalaankopen",
    "recentheid (weken)",
    "leeftijd (weken)",
    "kans nog klant",
    "kans op aankoop",
    "verwachte aankopen",
    "besteding per aankoop",
    "klantwaarde",
    "laag",
    "hoog",
    "actie",
)
TOP_COLUMNS = ("klant", "laatste aankoop", "kans nog klant", "verwachte aankopen", "klantwaarde", "actie")
TOP = 10

# (still a customer, worth more than the average customer) to what one does
ACTIONS = {
    (True, True): "Koesteren",
    (True, False): "Activeren",
    (False, True): "Terugwinnen",
    (False, False): "Laten rusten",
}

_NOTHING = [None] * 8


def table_of(name: str, basis: Basis) -> Made:
    """Compute one table of `TABLES`, and the figures that belong to it; nothing else is fitted."""
    return _COMPUTED[name](basis)


_ENDED = (("aankopen", "purchases"), ("waarde", "value"), ("perklant", "each"))  # figure, field of Totals


def totals(basis: Basis) -> dict[str, Any]:
    """Compute the figures of all customers together, and why there is no forecast."""
    made, message = basis.expected
    found = _together(basis, made, ends=False)
    reason, helps = no_forecast.apart(message, basis.summary) if message else (None, None)
    return {
        "bericht": message or None,
        "reden": reason,
        "helpt": helps,
        "opmerking": basis.about or None,
        "klanten": int(basis.summary.T.size),
        "actief": None if found is None else found.alive.value,
        **{name: None if found is None else _value(getattr(found, field).value) for name, field in _ENDED},
        "beste_tiende": _best_tenth(made),
    }


def total_ends(basis: Basis) -> dict[str, Any]:
    """Compute the intervals of those figures."""
    found = _together(basis, basis.made[0], ends=True)
    figures: dict[str, Any] = {}
    for name, field in _ENDED:
        one: Estimate = Estimate(np.nan) if found is None else getattr(found, field)
        figures[f"{name}_laag"], figures[f"{name}_hoog"] = _value(one.lower), _value(one.upper)
    return figures


def _together(basis: Basis, made: Forecast | None, *, ends: bool) -> Totals | None:
    models, _ = basis.models
    if models is None or made is None:
        return None
    return totals_of(basis.summary, models, made, basis.terms, ends=ends)


def _value(number: float) -> float | None:
    """A number for a cell; nothing for what is not known."""
    return float(number) if np.isfinite(number) else None


def _rows(columns: Iterable[Iterable[Any]]) -> list[Row]:
    """Columns to rows of plain values."""
    return list(zip(*map(_cells, columns), strict=True))


def _cells(column: Iterable[Any]) -> list[Any]:
    """A column's plain values, one by one, because a million customers have fifteen million of them."""
    return [
        (float(v) if v - v == 0 else None)  # as `_value`, without a call for each
        if isinstance(v, float)
        else str(v)
        if isinstance(v, str)
        else v
        for v in column
    ]


# ── customers ───────────────────────────────────────────────────────────────────────────────


def _customers(basis: Basis) -> Made:
    """Every customer, the most valuable one first; without a forecast by name and with empty figures."""
    made, _ = basis.made
    return ResultTable("prognose", CUSTOMER_COLUMNS, _customer_rows(basis, made)), {}


def _customer_rows(basis: Basis, made: Forecast | None, most: int | None = None) -> list[Row]:
    """A row a customer, at most so many."""
    summary = basis.summary
    order = np.arange(summary.T.size) if made is None else descending(made.value)
    order = order[:most]
    known = [
        [basis.names[code] for code in summary.customer[order]],
        _dates(summary.final_day[order]),
        (summary.frequency[order] + 1).astype(int).tolist(),
        summary.frequency[order].astype(int).tolist(),
        summary.recency[order].tolist(),
        summary.T[order].tolist(),
    ]
    if made is None:
        return [(*row, *_NOTHING) for row in _rows(known)]
    figures = (made.alive, made.buys, made.purchases, made.spend, made.value, made.lower, made.upper)
    actions = _actions(made.alive, made.value)
    return _rows([*known, *(figure[order].tolist() for figure in figures), [actions[at] for at in order]])


def _dates(days: Floats) -> list[dt.date]:
    """The dates of day numbers, each of which many customers have."""
    different, places = np.unique(days, return_inverse=True)
    dates = [serial_to_date(day) for day in different]
    return [dates[place] for place in places.tolist()]


def _actions(alive: Floats, value: Floats) -> list[str]:
    """What to do with each customer; the sheet Start explains it in the same words."""
    mean = value.mean()
    above = value - mean > ALIKE * abs(mean)  # where all are equal, none is
    return [ACTIONS[one] for one in zip((alive >= LIKELY).tolist(), above.tolist(), strict=True)]


def _top(basis: Basis) -> Made:
    made, _ = basis.expected
    at = [CUSTOMER_COLUMNS.index(name) for name in TOP_COLUMNS]
    best = [] if made is None else _customer_rows(basis, made, TOP)
    return ResultTable("prognosetop", TOP_COLUMNS, [tuple(row[i] for i in at) for row in best]), {}


def _by_action(basis: Basis) -> Made:
    """How many customers each action is for, and their value; nothing without a forecast."""
    columns = ("actie", "klanten", "klantwaarde")
    made, _ = basis.expected
    if made is None:
        return ResultTable("acties", columns, []), {}
    actions = np.array(_actions(made.alive, made.value))
    rows: list[Row] = [
        (action, int((actions == action).sum()), math.fsum(made.value[actions == action]))
        for action in ACTIONS.values()
    ]
    return ResultTable("acties", columns, rows), {}


def _best_tenth(made: Forecast | None) -> float | None:
    """What the most valuable tenth of the customers is worth, rounded up to whole customers."""
    if made is None:
        return None
    many = -(-made.value.size // 10)
    return math.fsum(np.sort(made.value)[-many:])


# ── whether to believe it ───────────────────────────────────────────────────────────────────


def _parameters(basis: Basis) -> Made:
    """What the fits found, with a meaning for each figure."""
    columns = ("model", "cijfer", "waarde", "standaardfout", "laag", "hoog", "betekenis")
    summary, (x, z) = basis.seen, repeat_spend(basis.summary)

    def of_buying() -> list[fits.Line]:
        return fits.of_buying(fit, basis.model, Unit.WEEK, CONFIDENCE)

    def of_spending() -> list[fits.Line]:
        return fits.of_spending(gammagamma.fitted(x, z), gammagamma.independence(x, z), CONFIDENCE)

    rows: list[Row] = []
    fit = fitted(basis.terms.code, summary.frequency, summary.recency, summary.T)
    for title, compute in ((called(fit.model), of_buying), (gammagamma.MODEL, of_spending)):
        found, message = tried(compute)
        if found is None:
            rows.append((title, "schatting", None, None, None, None, message))
        for (name, *figures), label, note in found or ():
            if name in ("converged", "independent"):  # a yes or no, which the note says in words
                label, figures = "schatting" if name == "converged" else label, [np.nan] * 4
            rows.append((title, label, *map(_value, figures), note))
    return ResultTable("model", columns, rows), {"samenhang_past": _independent(x, z)}


def _independent(x: Floats, z: Floats) -> str | None:
    """Whether spend can be taken apart from frequency, in a word; nothing with too few repeat buyers."""
    found, _ = tried(lambda: gammagamma.independence(x, z))
    if found is None or found.tie is gammagamma.Tie.TOO_FEW:
        return None
    return "nee" if found.warns else "ja"


def _choices(basis: Basis) -> Made:
    """The models on all data, and what each would have said halfway about what came after."""
    columns = (
        "model",
        "gebruikt",
        "log-aannemelijkheid",
        "AIC",
        "BIC",
        "gewicht",
        "p chi-kwadraat",
        "werkelijk erna",
        "verwacht erna",
        "afwijking",
        "oordeel",
    )
    codes = tuple(dict.fromkeys((*map(float, IN_TIME), basis.terms.code)))
    whole, message = tried(lambda: choice.compare(basis.seen, codes=codes))
    part, _ = basis.half
    half = None if part is None else tried(lambda: _compared(basis, part, codes))[0]
    figures: dict[str, Any] = dict.fromkeys(("gewicht", "erna_werkelijk", "erna_verwacht"))
    if whole is None:
        rows: list[Row] = [(model.title, _used(basis, float(model)), *_NOTHING, message) for model in IN_TIME]
        return ResultTable("modelkeuze", columns, rows), figures
    after = {one.code: (one.actual, one.expected, one.deviation) for one in half or ()}
    rows = []
    for group in choice.at_one_limit(whole):
        used = any(each.code == basis.terms.code for each in group)
        one = next((each for each in group if each.code == basis.terms.code), group[0])
        later = [_value(number) for number in after.get(one.code, (np.nan,) * 3)]
        now = [_value(number) for number in (one.fit.loglik, one.aic, one.bic, one.weight, one.chi_p)]
        title, words = checks.compared(group)
        rows.append((title, "ja" if used else "", *now, *later, words))
        if used:
            figures = dict(zip(figures, (_value(one.weight), *later[:2]), strict=True))
    return ResultTable("modelkeuze", columns, rows), figures


def _compared(basis: Basis, part: Split, codes: tuple[float, ...]) -> list[choice.Compared]:
    """The models as they were at a cut, held against what came after it."""
    season = basis.season_at(part)
    return choice.compare(seen(part.summary, season, part.length), part, codes, season)


def _used(basis: Basis, code: float) -> str:
    return "ja" if code == basis.terms.code else ""


def _counts(basis: Basis) -> Made:
    """How many customers bought how often, and how many were to expect."""
    columns = ("herhaalaankopen", "klanten", "verwacht", "verschil")
    models, _ = basis.models
    if models is None or not models.buying.converged:
        return ResultTable("modeltoets", columns, []), {}
    actual, expected = goodness.counts(basis.seen, models.buying, basis.model)
    figures = [column.tolist() for column in (actual, expected, actual - expected)]
    return ResultTable("modeltoets", columns, _rows([checks.COUNTS, *figures])), {}


def _stands_on(basis: Basis) -> Made:
    """What the forecast was made from, with refunds and assumptions in words."""
    columns = ("onderdeel", "waarde", "uitleg")
    found, message = tried(lambda: [*lines(_findings(basis)), *_of_season(basis)])
    if found is None:
        return ResultTable("modelcontrole", columns, [("schatting", None, message)]), {}
    rows: list[Row] = []
    for name, label, value, note in found:
        is_fit = name in ("buying", "spending", "season")
        shown = None if is_fit or name == "as_of" else round(value, 3)  # the note has the date
        rows.append((f"schatting {label}" if name in ("buying", "spending") else label, shown, note))
    return ResultTable("modelcontrole", columns, rows), {}


def _of_season(basis: Basis) -> list[Finding]:
    first = float(basis.summary.first_day.min())
    return [*seasons.lines(basis.seasons), *seasons.tested(basis.seasons, first, basis.as_of)]


def _findings(basis: Basis) -> Findings:
    one = basis.seen
    return findings(basis.summary, fitted(basis.terms.code, one.frequency, one.recency, one.T))


def _progress(basis: Basis) -> Made:
    """Repeat purchases by week, estimated on the first half of the time and held against the rest.

    Where half of the time is too little for the model, the line is of all data and tests nothing;
    the message says so.
    """
    columns = (
        "week",
        "tot en met",
        "werkelijk",
        "verwacht",
        "werkelijk samen",
        "verwacht bij schatten",
        "verwacht bij controle",
        "deel",
    )
    part, message = basis.half
    made, until = None, basis.cut
    if part is not None:
        made, message = tried(lambda: _tracked(basis, part))
    if made is None:
        until = basis.as_of - 1
        whole, _ = tried(lambda: _tracked(basis, basis.cut_at(until)))
        if whole is not None:
            made = whole._replace(phase=np.zeros_like(whole.phase))
            message = f"Niet te toetsen: de lijn is van alle gegevens. Op het eerste deel geldt: {message}"
    estimated = None if made is None else serial_to_date(until)
    figures = {"verloop_bericht": message or None, "schatting_tot": estimated}
    return ResultTable("verloop", columns, [] if made is None else _weeks(made)), figures


def _tracked(basis: Basis, part: Split) -> tracking.Tracking:
    return tracking.tracking(part, basis.terms.code, basis.season_at(part))


def _weeks(made: tracking.Tracking) -> list[Row]:
    """A row a week; the line of the control begins where that of the estimate ends."""
    control = made.phase == tracking.Phase.CONTROL
    begins = np.append(control[1:], False)
    return _rows(
        (
            made.period.astype(int).tolist(),
            [serial_to_date(day) for day in made.day],
            made.actual.tolist(),
            made.expected.tolist(),
            made.actual_sum.tolist(),
            np.where(control, np.nan, made.expected_sum).tolist(),
            np.where(control | begins, made.expected_sum, np.nan).tolist(),
            [checks.PHASES[int(phase)] for phase in made.phase],
        )
    )


_COMPUTED: dict[str, Callable[[Basis], Made]] = dict(
    zip(
        TABLES,
        (_customers, _top, _by_action, _parameters, _choices, _counts, _stands_on, _progress),
        strict=True,
    )
)
