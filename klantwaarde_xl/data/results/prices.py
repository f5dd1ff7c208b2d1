"""Our prices beside those of competitors: what customers pay more or less with us (D24)."""

from __future__ import annotations

from klantwaarde_xl.data.results import Column, Made, Result
from klantwaarde_xl.data.results.context import Context

# Of each competitor the last price that was seen; our own is the last that stands anywhere
_LAST = """
    with seen as (select * from prijzen where datum is null or datum <= $day), theirs as (
      select product, concurrent, arg_max(prijs, (coalesce(datum, date '0001-01-01'), rij)) as prijs
      from seen group by product, concurrent
    ), ours as (
      select product,
        arg_max("eigen prijs", (coalesce(datum, date '0001-01-01'), rij))
          filter ("eigen prijs" is not null) as prijs
      from seen group by product
    )
    select product, any_value(o.prijs), count(*), cast(min(t.prijs) as double),
      cast(sum(t.prijs) as double) / count(*), cast(max(t.prijs) as double)
    from theirs t join ours o using (product) group by product order by product"""


def _prices(context: Context) -> Made:
    found = context.rows("prijzen", _LAST, day=context.day)
    return Made([(*row, row[1] / row[4] - 1 if row[1] is not None and row[4] > 0 else None) for row in found])


PRICES = Result(
    name="prijsvergelijking",
    title="Eigen prijs naast die van concurrenten",
    compute=_prices,
    table="tblPrijsvergelijking",
    columns=(
        Column("product", "tekst"),
        Column("eigen prijs", "euro2", "De laatste die bekend is."),
        Column("concurrenten", "aantal"),
        Column("laagste", "euro2", "Van elke concurrent de laatste prijs."),
        Column("gemiddelde", "euro2"),
        Column("hoogste", "euro2"),
        Column("prijspremie", "procent", "Eigen prijs gedeeld door het gemiddelde, min één."),
    ),
    key=("product",),
    settings=("kw_peildatum",),
    needs=("prijzen",),
    counted=("product", "producten"),
)
