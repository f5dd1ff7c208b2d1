"""Sums that show that an amount is of its line and not of the order: a row per rate of VAT."""

from __future__ import annotations

from klantwaarde_xl.data.reading.cells.contents import SAMPLE
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.revenue.rates import RATES
from klantwaarde_xl.data.reading.revenue.sums import CENT


def is_of_lines(export: Export) -> bool:
    """Whether in a sample VAT differs on lines with one amount and is a share of it, or they are a total."""
    if not (export.has("order") and export.has("bedrag") and export.has("btw")):
        return False
    last = export.count(f"select max(rij) from (select rij from raw limit {SAMPLE})")
    vat = f"left join (from {export.values('btw')} where rij <= {last}) t using (rij)"
    amount_of_vat = "coalesce(t.v, 0) * b.v" if "btw" in export.shares else "coalesce(t.v, 0)"
    total, of_total = "null", ""
    if export.has("incl"):
        total, of_total = "i.v", f"left join (from {export.values('incl')} where rij <= {last}) i using (rij)"
    rates = ", ".join(f"{rate}, {rate / (1 + rate)}" for rate in (0, *RATES))
    fits = f"len(list_filter([{rates}], lambda rate: abs(rate * b.v - vat) < {CENT})) > 0"
    lines = f"""select raw.rij as spot, {export.shown("order")} as nr, b.v as v,
        cast({amount_of_vat} as double) as vat, cast({total} as double) as total
        from raw join {export.values("bedrag")} b using (rij) {vat} {of_total}
        where raw.rij <= {last} and b.rij <= {last}"""
    return bool(
        export.rows(f"""
            with line as (select *, min(spot) over (partition by nr) as head from ({lines})), same as (
              select nr from line where nr <> '' group by nr
              having count(*) > 1 and min(v) = max(v) and min(v) <> 0
                -- VAT on the first line alone can be that of the whole order
                and ((min(vat) <> max(vat) and max(abs(vat)) filter (spot > head) > 0)
                  or (min(total) = max(total) and min(total) <> min(v)
                    and (abs(sum(v) - min(total)) < {CENT} or abs(sum(v + vat) - min(total)) < {CENT})))
)
            select 1 from line b join same using (nr) having count(*) > 0 and bool_and({fits})""")
    )
