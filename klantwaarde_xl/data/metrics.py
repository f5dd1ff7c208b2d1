"""The definitions over transactions, as plain SQL over table tx (klant, dag, bedrag).

* An order is a row with an amount of zero or more; a negative row is a refund and no order.
* An order without a customer is a guest's: an order and revenue, and in no customer's figures.
* Revenue is the sum of orders; net revenue has refunds taken off. AOV is revenue per order.
* A buyer of a month ordered in it; new ones for the first time, the others are returning.
* A customer of a month ordered in that month or the `inactive` − 1 months before it. Who was one
  in the month before and is no more, is lost. So for every month
  end = begin + new + reactivated − lost, and retention = (begin − lost) / begin.
* In the first `inactive` months nobody can have been lost yet: there retention is unknown. So it is
  in a last month that is not whole (`periods`): who is to order in its remaining days is not lost.
* Retention per year is counted: of the customers at the end of the month a year before, the share
  that still is one. At month m it needs the `inactive` months up to m − 12, so where the data begin
  later than m − 12 − inactive + 1 there are counts of what the data show, and no share.

Money is added up as exact decimals, in euro, and becomes a double when all is added.
"""

from __future__ import annotations

_ORDERS = "orders_ as (select klant, dag, bedrag from tx where bedrag >= 0 and dag <= $as_of)"
_MONTH = "(cast(extract(year from {0}) as bigint) * 12 + cast(extract(month from {0}) as bigint) - 1)"
_DAY = _MONTH.format("dag")
# klant, laatste aankoop, dagen geleden, aankopen, omzet
CUSTOMERS = f"""
    with {_ORDERS}, refunds as (
      select klant, sum(bedrag) as bedrag from tx where bedrag < 0 and dag <= $as_of group by klant
    )
    select o.klant, max(o.dag), date_diff('day', max(o.dag), $as_of), count(*),
      cast(sum(o.bedrag) + coalesce(max(r.bedrag), 0) as double)
    from orders_ o left join refunds r on r.klant = o.klant where o.klant is not null
    group by o.klant order by o.klant"""

# First and last day of an order up to the chosen day, how many orders there are at all, and how many up to
# that day have a customer
SPAN = """
    select min(dag) filter (dag <= $as_of), max(dag) filter (dag <= $as_of), count(*),
      count(klant) filter (dag <= $as_of)
    from tx where bedrag >= 0"""

# Refunds of customers who have no order in the data: part of net revenue, of no customer's revenue.
LOOSE_REFUNDS = """
    select cast(coalesce(sum(bedrag), 0) as double) from tx
    where bedrag < 0 and dag <= $as_of and klant is not null
      and not exists (from tx o where o.klant = tx.klant and o.bedrag >= 0 and o.dag <= $as_of)"""

# Orders of guests, and their net revenue.
GUESTS = """
    select count(*) filter (bedrag >= 0), cast(coalesce(sum(bedrag), 0) as double) from tx
    where klant is null and dag <= $as_of"""

# A customer's months with an order, counted since the year 0
_ACTIVE = f"""active as (
      select klant, {_DAY} as m, count(*) as n, sum(bedrag) as bedrag from orders_ group by klant, {_DAY}
    )"""

