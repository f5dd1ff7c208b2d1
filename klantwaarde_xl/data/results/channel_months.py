"""Channels month by month: what each cost and whom it won, over the months that count for channels."""

from __future__ import annotations

from klantwaarde_xl.data.results import Column, Made, Result
from klantwaarde_xl.data.results.acquired import WON, rows_of, window_of, without_costs
from klantwaarde_xl.data.results.channels import CHANNELS
from klantwaarde_xl.data.results.context import Context

_EACH = f"""
    with {WON}, months as (
      select cast(unnest(generate_series($first, $last, interval 1 month)) as date) as maand
    ), costs as (
      select k, maand, min(kanaal) as kanaal, cast(sum(bedrag) as double) as costs
      from spent group by k, maand
    ), new_ as (
      select k, cast(date_trunc('month', dag) as date) as maand, min(kanaal) as kanaal, count(*) as n
      from won where dag between $first and $last group by 1, 2
    ), channels as (
      select k, coalesce(min(spent), min(named)) as kanaal from (
        select k, kanaal as spent, null as named from costs union all select k, null, kanaal from new_)
      group by k
    )
    select channels.kanaal, maand, coalesce(costs.costs, 0), coalesce(new_.n, 0)
    from channels cross join months left join costs using (k, maand) left join new_ using (k, maand)
    order by lower(channels.kanaal), maand"""


def _months(context: Context) -> Made:
    window = window_of(context)
    if window is None:
        return Made()
    found = rows_of(context, _EACH, window)
    without = set(context.once(without_costs))
    told = any(costs for *_, costs, _ in found)
    rows = []
    for channel, month, costs, new in found:
        spent = costs if told and month not in without else None
        rows.append((channel, month, spent, new, spent / new if new and spent is not None else None))
    return Made(rows)


CHANNEL_MONTHS = Result(
    name="kanaalmaanden",
    title="Kanalen per maand",
    compute=_months,
    table="tblKanaalMaanden",
    columns=(
        Column("kanaal", "tekst"),
        Column("maand", "maand"),
        Column("kosten", "euro", "Zonder de overige kosten, die van geen kanaal zijn; leeg is onbekend."),
        Column("nieuwe klanten", "aantal", "Met hun eerste order in die maand."),
        Column(
            "CAC",
            "euro2",
            "Kosten per nieuwe klant; leeg als er niemand kwam. Van één maand is dat veel toeval.",
        ),
    ),
    key=("kanaal", "maand"),
    settings=("kw_peildatum",),
    needs=CHANNELS.needs,
    counted=("rij", "rijen"),
)
