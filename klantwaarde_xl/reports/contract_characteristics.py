"""Contracts and a characteristic of them: what it does to leaving and to value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import WrongType
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.covariates.contracts import effects_of, estimate
from klantwaarde_xl.kernels.models.plans import Rows, Terms, fitted, prices_of, worth
from klantwaarde_xl.kernels.spells import Codes, Contracts, Period, contracts_of, spells
from klantwaarde_xl.reports.kinds import by_number, compared
from klantwaarde_xl.wording import characteristics as words

_FEW = 10  # contracts of a kind from which next to nothing can be told


class Kinds(NamedTuple):
    """One row a kind of contract, the measure first; kind: its code, or its number."""

    kind: Codes | Floats
    contracts: Floats
    leaving: Floats
    leaving_lower: Floats
    leaving_upper: Floats
    renewing: Floats
    price: Floats
    value: Floats
    value_lower: Floats
    value_upper: Floats
    note: npt.NDArray[np.str_]


def of_names(
    starts: Floats,
    ends: Floats,
    kinds: Codes,
    amounts: Floats,
    as_of: float,
    interest: float,
    horizon: float | None = None,
    period: float = Period.MONTH,
    customers: Codes | None = None,
    gap: float = 0,
    confidence: float = 0.95,
) -> Kinds:
    """Compare contracts by a characteristic with names, each with the one that most contracts have.

    kinds: a code a row; of contracts that follow each other the first one's counts. leaving: times the odds
    of leaving at the first renewal; value: of a new contract. The rest and errors as in
    `contract_dates.plan_table`; `NotAvailable` for kinds that are none to compare (`kinds.compared`), or
    where nobody left.
    """
    terms = Terms(interest, horizon, 0, confidence)
    found = _Seen(Rows(starts, ends, kinds, amounts, customers), as_of, period, gap)
    kind, _, columns, which = compared(found.own(kinds), "contracten", "CONTRACTGETAL")
    return found.table(kind, columns[which], columns, which, terms)


def of_numbers(
    starts: Floats,
    ends: Floats,
    numbers: Floats,
    amounts: Floats,
    as_of: float,
    interest: float,
    horizon: float | None = None,
    period: float = Period.MONTH,
    customers: Codes | None = None,
    gap: float = 0,
    confidence: float = 0.95,
) -> Kinds:
    """Compare contracts with a low, the middle and a high number, such as an age or a discount.

    numbers: a row each. The rest and errors as in `of_names` and `kinds.by_number`.
    """
    terms = Terms(interest, horizon, 0, confidence)
    found = _Seen(Rows(starts, ends, np.zeros(starts.size, np.intp), amounts, customers), as_of, period, gap)
    spread = by_number(found.own(numbers), "contracten")
    measure = words.measure(spread.beyond, spread.ends)
    return found.table(spread.kind, spread.own, spread.columns, spread.which, terms, measure)


class _Seen:
    """Contracts up to the day of counting."""

    def __init__(self, rows: Rows, as_of: float, period: float, gap: float) -> None:
        self.contracts: Contracts = contracts_of(rows.starts, rows.ends, rows.customers, gap)
        self.spells, self.kept = spells(self.contracts, as_of, period)
        self.prices = prices_of(self.contracts, rows, as_of)[self.kept]
        self.starts = rows.starts

    def own(self, column: Codes | Floats) -> Floats:
        """What each contract was at its start."""
        if column.size != self.starts.size:
            raise WrongType("Het kenmerk is niet even lang als de contracten.")
        latest_first = np.argsort(-self.starts, kind="stable")
        found = np.zeros(self.contracts.start.size)
        found[self.contracts.of[latest_first]] = column[latest_first]  # the earliest remains
        return found[self.kept]

    def table(
        self,
        kind: Codes | Floats,
        columns: Floats,
        kinds: Floats,
        which: Codes,
        terms: Terms,
        measure: str = words.MEASURE,
    ) -> Kinds:
        """Columns: a row of characteristics a contract; kinds: a kind; which: the kind it is nearest to."""
        seen = self.spells.seen.astype(np.float64), self.spells.left.astype(np.float64)
        explained = estimate(fitted(self.spells), *seen, columns)
        effects = effects_of(explained, kinds, kinds[0], terms.confidence)
        counts = np.bincount(which, minlength=len(kinds)).astype(np.float64)
        prices = [self.prices[which == at] for at in range(len(kinds))]
        # Of a number that nobody is near to, the price of all
        prices = [one if one.size else self.prices for one in prices]
        values = [
            worth(explained.fit, lambda point, one=one: explained.values_of(one, point), price, terms)  # type: ignore[misc]
            for one, price in zip(kinds, prices, strict=True)
        ]
        ends = zip(effects.lower, effects.upper, counts, strict=True)
        notes = [words.leaving(lower, upper, few=count < _FEW) for lower, upper, count in ends]
        notes[0] = measure
        price = np.array([one.mean() for one in prices])
        worths = np.array(values).T
        return Kinds._make([kind, counts, *effects, price, *worths, np.array(notes)])
