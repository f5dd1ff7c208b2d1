"""Channels: what winning customers cost through each, and what they bring; and the same per month.

Both over the last twelve whole months, or as many as there are. A customer is new on the day of his first
order, of the channel that the customers' table has for him. Money that is of no channel (`kw_overige_kosten`)
is in the figures of all together only. A month that counts and of which there are no costs at all was left
out of them, or is not booked yet: then there is no CAC, which would be too low; 0 says nothing was spent.
"""

from __future__ import annotations

import math
from typing import Any

from klantwaarde_xl.data.periods import YEAR, months_before
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.acquired import (
    JUDGED,
    UNTOLD,
    WON,
    Window,
    cac_with_limits,
    months_without,
    rows_of,
    verdict_on,
    window_of,
    without_costs,
)
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.groups import SEVERAL, UNKNOWN
from klantwaarde_xl.data.results.retention import counted_retention
from klantwaarde_xl.dutch import runs_of_months
from klantwaarde_xl.wording.clv import COSTS, INTEREST, MARGIN, lacks

_YEARS = 50  # after which what is left of a customer pays for nothing

_PER_CHANNEL = f"""
    with {WON}, new_ as (
      select k, min(kanaal) as kanaal, count(*) as n from won
      where dag between $first and $last group by k
    ), costs as (
      select k, min(kanaal) as kanaal, cast(sum(bedrag) as double) as costs from spent group by k
    ), bought as (
      select k, count(distinct tx.klant) filter (bedrag >= 0) as buyers,
        cast(sum(bedrag) as double) as revenue
      from tx join won using (klant) where tx.dag between $first and $last group by k
    )
    select coalesce(costs.kanaal, new_.kanaal), coalesce(costs, 0), coalesce(n, 0), buyers, revenue
    from costs full join new_ using (k) left join bought using (k) order by 1"""
_PER_MONTH = f"""
    with {WON}, months as (
      select cast(unnest(generate_series($first, $last, interval 1 month)) as date) as maand
    ), costs as (select maand, cast(sum(bedrag) as double) as costs from spent group by maand),
    paid as (select distinct k from spent where bedrag > 0),
    new_ as (
      select cast(date_trunc('month', dag) as date) as maand, count(*) as n,
        count(*) filter (k in (from paid)) as n_paid
      from won where dag between $first and $last group by 1
    )
    select maand, coalesce(costs, 0), coalesce(n, 0), coalesce(n_paid, 0)
    from months left join costs using (maand) left join new_ using (maand) order by maand"""


_AT_BEGIN = """
    select count(distinct klant) from tx
    where bedrag >= 0 and klant is not null and dag >= $since and dag < $first"""


def _at_begin(context: Context, window: Window) -> int | None:
    """Customers when the months that count begin; None where the data do not reach far enough back."""
    since = months_before(window.first, context.settings.inactive_months)
    if context.first_day.replace(day=1) > since:
        return None
    rows = context.rows("transacties", _AT_BEGIN, since=since, first=window.first)
    return int(rows[0][0])


def channels_of(context: Context) -> Made:
    """The rows and figures of all channels, for other results too."""
    figures: dict[str, Any] = dict.fromkeys(one.name for one in CHANNELS.figures)
    window = window_of(context)
    if window is None:
        return Made((), figures | {"kanalen_bericht": "Er is nog geen hele maand met orders."})
    found = rows_of(context, _PER_CHANNEL, window)
    told = any(row[1] for row in found) and not context.once(without_costs)
    rows = [_row(context, window, *one, told=told) for one in found]
    rows.sort(key=_place)
    return Made(rows, figures | _together(context, window, found))


def _place(row: Row) -> tuple[bool, bool, float, str]:
    """Where a channel stands: the best ratio on top, then what has no verdict, then what costs nothing."""
    name, costs, ratio, verdict = row[0], row[1], row[8], row[10]
    return (costs or 0) <= 0, verdict not in JUDGED, 1.0 if ratio is None else -ratio, name


def _row(
    context: Context,
    window: Window,
    name: str,
    costs: float,
    new: int,
    buyers: int | None,
    revenue: float | None,
    *,
    told: bool,
) -> Row:
    """A channel's row; told: whether there are costs, of each month, without which no channel is free."""
    settings = context.settings
    yearly = _yearly(window, buyers, revenue)
    value = _clv(context, yearly)
    cost, low, high = cac_with_limits(costs, new) if told else (None, None, None)
    ratio = value / cost if value is not None and cost else None
    months = _payback(context, cost, yearly)
    verdict = UNTOLD
    if told:
        verdict = verdict_on(costs, new, ratio, least=settings.least_customers, goal=settings.goal_ratio)
    return name, costs if told else None, new, cost, low, high, yearly, value, ratio, months, verdict


