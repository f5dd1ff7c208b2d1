"""What is known of each customer: where he came from, what he bought first, where he lives."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import words
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.reading.naming.words import CAMPAIGN, CUSTOMER
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.dutch import format_count


def _twice(looked: Looked) -> list[str]:
    """Customers that stand in it more than once, and whether the rows say the same."""
    count, differ = looked.con.execute(
        """select count(*), count(*) filter (n > 1) from (
             select klant, count(distinct (kanaal, "eerste product", regio, campagne)) as n
             from klanten group by klant having count(*) > 1)"""
    ).fetchall()[0]
    if not count:
        return []
    text = f"{format_count(count, 'klant staat', 'klanten staan')} er meer dan eens in: dat telt één keer"
    return [text + (f"; bij {differ} verschillen de gegevens: die tellen als meer dan één" if differ else "")]


KLANTEN = Table(
    "klanten",
    "tblKlantgegevens",
    "Klanten",
    "Gegevens van klanten",
    (
        Column("klant", Kind.KEY, CUSTOMER, "Zoals bij de transacties: een nummer, e-mailadres of naam."),
        Column(
            "kanaal",
            Kind.KEY,
            words(
                "wervingskanaal herkomst kanaalnaam marketingkanaal acquisitiekanaal bron utmsource "
                "firsttouchsource firsttouchchannel originalsource originaltrafficsource initialsource "
                "acquisitionsource acquisitionchannel leadsource leadbron channel source medium"
            ),
            "Mag ontbreken: waardoor iemand klant werd.",
            required=False,
        ),
        Column(
            "eerste product",
            Kind.KEY,
            words(
                "eersteaankoop instapproduct eersteartikel eersteproductgroep firstproduct firstpurchase "
                "firstproductname firstcategory product artikel productgroep categorie category"
            ),
            "Mag ontbreken: wat iemand het eerst kocht.",
            required=False,
        ),
        Column(
            "regio",
            Kind.KEY,
            words(
                "provincie gebied streek rayon land regionaam region state stateregion stateprovince "
                "province country billingcountry billingstate defaultaddressprovincecode "
                "defaultaddresscountrycode landcode countrycode plaats woonplaats city "
                "billingcity defaultaddresscity stad"
            ),
            "Mag ontbreken: waar iemand woont of gevestigd is.",
            required=False,
        ),
        Column(
            "campagne",
            Kind.KEY,
            CAMPAIGN,
            "Mag ontbreken: door welke campagne van het kanaal iemand klant werd.",
            required=False,
        ),
    ),
    doubts=(_twice,),
)
