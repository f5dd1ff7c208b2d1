"""The definitions over transactions, as plain SQL over table tx (klant, dag, cents).

* An order is a row with an amount of zero or more; a negative row is a refund and no order.
* Revenue is the sum of orders; net revenue has refunds taken off. AOV is revenue per order.
* A buyer of a month ordered in it; new ones for the first time, the others are returning.
* A customer of a month ordered in that month or the `inactive` − 1 months before it. Who was one
  in the month before and is no more, is lost. So for every month
  end = begin + new + reactivated − lost, and retention = (begin − lost) / begin.
* In the first `inactive` months nobody can have been lost yet: there retention is unknown. So it is
  in a last month that is not over: who is to order in its remaining days is not lost.

Money is added up in whole cents and divided once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """A named result table: its columns, and the SQL that fills them."""

    name: str
    columns: tuple[str, ...]
    sql: str


_ORDERS = "orders_ as (select klant, dag, cents from tx where cents >= 0 and dag <= $as_of)"
_MONTH = "(cast(extract(year from {0}) as bigint) * 12 + cast(extract(month from {0}) as bigint) - 1)"
_DAY = _MONTH.format("dag")
# The month of the chosen day is over, give or take a weekend
_OPEN = f"(m = {_MONTH.format('$as_of')} and $as_of < last_day($as_of) - 3)"

CUSTOMERS = Definition(
    "klanten",
    ("klant", "eerste aankoop", "laatste aankoop", "dagen geleden", "aankopen", "omzet"),
    f"""
    with {_ORDERS}, refunds as (
      select klant, sum(cents) as cents from tx where cents < 0 and dag <= $as_of group by klant
    )
    select o.klant, min(o.dag), max(o.dag), date_diff('day', max(o.dag), $as_of), count(*),
      (cast(sum(o.cents) as bigint) + coalesce(max(r.cents), 0)) / 100.0
    from orders_ o left join refunds r on r.klant = o.klant
    group by o.klant order by o.klant""",
)

# First and last day of an order up to the chosen day, and how many orders there are at all
SPAN = """
    select min(dag) filter (dag <= $as_of), max(dag) filter (dag <= $as_of), count(*)
    from tx where cents >= 0"""

# Refunds of customers who have no order in the data: part of net revenue, of no customer's revenue.
LOOSE_REFUNDS = """
    select coalesce(cast(sum(cents) as bigint), 0) / 100.0 from tx
    where cents < 0 and dag <= $as_of
      and klant not in (select klant from tx where cents >= 0 and dag <= $as_of)"""

KPI = Definition(
    "kpi",
    (
        "maand",
        "omzet",
        "retouren",
        "netto omzet",
        "orders",
        "AOV",
        "kopers",
        "nieuw",
        "terugkerend",
        "klanten begin",
        "gereactiveerd",
        "verloren",
        "klanten eind",
        "retentie",
        "verloop",
    ),
    f"""
    with {_ORDERS},
    active as (
      select klant, {_DAY} as m, count(*) as n, sum(cents) as cents from orders_ group by klant, {_DAY}
    ),
    steps as (
      select klant, m, lag(m) over w as prev, lead(m) over w as next from active
      window w as (partition by klant order by m)
    ),
    sales as (
      select m, cast(sum(cents) as bigint) as cents, cast(sum(n) as bigint) as orders, count(*) as buyers
      from active group by m
    ),
    refunds as (
      select {_DAY} as m, cast(sum(cents) as bigint) as cents from tx
      where cents < 0 and dag <= $as_of group by {_DAY}
    ),
    arrived as (
      select m, count(*) filter (prev is null) as fresh,
        count(*) filter (m - prev > $inactive) as back from steps group by m
    ),
    left_ as (
      select m + $inactive as m, count(*) as lost from steps
      where next is null or next - m > $inactive group by m + $inactive
    ),
    months as (
      select unnest(generate_series(min({_DAY}), {_MONTH.format("$as_of")})) as m,
        min({_DAY}) filter (cents >= 0) as first
      from tx where dag <= $as_of
    ),
    flow as (
      select m, first, coalesce(s.cents, 0) as cents, coalesce(s.orders, 0) as orders,
        coalesce(s.buyers, 0) as buyers, coalesce(r.cents, 0) as refunds,
        coalesce(a.fresh, 0) as fresh, coalesce(a.back, 0) as back, coalesce(l.lost, 0) as lost
      from months left join sales s using (m) left join refunds r using (m)
        left join arrived a using (m) left join left_ l using (m)
    ),
    stock as (
      select *, cast(sum(fresh + back - lost) over (order by m) as bigint) as end_ from flow
    )
    select make_date(m // 12, m % 12 + 1, 1), cents / 100.0, -refunds / 100.0,
      (cents + refunds) / 100.0, orders,
      case when orders > 0 then cents / (orders * 100.0) end, buyers, fresh, buyers - fresh,
      end_ - fresh - back + lost, back, lost, end_,
      case when m - first >= $inactive and end_ - fresh - back + lost > 0 and not {_OPEN}
        then 1 - lost / cast(end_ - fresh - back + lost as double) end,
      case when m - first >= $inactive and end_ - fresh - back + lost > 0 and not {_OPEN}
        then lost / cast(end_ - fresh - back + lost as double) end
    from stock order by m""",
)