def _yearly(window: Window, buyers: int | None, revenue: float | None) -> float | None:
    """Revenue of a buyer in a year; of a part of a year that is not known: few buy in each part."""
    return revenue / buyers if buyers and revenue is not None and window.months == YEAR else None


def _clv(context: Context, yearly: float | None) -> float | None:
    """Margin of a customer of these for as long as customers of the shop stay; None without the figures."""
    from klantwaarde_xl.kernels.value import Timing, clv

    settings, retention = context.settings, counted_retention(context)
    margin = _earned(context, yearly)
    if margin is None or retention is None or settings.interest is None:
        return None
    value = float(clv(margin, retention, settings.interest, 0, Timing.NOW))
    return value if value == value else None


def _earned(context: Context, yearly: float | None) -> float | None:
    """What a customer brings in a year, after what he costs; None where one of these is not filled in."""
    margin, costs = context.settings.margin, context.settings.customer_cost
    return None if yearly is None or margin is None or costs is None else yearly * margin - costs


def _payback(context: Context, cost: float | None, yearly: float | None) -> int | None:
    """Months until the margin has paid for winning a customer, with those who leave; None for never.

    As the CLV here counts: who is there at the start of a year brings its margin, month by month.
    """
    margin, retention, earned = _earned(context, yearly), counted_retention(context), 0.0
    if not cost or margin is None or retention is None:
        return None
    for year in range(_YEARS):
        if margin > 0 and earned + margin >= cost:
            return math.ceil(round(YEAR * (year + (cost - earned) / margin), 9))
        earned, margin = earned + margin, margin * retention
    return None


def _together(context: Context, window: Window, found: list[Row]) -> dict[str, Any]:
    """The figures of all channels, with the costs that are of none."""
    costs = sum(row[1] for row in found) + window.months * (context.settings.other_costs or 0) or None
    if context.once(without_costs):
        costs = None
    new = sum(row[2] for row in found)
    paid = sum(row[2] for row in found if row[1] > 0)
    buyers, revenue = sum(row[3] or 0 for row in found), sum(row[4] or 0 for row in found)
    yearly = _yearly(window, buyers, revenue)
    value, cost = _clv(context, yearly), costs / new if costs and new else None
    return {
        "kanalen_maanden": window.months,
        "kanalen_van": window.first,
        "kanalen_kosten": costs,
        "kanalen_nieuw": new,
        "kanalen_begin": _at_begin(context, window),
        "kanalen_cac": cost,
        "kanalen_cac_betaald": costs / paid if costs and paid else None,
        "kanalen_cac_eerder": _a_year_before(context, window),
        "kanalen_jaarmarge": _earned(context, yearly)
        if cost and counted_retention(context) is not None
        else None,
        "kanalen_clv": value,
        "kanalen_ratio": value / cost if value is not None and cost else None,
        "kanalen_terugverdiend": _payback(context, cost, yearly),
        "kanalen_onbekend": sum(row[2] for row in found if row[0] in (UNKNOWN, SEVERAL)),
        "kanalen_bericht": _lacks(context, window, costs, new),
    }


def _a_year_before(context: Context, window: Window) -> float | None:
    """CAC of all together in the year before; None where costs lack, or nobody can tell who was new."""
    months = window.months
    before = Window(months_before(window.first, YEAR), months_before(window.last, YEAR), months)
    since = months_before(before.first, context.settings.inactive_months)
    if months < YEAR or context.first_day.replace(day=1) > since or months_without(context, before):
        return None
    found = rows_of(context, _PER_CHANNEL, before)
    spent, new = (sum(row[at] for row in found) for at in (1, 2))
    costs = spent + months * (context.settings.other_costs or 0)
    return costs / new if spent and new else None


def _lacks(context: Context, window: Window, costs: float | None, new: int) -> str | None:
    """What is missing for figures of value, in words; a blank is never taken for nought."""
    without = context.once(without_costs)
    if len(without) == window.months:
        months = f"{window.first:%m-%Y} tot en met {window.last:%m-%Y}"
        return f"Er zijn kosten, maar niet in de maanden die tellen: {months}."
    if without:
        return (
            f"Op Kosten staat niets van {runs_of_months(without)}; zonder elke maand die telt is er geen "
            "CAC. Vul ze aan; niets uitgegeven is 0."
        )
    if not costs:
        return "Zonder kosten per kanaal is er geen CAC: plak ze op Kosten."
    if not new:
        return "In deze maanden kwam er geen nieuwe klant; dan is er geen CAC."
    settings = context.settings
    needed = ((MARGIN, settings.margin), (INTEREST, settings.interest), (COSTS, settings.customer_cost))
    if missing := [name for name, value in needed if value is None]:
        return lacks(missing)
    if counted_retention(context) is None:
        return "Voor de CLV is een retentie per jaar nodig; daarvoor zijn er te weinig maanden met gegevens."
    return None


