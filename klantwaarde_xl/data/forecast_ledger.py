"""The ledger of forecasts (Voorspelboek): what was expected when, filed in rows, and what came of it.

A row is one claim: from the day of a forecast until so many weeks later, all customers of that day will
make so many purchases, with the interval of what may come. Each forecast files a row for every four weeks,
so that it can be judged while its horizon runs. A row that says something else, of the user's own making,
goes on as it is.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np

from klantwaarde_xl.data.filed_models import read_again, written
from klantwaarde_xl.data.forecast_basis import Basis, tried
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.data.settings import LAST_DAY
from klantwaarde_xl.dutch import EPOCH, format_date, format_number, serial_to_date
from klantwaarde_xl.kernels.arrays import Floats
from klantwaarde_xl.kernels.models.buying.face import functions_of
from klantwaarde_xl.kernels.models.checks.scoring import came, customers_at
from klantwaarde_xl.kernels.models.log.prepare import prepare
from klantwaarde_xl.kernels.models.log.purchases import Purchases
from klantwaarde_xl.kernels.models.log.summary import Summary, Unit
from klantwaarde_xl.kernels.models.outcomes import TENTHS, outcome, tenths_of
from klantwaarde_xl.kernels.models.season.view import View
from klantwaarde_xl.refusals.titles import called

LONGEST = 1000.0  # weeks
EVERY, A_YEAR = 4.0, 52.0  # weeks: between the rows of a forecast, in its first year and after it
SAME = 0.01  # of the customers, or of what was expected: data that differ by more are other data
COLUMNS = (
    "peildatum",
    "weken",
    "tot en met",
    "klanten",
    "verwacht",
    "laag",
    "hoog",
    "kwam",
    "verschil",
    "oordeel",
    "model",
    "waarde",
    "gemaakt op",
    *(f"tiende {number}" for number in range(1, TENTHS + 1)),
    "parameters",
)
WITHIN, LESS, MORE, RUNS = "binnen de marge", "minder dan verwacht", "meer dan verwacht", "loopt nog"
CANNOT = "uitkomst niet te bepalen"
NO_DATA = "wacht op nieuwere gegevens"
_AT = {name: place for place, name in enumerate(COLUMNS)}


@dataclass
class Claim:
    """A row of the ledger by column; day and until: the day of the forecast and the last that it is about."""

    row: list[Any]

    def __getitem__(self, name: str) -> Any:
        return self.row[_AT[name]]

    def __setitem__(self, name: str, value: Any) -> None:
        self.row[_AT[name]] = value

    @property
    def day(self) -> dt.date:
        """The day of the forecast."""
        day: dt.date = self["peildatum"]
        return day

    @property
    def until(self) -> dt.date:
        """The last day that it is about."""
        return self.day + dt.timedelta(days=math.floor(7 * self["weken"]))

    @property
    def is_claim(self) -> bool:
        """Whether the row says all that a claim must say."""
        numbers = [self[name] for name in ("weken", "klanten", "verwacht", "laag", "hoog")]
        known = all(isinstance(one, int | float) and 0 <= one < math.inf for one in numbers)
        day = self["peildatum"]
        return known and isinstance(day, dt.date) and day <= LAST_DAY and 0 < self["weken"] <= LONGEST

    @property
    def is_scored(self) -> bool:
        """Whether it is known what came."""
        return isinstance(self["kwam"], int | float)

    @property
    def is_within(self) -> bool:
        """Whether what came lies between the ends."""
        return bool(self["laag"] <= self["kwam"] <= self["hoog"])

    def score(self, purchases: float, about: str) -> None:
        """Enter what came; about: what is to be said of the data it was counted in."""
        self["kwam"], self["verschil"] = round(purchases), purchases - self["verwacht"]
        said = WITHIN if self.is_within else LESS if purchases < self["laag"] else MORE
        self["oordeel"] = f"{said} ({about})" if about else said


@dataclass(frozen=True)
class Ledger:
    """The rows after a refresh: claims, those of one forecast together, and rows of another making."""

    basis: Basis
    claims: Sequence[Claim]
    others: Sequence[Row] = field(default_factory=tuple)

    @property
    def rows(self) -> list[Row]:
        """The rows as they are filed, the newest forecast on top."""
        ordered = sorted(self.claims, key=lambda one: one["weken"])
        ordered.sort(key=lambda one: one.day, reverse=True)
        return [*(tuple(one.row) for one in ordered), *self.others]

    @cached_property
    def judged(self) -> list[Claim]:
        """Of each forecast with an outcome the claim that reaches farthest, the oldest forecast first."""
        scored = sorted(
            (one for one in self.claims if one.is_scored), key=lambda one: (one.day, one["weken"])
        )
        return [[*same][-1] for _, same in groupby(scored, key=lambda one: one.day)]

    @cached_property
    def apart(self) -> list[Claim]:
        """Claims with an outcome about stretches of time that do not overlap, so that they may be added up.

        Of each forecast the one that reaches farthest, but not beyond the next forecast, if it can.
        """
        scored = sorted(
            (one for one in self.claims if one.is_scored), key=lambda one: (one.day, one["weken"])
        )
        forecasts = [[*same] for _, same in groupby(scored, key=lambda one: one.day)]
        found: list[Claim] = []
        for at, claims in enumerate(forecasts):
            if found and claims[0].day < found[-1].until:
                continue
            nexts = [other[0].day for other in forecasts[at + 1 :]]
            until = [one for one in claims if not nexts or one.until <= nexts[0]]
            found.append(until[-1] if until else claims[0])
        return found

    @property
    def last(self) -> Claim | None:
        """Of the last forecast before this one the claim that reaches farthest of what has passed by now."""
        now = _day_of(self.basis.as_of)
        before = [one for one in self.claims if one.is_scored and one.day < one.until <= now]
        return max(before, key=lambda one: (one.day, one["weken"]), default=None)


def ledger_of(basis: Basis, earlier: Iterable[Row], today: dt.date) -> Ledger:
    """File the forecast of a basis, and judge those of earlier rows by the data that are there now.

    earlier: rows as `COLUMNS` has them; of the day of this forecast they are replaced, if there is one.
    """
    rows = [Claim([*row]) for row in earlier]
    new = _filed(basis, today)
    now, known = _day_of(basis.as_of), reached(basis)
    kept = [one for one in rows if one.is_claim and not (new and one.day == now)]
    for day in {one.day for one in kept}:
        _judge([one for one in kept if one.day == day], basis, known)
    others = tuple(tuple(one.row) for one in rows if not one.is_claim)
    return Ledger(basis, (*new, *kept), others)


def _filed(basis: Basis, today: dt.date) -> list[Claim]:
    """The claims of a forecast; none without one."""
    models, made = basis.models[0], basis.expected[0]
    if models is None or made is None:
        return []
    weeks = weeks_of(basis.terms.horizon)
    found, _ = tried(lambda: outcome(basis.summary, models, basis.terms, weeks))
    if found is None:
        return []
    params = written(models.buying, models.season)
    value = math.fsum(made.value)
    claims = []
    for at, length in enumerate(weeks.tolist()):
        one = Claim([None] * len(COLUMNS))
        one["peildatum"], one["weken"] = _day_of(basis.as_of), length
        one["tot en met"], one["oordeel"], one["gemaakt op"] = one.until, RUNS, today
        one["klanten"], one["verwacht"] = int(basis.summary.T.size), float(found.expected[at])
        one["laag"], one["hoog"] = int(found.lower[at]), int(found.upper[at])
        one["waarde"] = value if length == weeks[-1] and math.isfinite(value) else None
        one["model"], one["parameters"] = called(models.buying.model), params
        for number, expected in enumerate(found.tenths[at].tolist(), 1):
            one[f"tiende {number}"] = expected
        claims.append(one)
    return claims


def weeks_of(horizon: float) -> Any:
    """After how many weeks a forecast can be judged: every four in its first year, every year, its end."""
    first = np.arange(EVERY, min(horizon, A_YEAR), EVERY)
    later = np.arange(A_YEAR, horizon, A_YEAR)
    return np.unique(np.concatenate([first, later, [float(horizon)]]))


def reached(basis: Basis) -> float:
    """Return the last day, up to that of the forecast, of which the data tell what was bought.

    A day of the forecast beyond the last row may be chosen, or stay where an older export is read: then the
    days behind that row tell nothing, but for a silence no longer than this shop had before.
    """
    days = np.unique(np.floor(basis.log.days))
    days = days[days <= basis.as_of]
    if not days.size:
        return -math.inf
    return min(basis.as_of, float(days[-1] + np.diff(days).max(initial=0)))


def _judge(claims: Sequence[Claim], basis: Basis, known: float) -> None:
    """Enter what came of the claims of one forecast, as far as they have passed and the data allow.

    known: the last day that the data tell of.

    What was entered before stays where the data do not: a newer export may begin later. A forecast of which
    the whole horizon was judged is closed.
    """
    if all(one.is_scored for one in claims):
        return
    passed = [one for one in claims if _number(one.until) <= known]
    for one in claims:
        if one not in passed and not one.is_scored:
            one["oordeel"] = RUNS if _number(one.until) > basis.as_of else NO_DATA
    if not passed:
        return
    there, bought = customers_at(basis.log, _number(passed[0].day)), _bought(basis)
    now = 0 if there is None else int(there.T.size)
    for one in passed:
        then = one["klanten"]
        about = f"nu {_count(now)} klanten tot en met die dag, toen {_count(then)}"
        if there is not None and abs(now - then) <= SAME * then:
            purchases = float(came(bought, there, _number(one.until)).sum())
            one.score(purchases, "" if now == then else about)
        elif not one.is_scored:
            one["oordeel"] = f"{CANNOT}: {about}"


def _bought(basis: Basis) -> Purchases:
    return prepare(basis.log, basis.as_of)[0]


# ── tenths ──────────────────────────────────────────────────────────────────────────────────


def tenths(ledger: Ledger) -> tuple[list[Row], str]:
    """What the last forecast that was judged expected of each tenth of the customers, and what came.

    Rows: tenth, customers, expected, came; none where the data up to that day have changed, and why.
    """
    last = ledger.last
    if last is None:
        return [], ""
    basis, day = ledger.basis, _number(last.day)
    if _number(last.until) > reached(basis):
        until = format_date(last.until)
        return (
            [],
            f"Wat elke tiende tot en met {until} kocht, is niet te zeggen: de gegevens eindigen eerder.",
        )
    there = customers_at(basis.log, day)
    place = None if there is None else _tenths_again(ledger, last, there)
    if there is None or place is None:
        return [], (
            f"De gegevens tot en met {format_date(last.day)} zijn nu anders dan bij de voorspelling van "
            "die dag; wie in welke tiende viel, is niet meer te zeggen."
        )
    each = came(_bought(basis), there, _number(last.until))
    members = np.bincount(place, minlength=TENTHS)
    sums = np.bincount(place, weights=each, minlength=TENTHS)
    rows: list[Row] = [
        (number, int(members[number - 1]), last[f"tiende {number}"], round(sums[number - 1]))
        for number in range(1, TENTHS + 1)
        if members[number - 1]
    ]
    return rows, ""


def _tenths_again(ledger: Ledger, last: Claim, there: Summary) -> Any:
    """The tenth of each customer by the model as it was filed; None where that says something else now."""
    fit, season = read_again(last["model"], last["parameters"], int(last["klanten"]), ledger.basis.calendars)
    if fit is None or abs(there.T.size - last["klanten"]) > SAME * last["klanten"]:
        return None
    farthest = max(one["weken"] for one in ledger.claims if one.day == last.day)
    known, expected = fit, functions_of(fit).conditional_expected

    def of_each(weeks: float) -> Floats:
        view = View(there, season, Unit.WEEK.days, weeks, 0.0)
        return expected(known.params, *view.history, view.time)

    if abs(of_each(last["weken"]).sum() - last["verwacht"]) > SAME * last["verwacht"]:
        return None
    return tenths_of(of_each(farthest))


# ── words ───────────────────────────────────────────────────────────────────────────────────


def waits(ledger: Ledger) -> str:
    """Why there is no earlier forecast to show an outcome of, and from which day there can be one."""
    if ledger.last is not None:
        return ""
    if refused := _refused(ledger):
        return f"Vorige voorspelling: {refused[0]}. Neem een export die even ver teruggaat."
    if day := coming(ledger):
        return f"Voorspelboek: nog geen uitkomst; die is er met gegevens tot en met {format_date(day)}."
    return "Voorspelboek: nog geen uitkomst, want er is nog geen voorspelling gemaakt."


def coming(ledger: Ledger) -> dt.date | None:
    """The first day up to which data give an outcome; None where one that passed cannot be judged."""
    known = reached(ledger.basis)
    later = [one.until for one in ledger.claims if _number(one.until) > known and not one.is_scored]
    return None if _refused(ledger) else min(later, default=None)


def _refused(ledger: Ledger) -> list[str]:
    return [one["oordeel"] for one in ledger.claims if str(one["oordeel"]).startswith(CANNOT)]


def _count(number: float) -> str:
    return format_number(number, 0)


def _day_of(number: float) -> dt.date:
    return serial_to_date(number)


def _number(day: dt.date) -> float:
    return float((day - EPOCH).days)
