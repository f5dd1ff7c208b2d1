"""Cohorts: customers by the period of their first purchase, their first product or their channel.

Only whole periods count: what a running one has so far would look like a fall. A cell is of the customers
whose first purchase lies so long ago, so that the future is blank and nobody counts before his time.
"""

from __future__ import annotations

import datetime as dt
from itertools import accumulate, takewhile
from typing import Any, NamedTuple

from klantwaarde_xl.data.periods import YEAR, month_end, month_number
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.groups import SEVERAL, UNKNOWN
from klantwaarde_xl.dutch import MONTHS, MONTHS_SHORT, format_date, format_number

AGES = 12  # of a table's columns, beside the period of the first purchase
UNITS = {"maand": 1, "kwartaal": 3, "jaar": YEAR}
PLURALS = {"maand": "maanden", "kwartaal": "kwartalen", "jaar": "jaar"}
LEAST = 10  # customers below which a mean says nothing, where there are more in all
ALL = "alle groepen"
_FIELDS = {"eerste product": '"eerste product"', "kanaal": "kanaal"}

_CELLS = """
    with firsts as (
      select klant, min(year(dag) * 12 + month(dag) - 1) // $unit as start from tx
      where bedrag >= 0 and klant is not null and dag <= $end group by klant
    ), known as ({known}),
    placed as (select klant, start, {group} as groep from firsts left join known using (klant)),
    sizes as (select groep, start, count(*) as n from placed group by all),
    cells as (
      select groep, start, greatest((year(dag) * 12 + month(dag) - 1) // $unit - start, 0) as age,
        count(distinct klant) filter (bedrag >= 0) as active, cast(sum(bedrag) as double) as revenue
      from tx join placed using (klant) where dag <= $end group by all
    )
    select groep, start, n, age, coalesce(active, 0), coalesce(revenue, 0)
    from sizes left join cells using (groep, start) order by start, groep, age"""


class Group(NamedTuple):
    """Customers together: by age how many are that old, of these who bought, and their revenue."""

    name: str
    size: int
    old: list[int]
    active: list[int]
    revenue: list[float]

    def share(self, age: int) -> float | None:
        """Who bought at an age, of those who are that old."""
        return self.active[age] / self.old[age] if self.old[age] else None

    def earned(self, ages: int) -> list[float | None]:
        """Revenue per customer, added up from the first purchase on; None beyond what was seen."""
        each = [self.revenue[age] / self.old[age] for age in range(ages) if self.old[age]]
        return [*accumulate(each), *(None,) * (ages - len(each))]


class Cohorts(NamedTuple):
    """The groups of a shop and all together; unit: of an age, in months; why: there are none."""

    groups: list[Group]
    together: Group | None
    unit: str
    why: str = ""

    @property
    def year(self) -> int:
        """How many periods a year is."""
        return YEAR // UNITS[self.unit]


def cohorts_by(context: Context, unit: str, group: str = "eerste aankoop") -> Cohorts:
    """The groups of a shop over its whole periods; empty with a reason where there are none."""
    months, place = UNITS[unit], _FIELDS.get(group)
    last_month = context.periods.last_month
    last = (month_number(last_month) + 1) // months - 1
    first = month_number(context.first_day) // months
    if last < first:
        ready = month_end(_first_of((first + 1) * months - 1))
        heel = "hele" if unit == "maand" else "heel"
        other = "" if unit == "maand" else " Of kies een kortere periode op Instellingen."
        why = f"Er is nog geen {heel} {unit} met orders; ververs na {format_date(ready)}.{other}"
        return Cohorts([], None, unit, why)
    if place and not context.has("klanten"):
        return Cohorts([], None, unit, f"Voor groepen per {group} vult u het blad Klanten; ververs daarna.")
    end = month_end(_first_of((last + 1) * months - 1))
    known = "select null as klant, null as groep where false"
    if place:
        known = f"""select klant, case when count(distinct {place}) > 1 then '{SEVERAL}'
            else max({place}) end as groep from klanten group by klant"""
    label = f"coalesce(groep, '{UNKNOWN}')" if place else "cast(start as varchar)"
    sql = _CELLS.format(known=known, group=label)
    rows = context.rows("transacties", sql, unit=months, end=end)
    if not rows:
        why = (
            "Van geen enkele order in hele perioden is bekend wie de klant is: zonder klant is er geen groep."
        )
        return Cohorts([], None, unit, why)
    if place and all(row[0] == UNKNOWN for row in rows):
        return Cohorts([], None, unit, f"Op het blad Klanten staat van niemand de kolom {group}.")
    width = last - first + 1
    together = _group(ALL, rows, width, last)
    names = dict.fromkeys(row[0] for row in rows)
    found = [_group(name, [row for row in rows if row[0] == name], width, last) for name in names]
    if place:
        found.sort(key=lambda one: (one.name == UNKNOWN, -one.size, one.name))
    else:
        found = [one._replace(name=_period(int(one.name), unit)) for one in found]
    return Cohorts(found, together, unit)


