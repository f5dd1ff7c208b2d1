"""Profit by product or service, and which segment buys it most."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import numpy as np

from klantwaarde_xl.data.reading.cells.currencies import with_currency
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.rfm import SEGMENT, scored
from klantwaarde_xl.data.results.segment_moves import before
from klantwaarde_xl.dutch import format_date, format_number
from klantwaarde_xl.kernels.effects import result_per_group

# A product is the same in other capitals, and is called as its first row calls it
_SALES = """
    with named as (
      select *, lower(product) as naam from producten
      where datum is null or datum <= $as_of
    ), spelled as (select naam, arg_min(product, rij) as product from named group by naam)
    select s.product, klant, cast(sum(omzet) as double), cast(sum(kosten) as double),
      count(*) filter (kosten is null), count(*) filter (omzet >= 0),
      case when datum > $before then 'now' when datum >= $start then 'then'
        when datum < $start then 'ever' end
    from named join spelled s using (naam) group by all order by all"""


def start_of(context: Context) -> dt.date:
    """The first of as many days up to the earlier day as there are after it."""
    day = before(context)
    return day - (context.as_of - day) + dt.timedelta(days=1)


def sold(context: Context) -> list[Row]:
    """What each customer bought of each product, up to the day.

    A row has: product, customer, revenue, costs, lines without costs, lines that are no refund, and when: now
    (after the earlier day), then (as many days up to it, `start_of`), ever (before those), or None without
    a day.
    """
    if not context.has("producten"):
        return []
    days = {"as_of": context.as_of, "before": before(context), "start": start_of(context)}
    return context.rows("producten", _SALES, **days)


def _profits(context: Context) -> Made:
    """One row a product, what earns most on top."""
    figures: dict[str, Any] = dict.fromkeys(one.name for one in PROFITS.figures)
    sales = context.once(sold)
    if not sales:
        if context.has("producten"):
            figures["product_bericht"] = (
                f"Op Producten is niets verkocht tot en met {format_date(context.as_of)}."
            )
        return Made((), figures)
    spent, figures["product_bericht"] = costs_of(context, sales)
    names, codes = np.unique([row[0] for row in sales], return_inverse=True)
    found = result_per_group(codes, np.array([row[2] for row in sales]), np.nan_to_num(spent))
    lacks = np.isin(np.arange(names.size), codes[np.isnan(spent)])  # products of which costs are unknown
    shares = np.where(lacks.any(), np.nan, found.share)
    columns = (*(np.where(lacks, np.nan, one) for one in (found.costs, found.profit, found.margin)), shares)
    each: list[list[Row]] = [[] for _ in names]
    for row, code in zip(sales, codes.tolist(), strict=True):
        each[code].append(row)
    rows: list[Row] = []
    for name, own, revenue, *numbers in zip(
        names.tolist(), each, found.revenue.tolist(), *columns, strict=True
    ):
        buyers = len({row[1] for row in own} - {None}) or None
        rows.append((name, buyers, revenue, *map(_known, numbers), *_most(context, own)))
    rows.sort(key=lambda row: (row[4] is None, -(row[4] or 0.0), -row[2], row[0]))
    best = rows[0]
    if best[4] is not None and best[4] > 0:
        figures |= {"product_beste": best[0], "product_winst": best[4], "product_deel": best[6]}
    said = [figures["product_bericht"], _losses(rows, context.transactions.quality.currency)]
    figures["product_bericht"] = " ".join(one for one in said if one) or None
    return Made(rows, figures | {"product_aantal": len(rows)})


def _losses(rows: list[Row], currency: str) -> str | None:
    """Which products cost more than they bring, in words; the worst stands last."""
    losses = [row for row in rows if row[4] is not None and row[4] < 0]
    if not losses:
        return None
    lost = with_currency(-sum(row[4] for row in losses), currency, 0)
    if len(losses) == 1:
        return f"{losses[0][0]} kost {lost} meer dan het opbrengt."
    return f"{len(losses)} producten kosten samen {lost} meer dan zij opbrengen, het meest {losses[-1][0]}."


def costs_of(context: Context, sales: list[Row]) -> tuple[Any, str | None]:
    """What each sale cost, NaN where that is not known, and what there is to say of it."""
    margin = context.settings.margin
    spent = np.array([np.nan if row[3] is None or row[4] else row[3] for row in sales], dtype=np.float64)
    if all(row[3] is None for row in sales):
        if margin is None:
            return spent, "Zonder kosten op Producten of marge op Instellingen is er geen winst per product."
        return np.array([(1 - margin) * row[2] for row in sales]), (
            "Op Producten staan geen kosten: de winst is de omzet maal uw marge, van elk product even hoog."
        )
    lacks = sum(row[4] for row in sales)
    if not lacks:
        return spent, None
    count = "1 regel" if lacks == 1 else f"{format_number(lacks, 0)} regels"
    return spent, f"Bij {count} op Producten staan geen kosten: dat product heeft geen winst."


def _most(context: Context, sales: list[Row]) -> tuple[str | None, float | None]:
    """The segment that bought most of a product, and its part of what known customers bought."""
    segments = context.once(_segments)
    bought: Counter[str] = Counter()
    for _, customer, revenue, *_ in sales:
        if segments.get(customer):
            bought[segments[customer]] += revenue
    name, revenue = max(bought.items(), key=lambda one: one[1], default=(None, 0.0))
    if revenue <= 0:
        return None, None
    return name, None if min(bought.values()) < 0 else revenue / sum(bought.values())


def _segments(context: Context) -> dict[Any, str]:
    return {row[0]: row[SEGMENT] for row in context.once(scored)}


def _known(value: float) -> float | None:
    return None if value != value else float(value)


PROFITS = Result(
    name="productwinst",
    title="Winst per product of dienst",
    compute=_profits,
    table="tblProductwinst",
    columns=(
        Column("product", "tekst"),
        Column("klanten", "aantal", "Die het kochten; leeg als dat niet bekend is."),
        Column("omzet", "euro", "Van het blad Producten tot en met de peildatum, retouren eraf."),
        Column("kosten", "euro", "Van het blad Producten; zonder kosten uit uw marge."),
        Column("winst", "euro", "Omzet min kosten, als WINSTPERGROEP."),
        Column("marge", "procent", "Winst gedeeld door omzet."),
        Column("deel van de winst", "procent", "Deel van de winst van alle producten."),
        Column("meest gekocht door", "tekst", "Het segment met de meeste omzet van dit product."),
        Column("deel van de omzet", "procent", "Van dat segment, onder klanten die bekend zijn."),
    ),
    key=("product",),
    figures=(
        Figure("product_aantal", "Producten of diensten", "aantal"),
        Figure("product_beste", "Product met de meeste winst", "tekst"),
        Figure("product_winst", "Winst van dat product", "euro"),
        Figure("product_deel", "Deel van de winst", "procent"),
        Figure("product_bericht", "Melding over producten", "tekst"),
    ),
    settings=("kw_peildatum", "kw_marge"),
    needs=("transacties", "producten"),
    counted=("product", "producten"),
)
