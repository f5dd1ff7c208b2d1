"""Columns whose header says that they are none of ours, whatever stands below it."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.cells.contents import Cells
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.naming.words import TAX_RATES
from klantwaarde_xl.data.reading.revenue.sides import side_of

_SCALED = re.compile(
    r"1[.,]?000\b|duizend|thousand|\bmln\b|miljoen|million|\bdagen\b|"
    r"\bdays\b|\buren\b|\bhours\b|\bkg\b|%",
    re.IGNORECASE,
)
# Headers of what is none of ours, whatever it holds; of money too that is no revenue
_OTHER_WORDS = """
    omschrijving description beschrijving artikel artikelnummer artikelnr article product
    productnaam productname sku ean gtin isbn barcode item itemname land country plaats stad city
    postcode zip zipcode straat adres address telefoon phone betaalmethode betaalwijze paymentmethod
    kaarttype cardtype last4 laatste4cijfers typetransactie transactietype
    method type soort kanaal channel categorie category status opmerking note notes memo kleur color
    maat size vendor merk brand weekdag maand jaar debet credit debit saldo balance af bij
    per periode period week weeknummer boekjaar
    openstaand openstaandsaldo outstanding discount discountamount korting kortingsbedrag
    verzendkosten shipping shippingcost fee fees kosten commissie commission cost costprice
    inkoopprijs inkoopwaarde margin marge kostprijs tip fooi
    vraagprijs askingprice adviesprijs adviesverkoopprijs catalogusprijs richtprijs startprijs oudeprijs
    oorspronkelijkeprijs rrp msrp compareatprice nogtebetalen restant restbedrag amountdue balancedue
    verschuldigdbedrag openstaandbedrag openbedrag nogteontvangen openamount openbalance amountoutstanding
    eigenrisico eigenbijdrage vergoed vergoeding deductible copay
    aanbetaling aanbetaald aanbetalingsbedrag depositpaid depositamount anzahlung acompte downpayment
    tafel tafelnummer tafelnr tablenumber
    shipmentid zendingid zendingnummer trackingnumber trackingid parcelid settlementid payoutid
    personen persons people pax gasten guests volwassenen adults kinderen children kamers rooms nachten nights
    deelnemers participants
    latitude longitude lat lon lng lengtegraad breedtegraad
    age leeftijd alter asin isbn10 isbn13 telephone mobile mobiel gsm rating shippingoption"""
_OTHERS = frozenset([*_OTHER_WORDS.split(), *TAX_RATES])
# A total of all rows so far
_RUNNING = re.compile(
    ".*saldo|saldo.*|.*cumul.*|running.*|.*totnutoe|(total)?todate|(door)?lopende?totaal|.*balance|kontostand|solde"
)
_OF_A_PLACE = re.compile(".*(latitude|longitude|breedtegraad|lengtegraad)")
_OF_ARTICLES = ("produ", "artik", "articl")


def is_scaled(column: Cells) -> bool:
    """Whether a header says that its numbers are thousands or no money at all."""
    return _SCALED.search(column.header) is not None


def is_other(column: Cells) -> bool:
    """Whether a header says that what is below it is none of ours, whatever that holds."""
    name = plain(column.header)
    known = name in _OTHERS or name.startswith(_OF_ARTICLES)
    known = known or any(one.fullmatch(name) for one in (_RUNNING, _OF_A_PLACE))
    return known or (column.is_numbers and side_of(column.header) != "")