# A row for each month: in the order of the columns of `results.kpi`
KPI = f"""
    with {_ORDERS},
    {_ACTIVE},
    steps as (
      select klant, m, lag(m) over w as prev, lead(m) over w as next from active
      where klant is not null window w as (partition by klant order by m)
    ),
    sales as (
      select m, sum(bedrag) as bedrag, cast(sum(n) as bigint) as orders, count(klant) as buyers
      from active group by m
    ),
    refunds as (
      select {_DAY} as m, sum(bedrag) as bedrag from tx
      where bedrag < 0 and dag <= $as_of group by {_DAY}
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
        min({_DAY}) filter (bedrag >= 0) as first
      from tx where dag <= $as_of
    ),
    flow as (
      select m, first, coalesce(s.bedrag, 0) as bedrag, coalesce(s.orders, 0) as orders,
        coalesce(s.buyers, 0) as buyers, coalesce(r.bedrag, 0) as refunds,
        coalesce(a.fresh, 0) as fresh, coalesce(a.back, 0) as back, coalesce(l.lost, 0) as lost
      from months left join sales s using (m) left join refunds r using (m)
        left join arrived a using (m) left join left_ l using (m)
    ),
    stock as (
      select *, cast(sum(fresh + back - lost) over (order by m) as bigint) as end_ from flow
    )
    select make_date(m // 12, m % 12 + 1, 1), cast(bedrag as double), cast(-refunds as double),
      cast(bedrag + refunds as double), orders,
      case when orders > 0 then cast(bedrag as double) / orders end, buyers, fresh, buyers - fresh,
      end_ - fresh - back + lost, back, lost, end_,
      case when m - first >= $inactive and end_ - fresh - back + lost > 0 and m <= $whole
        then 1 - lost / cast(end_ - fresh - back + lost as double) end,
      case when m - first >= $inactive and end_ - fresh - back + lost > 0 and m <= $whole
        then lost / cast(end_ - fresh - back + lost as double) end
    from stock order by m"""

# Per whole month, from the first with an order: the month, customers a year before, those of them who
# still are, whether the data fill both windows. Spells are runs of months in which one is a customer, so
# that overlaps are counted from their ends and no customer is written out per month.
RETENTION = f"""
    with {_ORDERS},
    {_ACTIVE},
    begun as (
      select klant, m, m - lag(m) over (partition by klant order by m) > $inactive as again from active
      where klant is not null
    ),
    numbered as (
      select klant, m, count(*) filter (again) over (partition by klant order by m) as nr from begun
    ),
    spell as (
      select klant, min(m) as s, max(m) + $inactive - 1 as e from numbered group by klant, nr
    ),
    stay as (
      select greatest(a.s + 12, b.s) as s, least(a.e + 12, b.e) as e from spell a join spell b using (klant)
      where greatest(a.s + 12, b.s) <= least(a.e + 12, b.e)
    ),
    change as (
      select s + 12 as m, 1 as base, 0 as still from spell
      union all select e + 13, -1, 0 from spell
      union all select s, 0, 1 from stay
      union all select e + 1, 0, -1 from stay
    ),
    changes as (select m, sum(base) as base, sum(still) as still from change group by m),
    months as (select first, unnest(generate_series(first, $whole)) as m from (
      select min(m) as first from active)),
    stock as (
      select m, first, sum(coalesce(base, 0)) over w as base, sum(coalesce(still, 0)) over w as still
      from months left join changes using (m) window w as (order by m)
    )
    select make_date(m // 12, m % 12 + 1, 1), case when m - 12 >= first then cast(base as bigint) end,
      case when m - 12 >= first then cast(still as bigint) end, m - 12 - $inactive + 1 >= first
    from stock order by m"""

# Of the months $first…$last, counted from the year 0: whether the data reach back that far; of customers how
# many bought, their orders, revenue, the same less refunds (not those of `LOOSE_REFUNDS`), the revenue of the
# days on which somebody became one; and the revenue of guests
LAST_YEAR = f"""
    with {_ORDERS}, starts as (select klant, min(dag) as dag from orders_ group by klant),
    year_ as (select * from orders_ where {_DAY} between $first and $last)
    select (select min({_DAY}) from orders_) <= $first,
      count(distinct year_.klant), count(*), cast(coalesce(sum(bedrag), 0) as double),
      cast(coalesce(sum(bedrag), 0) + (select coalesce(sum(bedrag), 0) from tx semi join starts using (klant)
       where bedrag < 0 and dag <= $as_of and {_DAY} between $first and $last) as double),
      cast(coalesce(sum(bedrag) filter (year_.dag = starts.dag), 0) as double),
      (select cast(coalesce(sum(bedrag), 0) as double) from year_ where klant is null)
    from year_ join starts using (klant)"""

