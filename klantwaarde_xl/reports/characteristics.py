"""A log of transactions and a characteristic of its customers: what it does to buying, stopping and value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError, WrongType
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.covariates.effects import Effects, effects_of
from klantwaarde_xl.kernels.models.covariates.estimate import estimate
from klantwaarde_xl.kernels.models.estimate import intervals
from klantwaarde_xl.kernels.models.forecast import Terms, terms_of
from klantwaarde_xl.kernels.models.log.prepare import Log, prepare, row_at_start
from klantwaarde_xl.kernels.models.log.purchases import Codes
from klantwaarde_xl.kernels.models.log.summary import Summary
from klantwaarde_xl.reports.arguments import STANDARD, WEEK, chosen
from klantwaarde_xl.reports.kinds import by_number, compared
from klantwaarde_xl.wording import characteristics as words

_FEW = 10  # customers of a kind from whom next to nothing can be told


class Kinds(NamedTuple):
    """One row a kind of customer, the measure first; kind: its code, or its number."""

    kind: Codes | Floats
    customers: Floats
    buying: Floats
    buying_lower: Floats
    buying_upper: Floats
    stopping: Floats
    stopping_lower: Floats
    stopping_upper: Floats
    expected: Floats
    spend: Floats
    value: Floats
    value_lower: Floats
    value_upper: Floats
    note: npt.NDArray[np.str_]


def of_names(
    customers: Codes,
    days: Floats,
    kinds: Codes,
    amounts: Floats,
    horizon: float | None = None,
    margin: float = 1.0,
    model: float = STANDARD,
    as_of: float | None = None,
    confidence: float = 0.95,
) -> Kinds:
    """Compare customers by a characteristic with names, each with the one that most customers have.

    kinds: a code a transaction; that of the first purchase counts. value: of a new customer, margin × spend
    per purchase × repeat purchases to expect in the horizon, in weeks, by default a year. The rest and
    errors as in `customers.forecast`; `NotAvailable` for kinds that are none to
    compare (`kinds.compared`).
    """
    terms = terms_of(horizon, margin, model=model, confidence=confidence)
    log = Log(customers, days, amounts)
    _, summary = prepare(log, as_of)
    kind, counts, columns, which = compared(_at_start(kinds, summary, log), "klanten", "GETALEFFECT")
    model = chosen(model, log, as_of, WEEK)
    found = estimate(model, summary.frequency, summary.recency, summary.T, columns[which])
    effects = effects_of(found, columns, columns[0], terms.horizon, terms.confidence)
    return _table(kind, counts, effects, _spend(summary, which, kind.size), terms)


def of_numbers(
    customers: Codes,
    days: Floats,
    numbers: Floats,
    amounts: Floats,
    horizon: float | None = None,
    margin: float = 1.0,
    model: float = STANDARD,
    as_of: float | None = None,
    confidence: float = 0.95,
) -> Kinds:
    """Compare customers with a low, the middle and a high number, such as an age or a first amount.

    numbers: a transaction each; that of the first purchase counts. The rest and
    errors as in `of_names` and `kinds.by_number`.
    """
    terms = terms_of(horizon, margin, model=model, confidence=confidence)
    log = Log(customers, days, amounts)
    _, summary = prepare(log, as_of)
    found = by_number(_at_start(numbers, summary, log), "klanten")
    code = chosen(model, log, as_of, WEEK)
    explained = estimate(code, summary.frequency, summary.recency, summary.T, found.own)
    effects = effects_of(explained, found.columns, np.zeros(1), terms.horizon, terms.confidence)
    # Who is nearest to which of these tells what is spent
    many = found.kind.size
    counts = np.bincount(found.which, minlength=many).astype(np.float64)
    measure = words.measure(found.beyond, found.ends)
    return _table(found.kind, counts, effects, _spend(summary, found.which, many), terms, measure)


def _at_start(column: Codes | Floats, summary: Summary, log: Log) -> Floats:
    """What each customer of a summary was at the first purchase."""
    if column.size != log.customers.size:
        raise WrongType("Het kenmerk is niet even lang als de klanten.")
    return column[row_at_start(summary, log)].astype(np.float64)


def _spend(summary: Summary, kind: Codes, many: int) -> tuple[Floats, Floats]:
    """Net currency per purchase of all customers of each kind together, and the error of its logarithm.

    The error is that of a ratio over customers (Cochran 1977, "Sampling techniques"); not known of one.
    """
    bought, size = summary.frequency + 1, np.bincount(kind, minlength=many)
    purchases = np.maximum(np.bincount(kind, bought, many), 1)
    spend = np.bincount(kind, summary.revenue, many) / purchases
    apart = np.bincount(kind, (summary.revenue - spend[kind] * bought) ** 2, many)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(apart * size / (size - 1)) / purchases / spend
    return spend, np.where((size > 1) & (spend > 0), error, CellError.NA.nan)


def _table(
    kind: Codes | Floats,
    counts: Floats,
    effects: Effects,
    spent: tuple[Floats, Floats],
    terms: Terms,
    measure: str = words.MEASURE,
) -> Kinds:
    spend, error = spent
    value = terms.margin * spend * effects.expected
    lower, upper = intervals.around(value, np.hypot(effects.error, error), terms.confidence)
    ends = zip(*effects[1:3], *effects[4:6], counts, strict=True)
    notes = [words.note(*row, few=count < _FEW) for *row, count in ends]
    notes[0] = measure
    return Kinds(kind, counts, *effects[:-1], spend, value, lower, upper, np.array(notes))
