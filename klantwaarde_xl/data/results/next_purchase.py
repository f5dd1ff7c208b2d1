"""When each customer is expected to buy again, and who is late; from `data.next_purchases`."""

from __future__ import annotations

from klantwaarde_xl.data.next_purchases import next_of_customers
from klantwaarde_xl.data.results import Column, Figure, Made, Result
from klantwaarde_xl.data.results.context import Context
from klantwaarde_xl.data.results.forecast import SETTINGS, basis_in


def _customers(context: Context) -> Made:
    return Made(*next_of_customers(context.once(basis_in)))


NEXT = Result(
    name="volgende",
    title="Volgende aankoop per klant",
    compute=_customers,
    table="tblVolgende",
    columns=(
        Column("klant", "tekst"),
        Column("laatste aankoop", "datum"),
        Column("kans nog klant", "procent"),
        Column("koopt binnen 30 dagen", "procent", "Kans op minstens één aankoop."),
        Column("binnen 60 dagen", "procent"),
        Column("binnen 90 dagen", "procent"),
        Column("verwacht vanaf", "datum", "Een kwart van zulke klanten heeft dan gekocht."),
        Column("verwacht", "datum", "De helft, van wie nog terugkomt."),
        Column("verwacht tot", "datum", "Drie kwart."),
        Column("zo lang stil", "procent", "Hoe vaak zo'n klant zo lang stil is en toch nog klant."),
        Column("oordeel", "tekst", "Te laat: hooguit één op de vier keer is zo'n klant zo lang stil."),
        Column("klantwaarde", "euro", "Als op blad Klanten."),
    ),
    key=("klant",),
    figures=(
        Figure("volgende_laat", "Te laat", "aantal", "klanten die langer stil zijn dan bij hen past"),
        Figure("volgende_laat_waarde", "Klantwaarde van wie te laat is", "euro", "nu, samen"),
        Figure("volgende_maand", "Kopen binnen 30 dagen", "afgerond", "alle kansen opgeteld"),
        Figure("volgende_kwartaal", "Kopen binnen 90 dagen", "afgerond", "alle kansen opgeteld"),
        Figure("volgende_beurt", "Aan de beurt", "aantal", "op schema, en verwacht vanaf binnen 30 dagen"),
    ),
    settings=SETTINGS,
    counted=("klant", "klanten"),
    top="klantwaarde",
)