# Every channel of the customers, and whether it is word of mouth by its name. `referral` is not: it is
# a link on another site
WORD_OF_MOUTH = """
    select trim(kanaal), regexp_matches(lower(trim(kanaal)),
      'mond.(tot|op).mond|via.via|aanbevel|aanbevol|vriend|friend|bekenden|familie|word.of.mouth')
    from klanten where trim(kanaal) <> '' group by trim(kanaal) order by 1"""
_TOLD = f"""
    told as (
      select klant from klanten
      where lower(trim(kanaal)) in (select lower(n) from ({WORD_OF_MOUTH}) as w(n, yes) where yes)
      group by klant
    )"""
_NOBODY = "told as (select klant from tx where false)"
_SPENT = "select maand, bedrag from kosten"
_NOTHING = "select cast(null as date) as maand, cast(null as decimal(18, 2)) as bedrag where false"


def year_figures(*, told: bool, costs: bool) -> str:
    """Per whole month up to $whole the figures of `results.year_figures` over $months months.

    told: whether customers are known who came by word of mouth; costs: whether there is a table of costs.
    """
    spent = _MONTH.format("maand")
    return f"""
    with {_ORDERS},
    {_ACTIVE},
    {_TOLD if told else _NOBODY},
    starts as (
      select klant, min(dag) as dag, bool_or(told.klant is not null) as told
      from orders_ left join told using (klant) where klant is not null group by klant
    ),
    sales as (
      select {_MONTH.format("orders_.dag")} as m, count(klant) as orders,
        sum(bedrag) filter (klant is not null) as omzet,
        sum(bedrag) filter (orders_.dag = starts.dag and not starts.told) as direct,
        sum(bedrag) filter (orders_.dag > starts.dag) as again,
        sum(bedrag) filter (orders_.dag = starts.dag and starts.told) as told,
        sum(bedrag) filter (klant is null) as guests
      from orders_ left join starts using (klant) group by m
    ),
    refunds as (
      select {_DAY} as m, sum(bedrag) as bedrag from tx semi join starts using (klant)
      where bedrag < 0 and dag <= $as_of group by {_DAY}
    ),
    steps as (
      select m, m - lag(m) over w as since, lead(m) over w - m as until from active
      where klant is not null window w as (partition by klant order by m)
    ),
    moves as (
      select m, count(*) as n from steps where since is null or since > $months group by m
      union all
      select m + $months, -count(*) from steps where until is null or until > $months group by m
    ),
    moved as (select m, sum(n) as n from moves group by m),
    costs as (
      select {spent} as m, sum(bedrag) as bedrag from ({_SPENT if costs else _NOTHING}) as c group by m
    ),
    months as (
      select first, unnest(generate_series(first, $whole)) as m
      from (select min({_DAY}) as first from orders_)
    ),
    flow as (
      select months.m, first, sum(moved.n) over (order by months.m) as buyers, sum(orders) over w as orders,
        sum(omzet) over w as omzet, sum(refunds.bedrag) over w as back,
        sum(direct) over w as direct, sum(again) over w as again, sum(told) over w as told,
        sum(guests) over w as guests, sum(costs.bedrag) over w as spent,
        count(costs.m) over w as told_costs
      from months left join moved using (m) left join sales using (m) left join refunds using (m)
        left join costs using (m)
      window w as (order by months.m rows between $months - 1 preceding and current row)
    )
    select make_date(m // 12, m % 12 + 1, 1),
      cast(coalesce(buyers, 0) as bigint), cast(coalesce(orders, 0) as bigint),
      cast(coalesce(omzet, 0) as double), cast(coalesce(omzet, 0) + coalesce(back, 0) as double),
      cast(coalesce(direct, 0) as double),
      cast(coalesce(again, 0) as double), {"cast(coalesce(told, 0) as double)" if told else "null"},
      cast(coalesce(guests, 0) as double),
      case when told_costs = $months then cast(spent as double) end
    from flow where m - first >= $months - 1 order by m"""
