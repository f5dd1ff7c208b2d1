"""Key figures over the twelve months up to each whole month, which no table per month can add up.

A buyer of a year counts once, however many months he bought in. Revenue is that of orders, in the parts
that the article names: direct (the first day on which somebody ordered), recurring (every later day), and
word of mouth (the first day of who came through it, by his channel); guests are in none of these.
"""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.periods import YEAR, month_number
from klantwaarde_xl.data.results import Column, Figure, Made, Result
from klantwaarde_xl.data.results.context import Context

_NO_CHANNEL = "Zonder kolom kanaal op Klanten is mond-tot-mond niet te zien."
_NO_WORD = "Op Klanten heet geen kanaal mond-tot-mond, via via of aanbeveling; die omzet is dan niet te zien."


def _year_figures(context: Context) -> Made:
    names: list[str] = []
    figures: dict[str, Any] = dict.fromkeys(one.name for one in YEAR_FIGURES.figures)
    if context.has("klanten"):
        found = context.rows("transacties", metrics.WORD_OF_MOUTH)
        names = [name for name, told in found if told]
        figures["mond_bericht"] = None if names else _NO_WORD if found else _NO_CHANNEL
    else:
        figures["mond_bericht"] = _NO_CHANNEL
    figures["mond_kanalen"] = ", ".join(names) or None
    sql = metrics.year_figures(told=bool(names), costs=context.has("kosten"))
    whole = month_number(context.periods.last_month)
    rows = context.rows("transacties", sql, as_of=context.as_of, whole=whole, months=YEAR)
    return Made(rows, figures)


YEAR_FIGURES = Result(
    name="jaarcijfers",
    title="Kerncijfers over 12 maanden",
    compute=_year_figures,
    table="tblJaar",
    columns=(
        Column("maand", "maand", "De laatste van de twaalf maanden; leeg is: de gegevens zijn korter."),
        Column("kopers", "aantal", "Klanten met een order in die maanden; wie vaker kocht, telt één keer."),
        Column("orders", "aantal", "Orders van klanten."),
        Column("omzet", "euro", "Omzet uit orders van klanten, retouren niet afgetrokken."),
        Column("na retouren", "euro", "Dezelfde omzet, retouren van klanten eraf."),
        Column(
            "direct", "euro", "Van de omzet: van de eerste dag waarop iemand kocht, zonder mond-tot-mond."
        ),
        Column("herhaald", "euro", "Daarvan: van elke latere dag."),
        Column("mond-tot-mond", "euro", "Daarvan: van de eerste dag van wie via via kwam; leeg is onbekend."),
        Column("gasten", "euro", "Omzet uit orders zonder klant."),
        Column(
            "kosten",
            "euro",
            "Kosten van werving; leeg als er op blad Kosten van een van de maanden niets staat.",
        ),
    ),
    key=("maand",),
    figures=(
        Figure("mond_kanalen", "Kanalen van mond-tot-mond", "tekst", "Zoals ze op Klanten heten."),
        Figure("mond_bericht", "Melding over mond-tot-mond", "tekst", "Waarom die omzet niet te zien is."),
    ),
    settings=("kw_peildatum",),
    counted=("maand", "maanden"),
)
