"""The budget: how to spread over channels what is spent on them now, by what the next euro brings in each.

What a channel brings a month is its new customers × its CLV, over the twelve months that count; with other
money it brings as much as the square root of it says, which is an assumption (`kernels.budget`). Only
channels with a verdict are moved: of the others too little is known, and they keep what they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from klantwaarde_xl.data.periods import YEAR
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.acquired import JUDGED, by_key
from klantwaarde_xl.data.results.channels import CHANNELS, channels_of
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.errors import FunctionError
from klantwaarde_xl.refusals import money as refused

_ELASTICITY = 0.5  # as of BUDGETVERDELING, which says so
_EMPTY = "Zet op Budget de kanalen waarover u uw geld verdeelt; dan staat hier een voorstel."
_FEW = "Een voorstel vraagt 12 hele maanden met orders en kosten."
_UNKNOWN = "Geen kanaal op Budget heeft al een oordeel; dan is niet te zeggen waar geld meer brengt."
_CENT = 0.005
_KNOWN = 2.0  # times what was spent, beyond which nobody has seen what more money does
_WANTED = """
    select min(trim(kanaal)), lower(trim(kanaal)), cast(sum(nu) as double), cast(sum(vloer) as double),
      case when count(plafond) = count(*) then cast(sum(plafond) as double) end
    from budget group by 2 order by min(rij)"""


@dataclass(frozen=True)
class _Channel:
    """A channel of the budget, in euro a month.

    now, floor, ceiling: what it gets and between which bounds; spent: what it got in the months that count;
    brought: what that brought, None where nobody can tell, and then why.
    """

    name: str
    now: float
    floor: float
    ceiling: float
    spent: float
    brought: float | None
    why: str

    @property
    def kept(self) -> float:
        """What it has now, within its bounds."""
        return min(max(self.now, self.floor), self.ceiling)

    def brings(self, amount: float) -> float | None:
        """What it brings with so much money."""
        return None if self.brought is None else self.brought * float((amount / self.spent) ** _ELASTICITY)


def _spread(context: Context) -> Made:
    figures: dict[str, Any] = dict.fromkeys(one.name for one in SPREAD.figures)
    if not context.has("budget"):
        return Made((), figures | {"budget_bericht": _EMPTY})
    channels = context.once(channels_of)
    message = channels.figures["kanalen_bericht"]
    if message or channels.figures["kanalen_maanden"] != YEAR:
        return Made((), figures | {"budget_bericht": message or _FEW})
    known = by_key(context, channels.rows)
    wanted = context.rows("budget", _WANTED)
    found = [
        _channel(name, (now, floor, ceiling), known.get(key)) for name, key, now, floor, ceiling in wanted
    ]
    if all(one.brought is None for one in found):
        return Made((), figures | {"budget_bericht": _UNKNOWN})
    try:
        proposed = _proposed(found)
    except FunctionError as error:
        return Made((), figures | {"budget_bericht": f"{error.what} Verbeter het op Budget, en ververs."})
    rows = [_row(one, amount) for one, amount in zip(found, proposed, strict=True)]
    asked = {key for _, key, *_ in wanted}
    without = [row[0] for key, row in known.items() if (row[1] or 0) > 0 and key not in asked]
    return Made(
        rows,
        figures
        | {
            "budget_nu": sum(one.now for one in found),
            "budget_voorstel": sum(proposed),
            "budget_extra": sum((row[5] or 0.0) - (row[4] or 0.0) for row in rows),
            "budget_zonder": ", ".join(without) or None,
        },
    )


def _channel(name: str, said: tuple[float | None, float | None, float | None], row: Row | None) -> _Channel:
    """A channel of the budget; said: now, floor, ceiling; row: what is counted of it, None for nothing."""
    now, floor, ceiling = said
    verdict = row[10] if row else "staat niet op Kosten"
    spent, value = (row[1] or 0.0, row[7]) if row else (0.0, None)
    brought, why = None, verdict
    if row and verdict in JUDGED and value is not None:
        brought, why = (row[2] * value / YEAR, "") if value > 0 else (None, "brengt minder dan niets")
    most = float("inf") if ceiling is None else ceiling
    return _Channel(
        name, spent / YEAR if now is None else now, floor or 0.0, most, spent / YEAR, brought, why
    )


def _proposed(found: Sequence[_Channel]) -> list[float]:
    """What each gets: of who is not judged what it has, the rest of the money spread over the others.

    Raises `OutOfRange` for bounds that leave no way.
    """
    from klantwaarde_xl.kernels.budget import spread_budget

    if any(amount < 0 for one in found for amount in (one.now, one.floor, one.ceiling)):
        raise refused.NEGATIVE_BUDGET()
    if any(one.floor > one.ceiling for one in found):
        raise refused.FLOOR_ABOVE_CEILING()
    moved = [one for one in found if one.brought is not None]
    left = sum(one.now for one in found) - sum(one.kept for one in found if one.brought is None)
    if left < 0:
        raise refused.FLOORS_ABOVE_BUDGET()
    spread = spread_budget(
        np.arange(len(moved), dtype=np.intp),
        np.array([one.spent for one in moved]),
        np.array([one.brought for one in moved], dtype=np.float64),
        left,
        np.array([one.floor for one in moved]),
        np.array([np.nan if one.ceiling == np.inf else one.ceiling for one in moved]),
        _ELASTICITY,
    )
    given = iter(spread.proposed.tolist())
    return [one.kept if one.brought is None else next(given) for one in found]


def _row(one: _Channel, amount: float) -> Row:
    """A row of the proposal; amount: what it would get."""
    then = one.brings(amount)
    next_euro = None if then is None or amount <= 0 else _ELASTICITY * then / amount
    said = f"blijft zo: {one.why}" if one.why else ""
    if not one.why and amount >= one.ceiling - _CENT:
        said = "tot het plafond"
    elif not one.why and 0 < one.floor >= amount - _CENT:
        said = "tot de vloer"
    elif not one.why and amount > _KNOWN * one.spent:
        said = "veel meer dan ooit: ga in stappen"
    return one.name, one.now, amount, amount - one.now, one.brings(one.now), then, next_euro, said


SPREAD = Result(
    name="budgetvoorstel",
    title="Voorstel voor het budget",
    compute=_spread,
    table="tblBudgetvoorstel",
    columns=(
        Column("kanaal", "tekst", "In de volgorde van Budget."),
        Column("nu", "euro", "Per maand."),
        Column("voorstel", "euro", "Per maand, tussen vloer en plafond."),
        Column("verschil", "euro", "Voorstel − nu."),
        Column("brengt nu", "euro", "Per maand: nieuwe klanten × CLV."),
        Column("brengt straks", "euro", "Met keer zoveel geld de wortel daarvan keer zoveel."),
        Column("1 erbij brengt", "euro2", "Wat 1 meer dan het voorstel brengt."),
        Column("toelichting", "tekst", "Waarom een kanaal blijft zoals het is, of aan een grens zit."),
    ),
    key=("kanaal",),
    figures=(
        Figure("budget_nu", "Budget nu", "euro", "Per maand."),
        Figure("budget_voorstel", "Budget in het voorstel", "euro", "Per maand."),
        Figure("budget_extra", "Extra waarde", "euro", "Per maand, van hetzelfde geld anders verdeeld."),
        Figure("budget_zonder", "Niet op Budget", "tekst", "Kanalen met kosten."),
        Figure("budget_bericht", "Melding over het budget", "tekst"),
    ),
    settings=CHANNELS.settings,
    needs=("transacties", "kosten", "klanten", "budget"),
    counted=("kanaal", "kanalen"),
)