def _group(name: str, rows: list[Row], width: int, last: int) -> Group:
    sizes = {(row[0], row[1]): row[2] for row in rows}
    old = [sum(n for (_, start), n in sizes.items() if start + age <= last) for age in range(width)]
    active, revenue = [0] * width, [0.0] * width
    for _, _, _, age, many, amount in rows:
        if age is not None:
            active[age] += many
            revenue[age] += amount
    return Group(name, sum(sizes.values()), old, active, revenue)


def _first_of(number: int) -> dt.date:
    return dt.date(number // YEAR, number % YEAR + 1, 1)


def _period(number: int, unit: str) -> str:
    """What a period is called: jan 2024, K1 2024, 2024."""
    day = _first_of(number * UNITS[unit])
    names = {
        "maand": f"{MONTHS_SHORT[day.month - 1]} {day.year}",
        "kwartaal": f"K{day.month // 3 + 1} {day.year}",
    }
    return names.get(unit, f"{day.year}")


def chosen(context: Context) -> Cohorts:
    """The groups that the settings ask for."""
    return cohorts_by(context, context.settings.cohort_period, context.settings.cohort_group)


def by_period(context: Context) -> Cohorts:
    """The groups by first purchase, whatever a table shows."""
    return cohorts_by(context, context.settings.cohort_period)


def by_month(context: Context) -> Cohorts:
    """The groups by the month of the first purchase."""
    return cohorts_by(context, "maand")


def _padded(values: list[Any]) -> list[Any]:
    shown = values[: AGES + 1]
    return [*shown, *(None,) * (AGES + 1 - len(shown))]


def _rows(context: Context, what: str) -> list[Row]:
    cohorts = context.once(chosen)
    margin = context.settings.margin
    if cohorts.together is None or (what == "waarde" and margin is None):
        return []
    groups = cohorts.groups if what in ("klanten", "omzet") else [cohorts.together, *cohorts.groups]
    return [(one.name, one.size, *_padded(_values(one, what, margin or 0.0))) for one in groups]


def _values(group: Group, what: str, margin: float) -> list[Any]:
    """What a group shows at each age; None for the future."""
    ages = range(len(group.old))
    if what == "aandeel":
        return [group.share(age) for age in ages]
    if what == "waarde":
        return [None if value is None else value * margin for value in group.earned(len(ages))]
    counted = group.active if what == "klanten" else group.revenue
    return [value if old else None for value, old in zip(counted, group.old, strict=True)]


# ── the figures of the page ─────────────────────────────────────────────────────────────────


def _share(context: Context) -> Made:
    from klantwaarde_xl.kernels.measures import wilson

    figures: dict[str, Any] = dict.fromkeys(one.name for one in SHARE.figures)
    cohorts, shown = context.once(by_period), context.once(chosen)
    unit = cohorts.unit
    figures |= {"cohort_bericht": shown.why or None, "cohort_periode": unit}
    if runs := context.periods.runs_to:
        month, past = MONTHS[runs.month - 1].capitalize(), context.today > month_end(runs)
        state = "is niet heel" if past else "loopt nog"
        figures["cohort_loopt"] = f"{month} {state} (t/m {format_date(runs)}) en telt niet mee."
    together = cohorts.together
    if together is not None:
        figures |= {"cohort_groepen": len(cohorts.groups), "cohort_klanten": together.size}
        year = cohorts.year
        if len(together.old) > year and together.old[year]:
            low, high = wilson(together.active[year], together.old[year])
            figures |= {
                "cohort_jaar": together.share(year),
                "cohort_jaar_laag": low,
                "cohort_jaar_hoog": high,
            }
        figures["cohort_oordeel"] = _newest(cohorts)
    if figures["cohort_jaar"] is None:
        months = UNITS[unit]
        last = (month_number(context.first_day) // months + cohorts.year + 1) * months - 1
        figures["cohort_vanaf"] = month_end(_first_of(last)) + dt.timedelta(days=1)
    return Made(_rows(context, "aandeel"), figures)


def _value(context: Context) -> Made:
    rows = _rows(context, "waarde")
    return Made(rows, {"waarde_groepen": len(rows) - 1 if rows else None})


def _newest(cohorts: Cohorts) -> str | None:
    """Whether the newest third of the groups comes back more than those before, at the same age.

    The age is the first at which anybody came back: a shop that sells at Christmas sees
    nobody a quarter later.
    """
    aged = ([one for one in cohorts.groups if len(one.old) > age and one.old[age]] for age in range(1, AGES))
    enough = list(takewhile(lambda ripe: len(ripe) >= 3, aged))
    if not enough:
        return None
    age, ripe = next(
        ((age, ripe) for age, ripe in enumerate(enough, 1) if any(one.active[age] for one in ripe)), (0, [])
    )
    if not age:
        return "Nog niemand kwam in een latere periode terug, uit geen enkele groep."
    cut = max(1, len(ripe) // 3)
    (old_n, old), (new_n, new) = (
        (sum(one.old[age] for one in part), sum(one.active[age] for one in part))
        for part in (ripe[:-cut], ripe[-cut:])
    )
    after = f"één {cohorts.unit}" if age == 1 else f"{age} {PLURALS[cohorts.unit]}"
    before, now, all_ = old / old_n, new / new_n, (old + new) / (old_n + new_n)
    noise = 1.96 * (all_ * (1 - all_) * (1 / old_n + 1 / new_n)) ** 0.5
    shares = [format_number(round(100 * share, 1), 1) for share in (now, before)]
    said = "vaker" if now > before else "minder vaak"
    if shares[0] == shares[1]:
        said = "even vaak"
    elif abs(now - before) <= noise:
        said = "niet aantoonbaar vaker of minder vaak"
    return f"Nieuwe groepen komen {said} terug: {shares[0]}% tegen {shares[1]}% na {after}."


# ── declarations ────────────────────────────────────────────────────────────────────────────

_SETTINGS = ("kw_peildatum", "kw_cohortperiode", "kw_groep")


def _columns(number: str, note: str) -> tuple[Column, ...]:
    ages = (f"na {age}" for age in range(1, AGES + 1))
    return (
        Column("groep", "tekst"),
        Column("omvang", "aantal", "Klanten in de groep."),
        Column("begin", number, f"In de periode van de eerste aankoop. {note}"),
        *(Column(name, number) for name in ages),
    )


SHARE = Result(
    name="cohortaandeel",
    title="Cohorten: deel dat kocht",
    compute=_share,
    table="tblCohortAandeel",
    columns=_columns("procent", "Deel van de klanten dat toen kocht."),
    key=("groep",),
    figures=(
        Figure("cohort_groepen", "Groepen", "aantal", "Met minstens één hele periode."),
        Figure("cohort_klanten", "Klanten in de groepen", "aantal"),
        Figure("cohort_periode", "Periode van een groep", "tekst"),
        Figure(
            "cohort_jaar", "Koopt een jaar later", "procent", "In de periode een jaar na de eerste aankoop."
        ),
        Figure("cohort_jaar_laag", "Koopt een jaar later, laag (95%)", "procent"),
        Figure("cohort_jaar_hoog", "Koopt een jaar later, hoog (95%)", "procent"),
        Figure("cohort_vanaf", "Een jaar later is te tellen vanaf", "datum", "Leeg als dat al kan."),
        Figure("cohort_oordeel", "Nieuwe groepen tegen eerdere", "tekst"),
        Figure("cohort_loopt", "Wat nog loopt", "tekst"),
        Figure("cohort_bericht", "Melding over de groepen", "tekst"),
    ),
    settings=_SETTINGS,
    counted=("groep", "groepen"),
)
CUSTOMERS = Result(
    name="cohortklanten",
    title="Cohorten: klanten die kochten",
    compute=lambda context: Made(_rows(context, "klanten")),
    table="tblCohortKlanten",
    columns=_columns("aantal", "Klanten die toen kochten."),
    key=("groep",),
    settings=_SETTINGS,
    counted=("groep", "groepen"),
)
REVENUE = Result(
    name="cohortomzet",
    title="Cohorten: omzet",
    compute=lambda context: Made(_rows(context, "omzet")),
    table="tblCohortOmzet",
    columns=_columns("euro", "Omzet van de groep, retouren eraf."),
    key=("groep",),
    settings=_SETTINGS,
    counted=("groep", "groepen"),
)
VALUE = Result(
    name="cohortwaarde",
    title="Cohorten: waarde per klant, opgeteld",
    compute=_value,
    table="tblCohortWaarde",
    columns=_columns("euro2", "Marge per klant van de groep, opgeteld vanaf de eerste aankoop."),
    key=("groep",),
    figures=(Figure("waarde_groepen", "Groepen met een waarde", "aantal", "Leeg zonder marge."),),
    settings=(*_SETTINGS, "kw_marge"),
    counted=("groep", "groepen"),
)
