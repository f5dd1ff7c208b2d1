"""VAT and totals of a whole order that stand on its lines, repeated or on the first: brought to its lines.

Where the amount is of the line each line gets its share of them; where the amount is of the order, on each of
its lines, so is the VAT.
"""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.cells.numbers import AMOUNT, FACTOR
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.questions.choices import LINES, ONCE
from klantwaarde_xl.data.reading.revenue.of_lines import is_of_lines
from klantwaarde_xl.data.reading.revenue.rates import RATES
from klantwaarde_xl.data.reading.revenue.sums import CENT

_MOST_VAT = 1.3  # of an amount without it, with it
_MOSTLY = 0.8
_RATES = ", ".join(f"{rate}, {rate / (1 + rate)}" for rate in RATES)


def bring_to_lines(export: Export) -> None:
    """Let table v of `btw` and of `incl` say of each line what belongs to the amount of `bedrag` there."""
    if not export.has("order") or not {"btw", "incl"} & export.places.keys():
        return
    _make_lines(export)
    if _several(export)[0]:
        of_order = _are_of_orders(export)
        if "btw" in export.places and "btw" not in export.shares and _bring_vat(export, of_order=of_order):
            _make_lines(export)
        if "incl" in export.places and not of_order and _is_of_orders(export, "incl"):
            _spread(export, "incl")
    export.con.execute("drop table order_amounts")


def total_of(export: Export, name: str) -> float | None:
    """The sum of a column, in which the one amount on all lines of an order counts once; None for nothing."""
    rows = f"select sum(v) from {export.values(name)} join raw using (rij)"
    if export.has("order"):
        _make_lines(export)
        if _several(export)[0] and _are_of_orders(export):
            rows = f"""select sum(v) from (select any_value(v) as v from {export.values(name)}
                join raw using (rij) join order_run using (rij) group by orde)"""
        export.con.execute("drop table order_amounts")
    held = export.rows(rows)[0][0]
    return None if held is None else float(held)


def _several(export: Export) -> tuple[int, int]:
    """How many orders of a sample have several lines, and how many of these one amount on each."""
    several, alike = export.rows("""
        select count(*), count(*) filter (low = high and low <> 0)
        from (select min(v) as low, max(v) as high from order_amounts group by orde having count(*) > 1)
        """)[0]
    return int(several), int(alike)


def _are_of_orders(export: Export) -> bool:
    """Whether amounts are those of orders, on each of their lines."""
    several, alike = _several(export)
    if export.reading.lines in LINES:
        return export.reading.lines == ONCE
    return alike >= _MOSTLY * several and not is_of_lines(export)


def _make_lines(export: Export) -> None:
    """Make table order_amounts of the lines of orders in a sample, with their VAT and total."""
    last = export.count(f"select max(rij) from (select rij from raw limit {SAMPLE})")
    shown, joins = [], []
    for name in ("btw", "incl"):
        there = export.has(name)
        shown.append(f"{name}.v as {name}" if there else f"null as {name}")
        some = f"(from {export.values(name)} where rij <= {last})" if there else ""
        joins += [f"left join {some} {name} using (rij)"] if there else []
    export.con.execute(f"""
        create or replace temp table order_amounts as
        select rij, orde, b.v, {", ".join(shown)}
        from (select rij, orde from order_run where orde <> 'rij ' || rij and rij <= {last})
        join (from {export.values("bedrag")} where rij <= {last}) b using (rij)
        {" ".join(joins)} where b.v <> 0""")


def _bring_vat(export: Export, *, of_order: bool) -> bool:
    """Bring the VAT to what the amount is, and tell whether it changed; of_order: it is the order's.

    Where no sum says of what the VAT is, it stays as it is.
    """
    fits = f"len(list_filter([{_RATES}], lambda rate: abs(rate * {{}} - {{}}) < {CENT})) > 0"
    orders, same, once, lines, together = export.rows(f"""
        select count(*), count(*) filter (n = filled and low = high), count(*) filter (filled <= 1),
          count(*) filter (fitting), count(*) filter ({fits.format("v", "btw")})
        from (select count(*) as n, count(btw) filter (btw <> 0) as filled, min(btw) as low,
            max(btw) as high, {"any_value" if of_order else "sum"}(v) as v,
            {"sum" if of_order else "any_value"}(btw) as btw,
            bool_and(coalesce(btw, 0) = 0 or {fits.format("v", "btw")}) as fitting
          from order_amounts group by orde having count(*) > 1 and count(btw) filter (btw <> 0) > 0)""")[0]
    if not orders:
        return False
    if of_order and once == orders:
        _fill(export, "max_by(t.v, abs(t.v))")
    elif of_order and lines < orders and together == orders:
        _fill(export, "sum(t.v)")
    elif not of_order and same == orders and lines < orders:
        _spread(export, "btw")
    else:
        return False
    return True


def _is_of_orders(export: Export, name: str) -> bool:
    """Whether a total is one on all lines of each order, and is more than VAT can make of each line."""
    orders, same, more = export.rows(f"""
        select count(*), count(*) filter (low = high and n = filled), count(*) filter (beyond)
        from (select count(*) as n, count({name}) as filled, min({name}) as low, max({name}) as high,
            bool_or({name} / v < 0.99 or {name} / v > {_MOST_VAT}) as beyond
          from order_amounts group by orde having count(*) > 1 and max(abs({name})) > 0)""")[0]
    return bool(orders) and orders == same and more > 0


def _fill(export: Export, whole: str) -> None:
    """Give each line the VAT of its order; whole: SQL of that."""
    values = export.values("btw")
    export.set_values(
        "btw",
        f"""select o.rij, cast(coalesce(w.v, t.v) as {AMOUNT}) as v, t.valuta
            from order_run o left join {values} t using (rij)
            left join (select orde, {whole} as v from order_run join {values} t using (rij)
              group by orde having count(*) > 0) w using (orde) where coalesce(w.v, t.v) is not null""",
    )


def _spread(export: Export, name: str) -> None:
    """Give each line its share of what is the order's; what rounding leaves is on the last."""
    whole = f"cast(x.v as {FACTOR})"
    share = f"cast(round({whole} * b.v / nullif(sum(b.v) over (partition by o.orde), 0), 2) as {AMOUNT})"
    export.set_values(
        name,
        f"""with shared as (
              select o.rij, o.orde, x.v as whole, x.valuta, coalesce({share}, 0) as v,
                row_number() over (partition by o.orde order by o.rij desc) as back
              from order_run o join {export.values(name)} x using (rij)
              left join {export.values("bedrag")} b using (rij))
            select rij, cast(if(back = 1, whole - sum(v) over (partition by orde) + v, v) as {AMOUNT}) as v,
              valuta from shared""",
    )
