"""What was sold of each product in two equal stretches of time, and which customers came, stayed and left.

The stretches meet at the earlier day: as many days up to it as there are after it, so that a long one is
never held against a short one.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from typing import Any

from klantwaarde_xl.data.reading.cells.numbers import PLACES
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.products import costs_of, sold, start_of
from klantwaarde_xl.data.results.segment_moves import before, not_earlier
from klantwaarde_xl.dutch import format_date, format_number

_DAYS = """
    select min(datum), max(datum), count(*) filter (datum is null),
      count(*) filter (datum >= $start and klant is null)
    from producten where datum is null or datum <= $as_of"""
_REVENUE_NOW, _CHANGE = 8, 9  # places in a row


def _why(context: Context, first: dt.date | None) -> str | None:
    """Why there is nothing to compare; first: the day of the first sale up to the day."""
    if first is None:
        return (
            "Zet op Producten in kolom datum de dag van elke verkoop, en ververs: dan staat hier per product "
            "wat er veranderde, en hoeveel klanten kwamen, bleven en gingen."
        )
    if wrong := not_earlier(context):
        return wrong
    start, until = start_of(context), context.as_of
    if start >= first:
        return None
    said = f"Producten begint op {format_date(first)}, en de vergelijking op {format_date(start)}"
    if first == until:
        return f"{said}: plak ook eerdere verkopen."
    earliest = first + dt.timedelta(days=(until - first).days // 2)
    return (
        f"{said}: plak ook eerdere verkopen, of kies als vorige peildatum {format_date(earliest)} of later."
    )


def _lines(count: int) -> str:
    return "1 regel" if count == 1 else f"{format_number(count, 0)} regels"


def _cautions(context: Context, last: dt.date, undated: int, nobodys: int) -> list[str]:
    """What the comparison leaves out."""
    said = []
    if last < context.last_day:
        said.append(
            f"Producten loopt tot en met {format_date(last)} en uw orders tot en met "
            f"{format_date(context.last_day)}: plak de laatste verkopen erbij."
        )
    if undated:
        said.append(f"Zonder datum op Producten: {_lines(undated)}, in geen cijfer hier.")
    if nobodys:
        said.append(f"Zonder klant op Producten: {_lines(nobodys)}, wel in de omzet, niet bij de klanten.")
    return said


def _moves(context: Context) -> Made:
    """One row a product that was sold in either stretch, what sells most now on top."""
    figures: dict[str, Any] = dict.fromkeys(one.name for one in PRODUCT_MOVES.figures)
    if not context.has("producten"):
        return Made((), figures)
    days = {"as_of": context.as_of, "start": start_of(context)}
    ((first, last, undated, nobodys),) = context.rows("producten", _DAYS, **days)
    if why := _why(context, first):
        return Made((), figures | {"productbeweging_bericht": why})
    rows, gone = _rows(context)
    figures |= {
        "productbeweging_van": start_of(context),
        "productbeweging_toen": before(context),
        "productbeweging_nu": context.as_of,
        "productbeweging_aantal": len(rows),
    }
    said = _cautions(context, last, undated, nobodys)
    if gone:
        said.append(f"Niet meer verkocht: {gone[0] if len(gone) == 1 else f'{len(gone)} producten'}.")
    figures["productbeweging_bericht"] = " ".join(said) or None
    by_change = sorted(rows, key=lambda row: row[_CHANGE])
    if rows and (best := by_change[-1])[_CHANGE] > 0:
        figures |= {"productbeweging_groei": best[0], "productbeweging_erbij": best[_CHANGE]}
    if rows and (worst := by_change[0])[_CHANGE] < 0:
        figures |= {"productbeweging_daling": worst[0], "productbeweging_eraf": -worst[_CHANGE]}
    return Made(rows, figures)


def _rows(context: Context) -> tuple[list[Row], list[str]]:
    """What each product sold then and now, and the names of those that are sold no more."""
    sales = context.once(sold)
    spent, _ = costs_of(context, sales)
    buyers: dict[tuple[str, str], set[Any]] = defaultdict(set)
    revenues: dict[tuple[str, str], list[float]] = defaultdict(list)
    profits: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (name, who, revenue, _, _, orders, when), cost in zip(sales, spent.tolist(), strict=True):
        revenues[name, when].append(revenue)
        profits[name, when].append(revenue - cost)
        if orders:
            buyers[name, when].add(who)
    rows: list[Row] = []
    for name in dict.fromkeys(row[0] for row in sales if row[6] in ("then", "now")):
        then, now = (_sum(revenues[name, when]) for when in ("then", "now"))
        earned = [_sum(profits[name, when]) for when in ("then", "now")]
        people = _customers(*(buyers[name, when] for when in ("ever", "then", "now")))
        change = round(now - then, PLACES)
        rows.append((name, *people, then, now, change, *map(_known, (*earned, earned[1] - earned[0]))))
    rows.sort(key=lambda row: (-row[_REVENUE_NOW], row[_CHANGE], row[0]))
    return rows, [row[0] for row in rows if buyers[row[0], "then"] and not buyers[row[0], "now"]]


def _customers(ever: set[Any], then: set[Any], now: set[Any]) -> tuple[int | None, ...]:
    """Customers then, who stayed, left, are new and came back, customers now; none where nobody is known."""
    if not (ever | then | now) - {None}:
        return (None,) * 6
    ever, then, now = (one - {None} for one in (ever, then, now))
    back = (now - then) & ever
    return len(then), len(then & now), len(then - now), len(now - then - ever), len(back), len(now)


def _sum(amounts: list[float]) -> float:
    return math.fsum(amounts) if amounts else 0.0


def _known(value: float) -> float | None:
    return None if math.isnan(value) else round(value, PLACES)


PRODUCT_MOVES = Result(
    name="productbeweging",
    title="Beweging per product of dienst",
    compute=_moves,
    table="tblProductbeweging",
    columns=(
        Column("product", "tekst", "Wat in een van beide tijden is verkocht."),
        Column("klanten toen", "aantal", "Die het kochten in de tijd tot en met de vorige peildatum."),
        Column("gebleven", "aantal", "Van hen: wie het daarna weer kocht."),
        Column("weg", "aantal", "Van hen: wie het daarna niet meer kocht."),
        Column("nieuw", "aantal", "Wie het daarna voor het eerst kocht."),
        Column("terug", "aantal", "Wie het al kende, toen niet kocht en daarna wel."),
        Column("klanten nu", "aantal", "Gebleven, nieuw en terug samen."),
        Column("omzet toen", "euro", "Retouren eraf."),
        Column(
            "omzet nu",
            "euro",
            "Van de dag na de vorige peildatum tot en met de peildatum; even lang als toen.",
        ),
        Column("verschil omzet", "euro", "Nu min toen."),
        Column("winst toen", "euro", "Omzet min kosten, als op Per product."),
        Column("winst nu", "euro"),
        Column("verschil winst", "euro", "Nu min toen."),
    ),
    key=("product",),
    figures=(
        Figure(
            "productbeweging_van",
            "Eerste dag van toen",
            "datum",
            "even lang voor de vorige peildatum als erna",
        ),
        Figure("productbeweging_toen", "Laatste dag van toen", "datum", "de vorige peildatum"),
        Figure("productbeweging_nu", "Laatste dag van nu", "datum"),
        Figure("productbeweging_aantal", "Producten die bewogen", "aantal"),
        Figure("productbeweging_groei", "Product dat het meest groeide", "tekst"),
        Figure("productbeweging_erbij", "Omzet erbij", "euro"),
        Figure("productbeweging_daling", "Product dat het meest daalde", "tekst"),
        Figure("productbeweging_eraf", "Omzet eraf", "euro"),
        Figure("productbeweging_bericht", "Melding over de beweging per product", "tekst"),
    ),
    settings=("kw_peildatum", "kw_peildatum_vorig", "kw_marge"),
    needs=("transacties", "producten"),
    counted=("product", "producten"),
)
