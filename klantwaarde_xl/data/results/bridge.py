"""The last twelve whole months in figures that a formula cannot count from a table per month.

They are what the CLV of the formula stands on, and what leads from it to the value of the forecast.
"""

from __future__ import annotations

from klantwaarde_xl.data import metrics
from klantwaarde_xl.data.periods import YEAR, month_number
from klantwaarde_xl.data.results import Figure, Made, Result
from klantwaarde_xl.data.results.context import Context


def _bridge(context: Context) -> Made:
    figures = dict.fromkeys(figure.name for figure in BRIDGE.figures)
    last = month_number(context.periods.last_month)
    first = last - YEAR + 1
    row = context.rows("transacties", metrics.LAST_YEAR, as_of=context.as_of, first=first, last=last)[0]
    reaches, buyers, orders, revenue, net, firsts, guests = row
    if reaches:  # less than a year of data says nothing of a year
        figures |= {
            "brug_kopers": buyers,
            "brug_orders": orders,
            "brug_omzet": revenue,
            "brug_netto": net,
            "brug_eerste": firsts,
            "brug_gasten": guests,
        }
    return Made(figures=figures)


BRIDGE = Result(
    name="brug",
    title="Het laatste jaar",
    compute=_bridge,
    figures=(
        Figure(
            "brug_kopers",
            "Kopers",
            "aantal",
            "met een order in de laatste 12 hele maanden, ook wie alles terugbracht",
        ),
        Figure("brug_orders", "Orders van klanten", "aantal", "van de laatste 12 hele maanden"),
        Figure("brug_omzet", "Omzet uit orders", "euro", "van de laatste 12 hele maanden"),
        Figure("brug_netto", "Omzet na retouren", "euro", "van de laatste 12 hele maanden"),
        Figure("brug_gasten", "Omzet van gasten", "euro", "orders zonder klant; niet in de omzet hierboven"),
        Figure("brug_eerste", "Omzet van eerste aankopen", "euro", "op de dag dat iemand klant werd"),
    ),
    settings=("kw_peildatum",),
)
