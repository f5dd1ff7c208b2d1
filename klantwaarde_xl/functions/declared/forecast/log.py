"""Declarations: from a log of transactions to what the probability models see of each customer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CUSTOMERS, DAYS, MODEL, UNIT, transaction_failures
from klantwaarde_xl.functions.declared.examples import shop
from klantwaarde_xl.functions.declared.examples import shop_results as shown
from klantwaarde_xl.functions.declared.forecast.season_arguments import INDEX, SEASON, season_failures
from klantwaarde_xl.functions.spec import Arg, Cells, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.reports import customers, overview

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Voorspellen"

NET_AMOUNTS = Arg(
    "bedragen",
    "amounts",
    "Kolom met bedragen, even lang. Een negatief bedrag is een retour: het gaat van de laatste aankopen "
    "ervoor af, en een aankoop die zo op nul komt telt niet.",
    "euro",
    Kind.FIGURES,
)
AS_OF = Arg(
    "peildatum",
    "as_of",
    "Datum waarop u kijkt; wat later is telt niet mee. Leeg is de laatste datum in de gegevens.",
    "datum",
    Kind.DATE,
)
LOG = (shop.CUSTOMERS, shop.DATES, shop.AMOUNTS)
SHORT = tuple(column[:7] for column in LOG)


def log_failures(*between: Cells, required: tuple[Cells, ...] = ()) -> tuple[Failure, ...]:
    """What is wrong with any log; between: what stands between it and the date, required: what must."""
    wrong = (replace(one, args=(*one.args, *required)) for one in transaction_failures(*SHORT))
    far = (SHORT[0], (*SHORT[1][:-1], dt.date(3024, 1, 1)), SHORT[2], *required)
    early = (*SHORT, *required, *between, shop.BEFORE)
    return (
        Failure(NA, "er zijn geen aankopen tot en met de peildatum", early),
        Failure(NUM, "de aankopen en de peildatum beslaan meer dan 200 jaar: zoek een verkeerde datum", far),
        *wrong,
    )


KLANTHISTORIE = Spec(
    name="KLANTHISTORIE",
    kernel=customers.history,
    group=GROUP,
    doc="Wat de kansmodellen van elke klant weten: herhaalaankopen (dus zonder de eerste), recentheid "
    "(leeftijd bij de laatste aankoop) en leeftijd. Dit zijn niet de R, F en M van RFM.",
    unit="tabel",
    sources=("D6", "D23"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, AS_OF, UNIT),
    examples=(
        Example(SHORT, shown.SHORT, "tot 27-08-2024"),
        Example(
            (("Ada", "Ada", "Ada", "Bo", "Ada"), (1, 8, 15, 15, 22), (10.0, 20.0, 30.0, 5.0, -35.0)),
            shown.REFUND,
            "de retour van 35 neemt de derde aankoop weg en 5 van de tweede",
        ),
    ),
    failures=(
        *log_failures(),
        Failure(NA, "na aftrek van de retouren blijft geen aankoop over", (("Ada",), (1,), (-5.0,))),
        Failure(NUM, "de eenheid bestaat niet", (*SHORT, None, 7)),
    ),
    columns=(
        Column("klant", "customer", labels_of="klanten"),
        Column("herhaalaankopen", "frequency"),
        Column("recentheid ({eenheid})", "recency"),
        Column("leeftijd ({eenheid})", "T"),
        Column("besteding per herhaalaankoop", "mean_spend"),
        Column("omzet", "revenue"),
        Column("eerste aankoop", "first"),
        Column("laatste aankoop", "last"),
    ),
)

VOORSPELCONTROLE = Spec(
    name="VOORSPELCONTROLE",
    kernel=overview.check,
    group=GROUP,
    doc="Waar een voorspelling op rust: rijen, klanten, afgetrokken retouren, of de modellen te schatten "
    "zijn, en of frequentie en besteding los van elkaar staan. In getallen en in woorden.",
    unit="tabel",
    sources=("D6", "D33", "D35"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, UNIT, MODEL, AS_OF, SEASON, INDEX),
    examples=(
        Example((*LOG, None, "bg/nbd", shop.END), shown.CHECK, "een kleine winkel", close=1e-5),
        Example(
            (("Ada", "Bo", "Cas"), (1, 2, 9), (10.0, 20.0, 30.0), None, "bg/nbd"),
            shown.CHECK_FEW,
            "niemand kocht opnieuw: er valt niets te schatten",
        ),
    ),
    failures=(
        *log_failures(None, None),
        Failure(NUM, "het model bestaat niet", (*SHORT, None, 7)),
        *season_failures(*SHORT, None, None, None),
    ),
    columns=(
        Column("onderwerp", "label"),
        Column("waarde", "value", blank=True),
        Column("toelichting", "note"),
    ),
)
