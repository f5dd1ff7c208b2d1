"""What was sold of each product or service, and what that cost; to whom, where it is known."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import WHO, words
from klantwaarde_xl.data.reading import doubts
from klantwaarde_xl.data.reading.naming.words import DATE
from klantwaarde_xl.data.tables import CURRENCY, Column, Kind, Table

PRODUCTEN = Table(
    "producten",
    "tblProducten",
    "Producten",
    "Verkoop per product of dienst",
    (
        Column(
            "product",
            Kind.KEY,
            words(
                "productgroep dienst categorie artikelgroep hoofdgroep assortimentsgroep omzetgroep soort "
                "productcategorie producttype producttitle productname productnaam artikel artikelnaam "
                "productcategory category itemcategory item itemname service lineitemname omschrijving sku"
            ),
            "Het product, de productgroep of de dienst.",
        ),
        Column(
            "omzet",
            Kind.AMOUNT,
            words(
                "nettoomzet omzetexclbtw omzetexbtw verkoop verkopen bedragexclbtw netsales sales revenue "
                "nettoverkoop regelbedrag regeltotaal linetotal lineamount bedrag amount totaal total"
            ),
            "In euro; een retour heeft een minteken.",
        ),
        Column(
            "kosten",
            Kind.AMOUNT,
            words(
                "inkoop inkoopwaarde inkoopkosten kostprijs kostprijsomzet kostenexclbtw directekosten cogs "
                "costofgoodssold costofgoods totalcost cost costs"
            ),
            "Mag ontbreken: wat deze verkoop kostte, in euro. Zonder rekent het werkboek met uw marge.",
            required=False,
        ),
        Column(
            "klant",
            Kind.KEY,
            WHO,
            "Mag ontbreken: wie het kocht, zoals bij de transacties.",
            required=False,
        ),
        Column(
            "datum",
            Kind.DATE,
            DATE,
            "Mag ontbreken: de dag van de verkoop; dan is te zeggen wat er per product verandert.",
            required=False,
        ),
    ),
    doubts=(doubts.future,),
    aids=(CURRENCY,),
)
