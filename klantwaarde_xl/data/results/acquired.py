"""Who was won in the months that count, through which channel and campaign, and what that cost.

What the results about channels, campaigns and the budget share. A customer is new on the day of his first
order, of the channel and the campaign that the customers' table has for him. Placeholders that programs write
where there is no campaign, such as `(not set)`, are none. A campaign tells nothing of a channel: a workbook
that has no use for campaigns would count its channels otherwise than from its own sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from klantwaarde_xl.data.periods import YEAR, month_end
from klantwaarde_xl.data.results import Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.groups import SEVERAL, UNKNOWN

JUDGED = ("verdient zich terug", "net", "kost geld")
NOBODY = "bracht niemand"
UNTOLD = "kosten onbekend"

_NO_CAMPAIGN = r"\(.*\)|[-–.]+|n/?a|n\.?v\.?t\.?|geen|none|null|not set|onbekend|unknown"


def _campaign(column: str) -> str:
    return f"case when not regexp_full_match(lower(trim({column})), '{_NO_CAMPAIGN}') then trim({column}) end"


# Names are compared without capitals; the costs' own writing is shown. `c` is null without a campaign
WON = f"""
    firsts as (
      select klant, min(dag) as dag from tx
      where bedrag >= 0 and klant is not null and dag <= $as_of group by klant
    ), paid_for as (
      select maand, trim(kanaal) as kanaal, lower(trim(kanaal)) as k, campagne, lower(campagne) as c,
        bedrag, bereikt
      from (select maand, kanaal, {_campaign("campagne")} as campagne, bedrag, bereikt from kosten)
    ), known as (
      select klant,
        case when count(distinct lower(trim(kanaal))) > 1 then '{SEVERAL}'
          else min(trim(kanaal)) end as kanaal,
        case when count(distinct lower(campagne)) = 1 then min(campagne) end as campagne
      from (select klant, kanaal, {_campaign("campagne")} as campagne from klanten) group by klant
    ), won as (
      select klant, dag, coalesce(kanaal, '{UNKNOWN}') as kanaal, lower(coalesce(kanaal, '{UNKNOWN}')) as k,
        campagne, lower(campagne) as c
      from firsts left join known using (klant)
    ), spent as (from paid_for where maand between $first and $last)"""


_WITHOUT = """
    select cast(m as date) from generate_series($first, $last, interval 1 month) as months(m)
    where exists (from kosten) and m not in (select date_trunc('month', maand) from kosten) order by m"""


class Window(NamedTuple):
    """The first and the last day of the months that count, and how many these are."""

    first: dt.date
    last: dt.date
    months: int


def window_of(context: Context) -> Window | None:
    """The last whole months with orders, a year at most; None where there is none."""
    last, begin = context.periods.last_month, context.first_day.replace(day=1)
    months = min(YEAR, (last.year - begin.year) * YEAR + last.month - begin.month + 1)
    if months < 1:
        return None
    back = last.year * YEAR + last.month - months
    return Window(dt.date(back // YEAR, back % YEAR + 1, 1), month_end(last), months)


def rows_of(context: Context, sql: str, window: Window) -> list[Row]:
    """The rows of a query that begins with `WON`, over the months that count."""
    return context.rows("transacties", sql, as_of=context.as_of, first=window.first, last=window.last)


def by_key(context: Context, rows: Sequence[Row]) -> dict[str, Row]:
    """Rows of channels by their name as queries compare it."""
    names = [row[0] for row in rows]
    keys = context.rows("transacties", "select lower(n) from unnest($names::varchar[]) as t(n)", names=names)
    return {key: row for (key,), row in zip(keys, rows, strict=True)}


def without_costs(context: Context) -> list[dt.date]:
    """The first day of each month that counts and has no costs; none where there are no costs at all."""
    window = window_of(context)
    return [] if window is None else months_without(context, window)


def months_without(context: Context, window: Window) -> list[dt.date]:
    """As `without_costs`, of other months."""
    dates = {"first": window.first, "last": window.last}
    return [month for (month,) in context.rows("kosten", _WITHOUT, **dates)]


def cac_with_limits(costs: float, new: int) -> tuple[float | None, float | None, float | None]:
    """Cost per new customer, with the limits (95 %) that the chance in their number leaves it."""
    from scipy.special import gammaincinv

    if not new or costs <= 0:
        return (0.0, None, None) if new and not costs else (None, None, None)
    fewest, most = float(gammaincinv(new, 0.025)), float(gammaincinv(new + 1, 0.975))
    return costs / new, costs / most, costs / fewest


def verdict_on(costs: float, new: int, ratio: float | None, *, least: int, goal: float) -> str:
    """The verdict on a channel or campaign; ratio: CLV : CAC; least: new customers; goal: of the ratio."""
    if costs <= 0:
        return "kost niets"
    if new == 0:
        return NOBODY
    if new < least:
        return "te weinig klanten"
    if ratio is None:
        return "CLV onbekend"
    return JUDGED[0 if ratio >= goal else 1 if ratio >= 1 else 2]
