"""Competitors' prices beside our own, by product."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import words
from klantwaarde_xl.data.reading import doubts
from klantwaarde_xl.data.tables import CURRENCY, Column, Kind, Table

PRIJZEN = Table(
    "prijzen",
    "tblPrijzen",
    "Prijzen",
    "Prijzen van concurrenten",
    (
        Column(
            "product",
            Kind.KEY,
            words(
                "artikel dienst aspect productnaam artikelnaam artikelnummer ean sku productname item "
                "service productid omschrijving"
            ),
            "Het product of de dienst die wordt vergeleken.",
        ),
        Column(
            "concurrent",
            Kind.KEY,
            words(
                "aanbieder winkel webshop verkoper merk competitor competitorname seller shop store vendor"
            ),
            "Wie het aanbiedt.",
        ),
        Column(
            "prijs",
            Kind.AMOUNT,
            words(
                "concurrentprijs prijsconcurrent prijsvanconcurrent marktprijs competitorprice theirprice "
                "hunprijs priceofcompetitor marketprice price prijs"
            ),
            "De prijs van de concurrent, in euro.",
            above_nought=True,
        ),
        Column(
            "eigen prijs",
            Kind.AMOUNT,
            words(
                "onzeprijs mijnprijs prijseigen ownprice ourprice myprice eigenverkoopprijs "
                "verkoopprijs prijs"
            ),
            "Mag ontbreken: uw eigen prijs voor hetzelfde, in euro.",
            required=False,
        ),
        Column(
            "datum",
            Kind.DATE,
            words(
                "peildatum gemetenop date checkedat scrapedat lastupdate updatedat timestamp lastchecked "
                "lastcheckedat lastseen checked opgehaaldop bijgewerktop meetdatum prijsdatum scrapedate dag"
            ),
            "Mag ontbreken: de dag waarop de prijs is gezien.",
            required=False,
        ),
    ),
    doubts=(doubts.repeats, doubts.future),
    aids=(CURRENCY,),
    across=("concurrent", "prijs"),
)
