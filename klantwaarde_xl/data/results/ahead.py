"""Revenue by month, counted and to come, of present customers and new ones; from `data.months_ahead`."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data.months_ahead import months_ahead
from klantwaarde_xl.data.results import Column, Figure, Made, Result, Row
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.forecast import basis_in

_EVERY = 8  # labels along an axis, at most


def _months(context: Context) -> Made:
    return Made(*months_ahead(context.once(basis_in), runs=context.periods.runs_to is not None))


def _drawn(context: Context) -> Made:
    """The months as a chart draws them: in it nothing is drawn twice, and no band lies below nought."""
    months = [dict(zip(MONTHS_AHEAD.headers, row, strict=True)) for row in context.once(_months).rows]
    apart = -(-len(months) // _EVERY)
    return Made([_drawn_month(one, at % apart == 0) for at, one in enumerate(months)])


def _drawn_month(month: dict[str, Any], labelled: bool) -> Row:
    counted, expected, low, high = (month[name] for name in ("geteld", "omzet samen", "laag", "hoog"))
    runs = counted is not None and expected is not None
    below = counted if runs else 0.0  # the columns on which the band stands
    has_band = low is not None and low >= below >= 0
    return (
        month["van"],
        month["maand"].removesuffix(" *") if labelled else None,
        None if runs else counted,
        counted if runs else None,
        low - below if has_band else None,
        high - low if has_band else None,
        expected,
        None if runs else month["omzet nieuwe"],  # of the running month it is of some days only
    )


def _with_ends(name: str, label: str, number: str, help_: str) -> tuple[Figure, ...]:
    return (
        Figure(f"vooruit_{name}", label, number, help_),
        Figure(f"vooruit_{name}_laag", f"{label}, laag (95%)", number),
        Figure(f"vooruit_{name}_hoog", f"{label}, hoog (95%)", number),
    )


MONTHS_AHEAD = Result(
    name="vooruit",
    title="Omzet per maand, geteld en verwacht",
    compute=_months,
    table="tblVooruit",
    columns=(
        Column("maand", "tekst", "Een * achter de lopende maand: geteld en verwacht samen."),
        Column("van", "datum"),
        Column("tot en met", "datum"),
        Column(
            "geteld", "euro", "Omzet van klanten na retouren; in een lopende maand tot en met de peildag."
        ),
        Column("omzet huidige", "euro", "Verwachte omzet van wie al klant was."),
        Column("omzet nieuwe", "euro", "Verwachte omzet van wie nog komt, met de eerste aankoop."),
        Column("omzet samen", "euro", "Geteld en verwacht in de maand."),
        Column("laag", "euro", "Daar komt de maand met 97,5% kans boven."),
        Column("hoog", "euro", "Daar blijft de maand met 97,5% kans onder."),
        Column("aankopen", "afgerond", "Verwacht, van allen, na de peildag."),
        Column("aankopen laag", "aantal"),
        Column("aankopen hoog", "aantal"),
        Column("nieuwe klanten", "een", "Die na de peildag in de maand komen."),
        Column("klanten laag", "aantal"),
        Column("klanten hoog", "aantal"),
    ),
    key=("van",),
    figures=(
        *_with_ends("omzet", "Omzet vooruit, samen", "euro", "van alle maanden die komen"),
        *_with_ends("huidige", "Omzet vooruit, huidige klanten", "euro", "van wie al klant was"),
        *_with_ends("nieuwe", "Omzet vooruit, nieuwe klanten", "euro", "met hun eerste aankoop"),
        *_with_ends("aankopen", "Aankopen vooruit", "afgerond", "van allen"),
        *_with_ends("aantal", "Nieuwe klanten vooruit", "afgerond", "die nog komen"),
        Figure("vooruit_tot", "Vooruit tot en met", "datum", "de laatste dag die meetelt"),
        Figure("vooruit_klant", "Dan nog klant", "afgerond", "van wie nu klant is: de kansen opgeteld"),
        Figure("vooruit_bericht", "Nieuwe klanten: waarop", "tekst", "of waarom ze niet te voorspellen zijn"),
    ),
    settings=("kw_peildatum", "kw_horizon", "kw_model", "kw_seizoen"),
    counted=("maand", "maanden"),
)
DRAWN = Result(
    name="maandbeeld",
    title="Omzet per maand, zoals de grafiek die tekent",
    compute=_drawn,
    table="tblMaandbeeld",
    columns=(
        Column("van", "datum"),
        Column("as", "tekst", "De maand, bij zo veel maanden als er langs de as passen."),
        Column("geteld", "euro", "Van hele maanden."),
        Column("loopt nog", "euro", "Geteld in de lopende maand."),
        Column("voet", "euro", "Van daaraf tot laag: dat wordt niet getekend."),
        Column("band", "euro", "Van laag tot hoog (95%)."),
        Column("verwacht", "euro", "Van allen; in de lopende maand met wat er geteld is."),
        Column("nieuwe klanten", "euro", "Wat daarvan van nieuwe klanten komt; van hele maanden."),
    ),
    key=("van",),
    settings=MONTHS_AHEAD.settings,
    counted=("maand", "maanden"),
)
