"""What customers will still buy and be worth, and whether to believe it: result tables of the models.

A model that cannot be fitted is no error here: its figures are empty and the figure `bericht` says
why, so that a workbook can be made and can say it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from klantwaarde_xl.data.reading.files import Transactions
from klantwaarde_xl.data.results import ResultTable, Row
from klantwaarde_xl.data.settings import MODELS, Settings
from klantwaarde_xl.errors import FunctionError
from klantwaarde_xl.kernels.arrays import ALIKE, Floats, descending
from klantwaarde_xl.kernels.models import forecast, gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.checks import choice, goodness, tracking
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import EPOCH, Summary, Unit, summarise
from klantwaarde_xl.reports import fits, overview

Found = TypeVar("Found")

TABLES = ("prognose", "prognosetop", "model", "modelkeuze", "modeltoets", "modelcontrole", "verloop")
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
LIKELY = 0.5  # from this chance on, one counts on a customer

# (still a customer, worth more than the average customer) to what one does
ACTIONS = {
    (True, True): "Koesteren",
    (True, False): "Activeren",
    (False, True): "Terugwinnen",
    (False, False): "Laten rusten",
}

_TITLES = [model.title for model in choice.IN_TIME]
_NOTHING = [None] * 8


@dataclass(frozen=True)
class _Log:
    """The transactions as the kernels take them; names by customer code."""

    names: list[str]
    customers: Codes
    days: Floats
    amounts: Floats
    as_of: float
    model: face.Model

    @property
    def args(self) -> tuple[Codes, Floats, Floats]:
        return self.customers, self.days, self.amounts


def forecasts(
    transactions: Transactions, settings: Settings, as_of: dt.date
) -> tuple[list[ResultTable], dict[str, Any]]:
    """Compute all tables of `TABLES`, and the figures that belong to them.

    as_of: the day on which one looks ahead; later rows do not count. Raises `NotAvailable` when
    refunds leave no purchase.
    """
    log = _log(transactions, settings, as_of)
    summary = summarise(*log.args, log.as_of)
    asked = _asked(log, settings)
    terms = forecast.terms_of(unit=float(Unit.WEEK), **asked)
    models, message = _tried(lambda: forecast.fitted_models(summary, terms))
    made = None
    if models is not None:
        made = forecast.forecast_of(summary, models, terms)
        message = models.buying.message or (models.spending.message if models.spending else "")
        if not message and np.isnan(made.value).any():
            message = str(made.note[np.isnan(made.value)][0])
    customers = _customers(log, summary, None if message else made)
    cut = float(np.floor((summary.first_day.min() + log.as_of) / 2))
    progress, progress_message = _progress(log, cut)
    choices = _choices(log, cut)
    tables = [
        customers,
        _top(customers),
        _parameters(log, summary),
        choices,
        _counts(log),
        _stands_on(log),
        progress,
    ]
    figures = {
        "bericht": message or None,
        "verloop_bericht": progress_message or None,
        "schatting_tot": _date(cut),
        **_totals(log, summary, None if message else asked),
        **_held_out(choices),
        "samenhang_past": _independent(summary),
        "gebruikt_horizon": settings.horizon,
        "gebruikt_marge": settings.margin,
        "gebruikt_rente": settings.interest,
        "gebruikt_model": settings.model,
        "gebruikt_peildatum": settings.as_of,
    }
    return tables, figures


def _log(transactions: Transactions, settings: Settings, as_of: dt.date) -> _Log:
    names = [
        name
        for (name,) in transactions.con.execute("select distinct klant from tx order by klant").fetchall()
    ]
    columns = transactions.con.execute(
        """select dense_rank() over (order by klant) - 1 as customer,
             date_diff('day', $epoch, dag) as day, cents / 100.0 as amount from tx order by rij""",
        {"epoch": EPOCH},
    ).fetchnumpy()
    return _Log(
        names,
        np.asarray(columns["customer"], dtype=np.intp),
        np.asarray(columns["day"], dtype=np.float64),
        np.asarray(columns["amount"], dtype=np.float64),
        float((as_of - EPOCH).days),
        face.Model(MODELS.index(settings.model)),
    )


def _tried(compute: Callable[[], Found]) -> tuple[Found | None, str]:
    """What a kernel gives, or nothing and its words."""
    try:
        return compute(), ""
    except FunctionError as error:
        return None, error.what


def _date(day: float) -> dt.date:
    return EPOCH + dt.timedelta(days=int(day))


def _value(number: float) -> float | None:
    """A number for a cell; nothing for what is not known."""
    return float(number) if np.isfinite(number) else None


def _rows(columns: Iterable[Iterable[Any]]) -> list[Row]:
    """Columns to rows of plain values."""
    return [
        tuple(_value(v) if isinstance(v, float) else str(v) if isinstance(v, str) else v for v in row)
        for row in zip(*columns, strict=True)
    ]


# ── customers ───────────────────────────────────────────────────────────────────────────────


def _customers(log: _Log, summary: Summary, made: forecast.Forecast | None) -> ResultTable:
    """Every customer, the most valuable one first; without a forecast by name and with empty figures."""
    known = [
        [log.names[code] for code in summary.customer],
        [_date(day) for day in summary.final_day],
        (summary.frequency + 1).astype(int).tolist(),
        summary.frequency.astype(int).tolist(),
        summary.recency.tolist(),
        summary.T.tolist(),
    ]
    if made is None:
        return ResultTable("prognose", CUSTOMER_COLUMNS, [(*row, *_NOTHING) for row in _rows(known)])
    figures = (made.alive, made.buys, made.purchases, made.spend, made.value, made.lower, made.upper)
    rows = _rows([*known, *(figure.tolist() for figure in figures), _actions(made.alive, made.value)])
    order = descending(made.value)
    return ResultTable("prognose", CUSTOMER_COLUMNS, [rows[at] for at in order])


def _actions(alive: Floats, value: Floats) -> list[str]:
    """What to do with each customer; the sheet Start explains it in the same words."""
    mean = value.mean()
    above = value - mean > ALIKE * abs(mean)  # where all are equal, none is
    return [ACTIONS[bool(still), bool(more)] for still, more in zip(alive >= LIKELY, above, strict=True)]


def _top(customers: ResultTable) -> ResultTable:
    at = [customers.columns.index(name) for name in TOP_COLUMNS]
    known = [row for row in customers.rows[:TOP] if row[at[4]] is not None]
    return ResultTable("prognosetop", TOP_COLUMNS, [tuple(row[i] for i in at) for row in known])


def _asked(log: _Log, settings: Settings) -> dict[str, Any]:
    """The settings in the words of the kernels."""
    return {
        "model": float(log.model),
        "horizon": settings.horizon,
        "margin": 1.0 if settings.margin is None else settings.margin,
        "interest": settings.interest or 0.0,
    }


def _totals(log: _Log, summary: Summary, asked: dict[str, Any] | None) -> dict[str, Any]:
    """All customers together: count, still customer, purchases and value, with intervals."""
    figures: dict[str, Any] = {"klanten": int(summary.T.size), "actief": None}
    for name in ("aankopen", "waarde", "perklant"):
        figures |= {f"{name}{end}": None for end in ("", "_laag", "_hoog")}
    if asked is None:
        return figures
    made = overview.total(*log.args, as_of=log.as_of, **asked)
    figures["actief"] = float(made.value[1])
    for row, name in enumerate(("aankopen", "waarde", "perklant"), 2):
        figures[name] = float(made.value[row])
        figures[f"{name}_laag"], figures[f"{name}_hoog"] = _value(made.lower[row]), _value(made.upper[row])
    return figures


# ── whether to believe it ───────────────────────────────────────────────────────────────────


def _parameters(log: _Log, summary: Summary) -> ResultTable:
    """What the fits found, with a meaning for each figure."""
    columns = ("model", "cijfer", "waarde", "standaardfout", "laag", "hoog", "betekenis")
    history = summary.frequency, summary.recency, summary.T
    both: tuple[tuple[str, Callable[[], Any]], ...] = (
        (
            log.model.title,
            lambda: fits.buying_table(face.fitted(log.model, *history), log.model, "week", 0.95),
        ),
        (gammagamma.MODEL, lambda: fits.spending_parameters(*forecast.repeat_spend(summary))),
    )
    rows: list[Row] = []
    for title, compute in both:
        table, message = _tried(compute)
        if table is None:
            rows.append((title, "schatting", None, None, None, None, message))
            continue
        for label, *figures, note in _rows(column.tolist() for column in table):
            if label in (title, "samenhang past"):  # a yes or no, which the note says in words
                label, figures = "schatting" if label == title else label, [None] * 4
            rows.append((title, label, *figures, note))
    return ResultTable("model", columns, rows)


def _choices(log: _Log, cut: float) -> ResultTable:
    """The three models on all data, and what each would have said halfway about what came after."""
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
    whole, message = _tried(lambda: choice.comparison(*log.args, as_of=log.as_of))
    half, _ = _tried(lambda: choice.comparison(*log.args, until=cut, as_of=log.as_of))
    rows: list[Row] = []
    if whole is None:
        rows += [(title, _used(log, title), *_NOTHING, message) for title in _TITLES]
        return ResultTable("modelkeuze", columns, rows)
    for title, loglik, aic, bic, weight, chi, *_, note in _rows(column.tolist() for column in whole):
        after: list[float | None] = [None] * 3
        if half is not None:
            at = half.model.tolist().index(title)
            after = [_value(column[at]) for column in (half.actual, half.expected, half.deviation)]
        rows.append((title, _used(log, title), loglik, aic, bic, weight, chi, *after, note))
    return ResultTable("modelkeuze", columns, rows)


def _used(log: _Log, title: str) -> str:
    return "ja" if title == log.model.title else ""


def _held_out(choices: ResultTable) -> dict[str, Any]:
    """Of the model in use: its weight, and purchases after the cut."""
    used = next(row for row in choices.rows if row[1] == "ja")
    return {"gewicht": used[5], "erna_werkelijk": used[7], "erna_verwacht": used[8]}


def _independent(summary: Summary) -> str | None:
    """Whether spend can be taken apart from frequency, in a word; nothing with too few repeat buyers."""
    tie, _ = _tried(lambda: gammagamma.independence(*forecast.repeat_spend(summary)))
    if tie is None or tie.n < gammagamma.FEWEST:
        return None
    return "nee" if tie.warns else "ja"


def _counts(log: _Log) -> ResultTable:
    """How many customers bought how often, and how many were to expect."""
    columns = ("herhaalaankopen", "klanten", "verwacht", "verschil")
    table, _ = _tried(lambda: goodness.by_count(*log.args, model=float(log.model), as_of=log.as_of))
    if table is None:
        return ResultTable("modeltoets", columns, [])
    return ResultTable("modeltoets", columns, _rows(column.tolist() for column in table))


def _stands_on(log: _Log) -> ResultTable:
    """What the forecast was made from, with refunds and assumptions in words."""
    columns = ("onderdeel", "waarde", "uitleg")
    table, message = _tried(lambda: overview.check(*log.args, model=float(log.model), as_of=log.as_of))
    if table is None:
        return ResultTable("modelcontrole", columns, [("schatting", None, message)])
    titles = (log.model.title, gammagamma.MODEL)
    rows = [
        (f"schatting {label}", None, note)
        if label in titles
        else (label, None if label == "peildatum" else round(value, 3), note)  # the note has the date
        for label, value, note in _rows(column.tolist() for column in table)
    ]
    return ResultTable("modelcontrole", columns, rows)


def _progress(log: _Log, cut: float) -> tuple[ResultTable, str]:
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

    def followed(until: float) -> tuple[tracking.Tracking | None, str]:
        return _tried(
            lambda: tracking.tracking(*log.args, until=until, model=float(log.model), as_of=log.as_of)
        )

    made, message = followed(cut)
    if made is None:
        whole, _ = followed(log.as_of - 1)
        if whole is None:
            return ResultTable("verloop", columns, []), message
        made = whole._replace(phase=np.zeros_like(whole.phase))
        message = f"Niet te toetsen: de lijn is van alle gegevens. Op de eerste helft geldt: {message}"
    # The line of the control begins where that of the estimate ends
    control = made.phase == 1
    begins = np.append(control[1:], False)
    rows = _rows(
        (
            made.period.astype(int).tolist(),
            [_date(day) for day in made.day],
            made.actual.tolist(),
            made.expected.tolist(),
            made.actual_sum.tolist(),
            np.where(control, np.nan, made.expected_sum).tolist(),
            np.where(control | begins, made.expected_sum, np.nan).tolist(),
            [tracking.PHASES[int(phase)] for phase in made.phase],
        )
    )
    return ResultTable("verloop", columns, rows), message