def _months(context: Context) -> Made:
    window = window_of(context)
    if window is None:
        return Made()
    other = context.settings.other_costs or 0
    found = rows_of(context, _PER_MONTH, window)
    without = set(context.once(without_costs))
    nothing = not other and not any(row[1] for row in found)
    rows: list[Row] = []
    for month, costs, new, paid in found:
        spent = None if nothing or month in without else costs + other
        each = None if spent is None or not new else spent / new
        rows.append((month, spent, new, each, None if spent is None or not paid else spent / paid))
    return Made(rows)


_SETTINGS = ("kw_peildatum", "kw_inactief_na", "kw_marge", "kw_rente", "kw_kosten_klant", "kw_overige_kosten")
CHANNELS = Result(
    name="kanalen",
    title="Kanalen",
    compute=channels_of,
    table="tblKanalen",
    columns=(
        Column("kanaal", "tekst", f"'{UNKNOWN}' staat niet bij de gegevens van klanten."),
        Column("kosten", "euro", "Van de laatste 12 hele maanden, of zoveel als er zijn; leeg is onbekend."),
        Column("nieuwe klanten", "aantal", "Met hun eerste order in die maanden."),
        Column("CAC", "euro2", "Kosten per nieuwe klant."),
        Column(
            "CAC laag",
            "euro2",
            "Tussen laag en hoog ligt zij (95%): wie nieuw komt, is ook toeval.",
        ),
        Column("CAC hoog", "euro2"),
        Column(
            "omzet per jaar",
            "euro2",
            "Per klant van dit kanaal die kocht, retouren eraf; leeg onder de 12 hele maanden.",
        ),
        Column("CLV", "euro2", "Marge zolang klanten van de winkel blijven, eerste marge nu."),
        Column("CLV : CAC", "getal", "Hoeveel keer een klant zijn werving opbrengt."),
        Column("maanden", "aantal", "Tot de werving is terugverdiend, met wie vertrekt; leeg is nooit."),
        Column(
            "oordeel",
            "tekst",
            "verdient zich terug, net, kost geld, te weinig klanten, bracht niemand of kost niets.",
        ),
    ),
    key=("kanaal",),
    figures=(
        Figure("kanalen_maanden", "Maanden", "aantal", "Hele maanden waarover de kanalen zijn geteld."),
        Figure("kanalen_van", "Vanaf", "datum"),
        Figure("kanalen_kosten", "Kosten samen", "euro", "Met de overige kosten."),
        Figure("kanalen_nieuw", "Nieuwe klanten", "aantal"),
        Figure("kanalen_begin", "Klanten aan het begin", "aantal", "Van de maanden waarover is geteld."),
        Figure("kanalen_cac", "CAC samen", "euro2", "Alle kosten / alle nieuwe klanten."),
        Figure(
            "kanalen_cac_betaald",
            "CAC betaald",
            "euro2",
            "Alle kosten / nieuwe klanten van betaalde kanalen.",
        ),
        Figure("kanalen_cac_eerder", "CAC samen, het jaar ervoor", "euro2"),
        Figure(
            "kanalen_jaarmarge",
            "Marge per klant per jaar",
            "euro2",
            "Na kosten per klant; leeg zonder CAC of retentie.",
        ),
        Figure("kanalen_clv", "CLV", "euro2"),
        Figure("kanalen_ratio", "CLV : CAC", "getal"),
        Figure("kanalen_terugverdiend", "Terugverdiend na", "aantal", "maanden"),
        Figure("kanalen_onbekend", "Nieuwe klanten zonder kanaal", "aantal"),
        Figure("kanalen_bericht", "Melding over de kanalen", "tekst"),
    ),
    settings=(*_SETTINGS, "kw_doelratio", "kw_min_klanten"),
    needs=("transacties", "kosten", "klanten"),
    counted=("kanaal", "kanalen"),
)
MONTHS = Result(
    name="cacmaanden",
    title="CAC per maand",
    compute=_months,
    table="tblCacMaanden",
    columns=(
        Column("maand", "maand"),
        Column("kosten", "euro", "Met de overige kosten."),
        Column("nieuwe klanten", "aantal"),
        Column("CAC samen", "euro2", "Alle kosten / alle nieuwe klanten."),
        Column("CAC betaald", "euro2", "Alle kosten / nieuwe klanten van kanalen met kosten."),
    ),
    key=("maand",),
    settings=("kw_peildatum", "kw_overige_kosten"),
    needs=("transacties", "kosten", "klanten"),
    counted=("maand", "maanden"),
)
