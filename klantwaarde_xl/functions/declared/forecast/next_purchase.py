"""Declaration: when each customer is expected to buy again."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CUSTOMERS, DAYS, MODEL
from klantwaarde_xl.functions.declared.examples import next_purchase_results as shown
from klantwaarde_xl.functions.declared.examples import shop
from klantwaarde_xl.functions.declared.forecast.log import AS_OF, LOG, NET_AMOUNTS, SHORT, log_failures
from klantwaarde_xl.functions.declared.forecast.season_arguments import INDEX, SEASON, season_failures
from klantwaarde_xl.functions.spec import Column, Example, Failure, Spec
from klantwaarde_xl.reports import next_purchase

VOLGENDEAANKOOP = Spec(
    name="VOLGENDEAANKOOP",
    kernel=next_purchase.next_purchase,
    group="Voorspellen",
    doc="Wanneer koopt elke klant weer? De kans binnen 30, 60 en 90 dagen, de dagen waartussen het bij de "
    "helft van zulke klanten valt (van wie nog terugkomt), en wie te laat is.",
    unit="tabel",
    sources=("D6", "D33"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, MODEL, AS_OF, SEASON, INDEX),
    examples=(
        Example((*LOG, None, shop.END), shown.NEXT, "een kleine winkel", close=1e-4),
        Example((*LOG, "bg/nbd", shop.END), shown.NEXT_BG, "ander model", close=1e-4),
    ),
    failures=(
        Failure(CellError.NA, "het model is met deze gegevens niet te schatten", SHORT),
        Failure(CellError.NUM, "het model bestaat niet", (*SHORT, 9)),
        *log_failures(None),
        *season_failures(*SHORT, None, None),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("laatste aankoop", "last"),
        Column("kans nog klant", "alive"),
        Column("kans binnen 30 dagen", "month"),
        Column("binnen 60 dagen", "two_months"),
        Column("binnen 90 dagen", "quarter"),
        Column("verwacht vanaf", "early", blank=True),
        Column("verwacht", "middle", blank=True),
        Column("verwacht tot", "late", blank=True),
        Column("zo lang stil", "silence"),
        Column("oordeel", "note"),
    ),
)
