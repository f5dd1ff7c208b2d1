"""Exports whose rows are customers, or contracts and subscriptions, and no orders: known by their headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from klantwaarde_xl.data.reading.cells.time_spent import is_of_time
from klantwaarde_xl.data.reading.naming.headers import forms
from klantwaarde_xl.data.reading.naming.words import OF_CUSTOMERS

# Of all orders of a customer: an amount, the first or the last day
_OF_ALL_ORDERS = """
    totalspent totalspend amountspent moneyspent lifetimevalue lifetimespend lifetimespent lifetimerevenue
    customerlifetimevalue ltv clv lifetimeamount lifetimegiving
    totaleuitgave totaleuitgaven totaaluitgegeven totaalbesteed
    totalebesteding totalebestedingen totaalbestedingen totaalgekocht klantwaarde somorders sumoforders
    laatstebestelling laatstebesteldatum laatsteorder laatsteorderdatum laatsteaankoop laatsteaankoopdatum
    lastorder lastorderdate lastpurchase lastpurchasedate eerstebestelling eersteorder eersteorderdatum
    eersteaankoop firstorder firstorderdate firstpurchase firstpurchasedate"""
_SURE = OF_CUSTOMERS | frozenset(_OF_ALL_ORDERS.split())
# The day of the last of them, or of the first where it is said to be a day: else it may be yes or no
_WHAT = (
    "(order|bestelling|besteld|aankoop|purchase|koop|bezoek|visit|boeking|booking|donatie|donation|gift|bestellung|"
    "kauf|besuch|achat|commande|visite|compra|pedido|acquisto|ordine)"
)
_LAST, _FIRST = "(laatste|last|letzter?|derniere?|ultim[oa])", "(eerste|first|erster?|premiere?|primer[oa]?)"
_BEFORE, _BEHIND = "(datum|date)(of|van|de|du)?(de|het|the|la)?", "(datum|date|dag|day|at|on|op|am)"
_OF_AN_END = re.compile(
    f"({_BEFORE})?{_LAST}{_WHAT}{_BEHIND}?|{_BEFORE}{_FIRST}{_WHAT}|{_FIRST}{_WHAT}{_BEHIND}"
)
# What a model of customers takes: how often, how long ago, how much; each alone is of other things too
_OFTEN = frozenset(["frequency", "frequentie", "freq", "aantalkeer", "haufigkeit", "frequence"])
_AGO_WORDS = """
    recency recentie dayssincelastorder dayssincelastpurchase dayssincelastvisit dagensindslaatsteorder
    dagensindslaatstebestelling dagensindslaatsteaankoop dagensindslaatstebezoek rezenz recence"""
_AGO = frozenset(_AGO_WORDS.split())
_MUCH = frozenset(["monetary", "monetaryvalue", "monetair", "monetairewaarde", "t", "tenure"])
# Two of these do as well: of days and channels there are reports with one
_MAYBE_WORDS = """
    orders bestellingen aankopen purchases gemiddeldeorderwaarde gemiddeldebestelwaarde averageordervalue aov
    gemiddeldebesteding averagespend totaalomzet totalsales totalrevenue laatstactief lastactive aanmelddatum
    signupdate registratiedatum registrationdate klantsinds customersince"""
_MAYBE = frozenset(_MAYBE_WORDS.split())
# How many orders a row stands for, in a report of days or other periods
_COUNTS_WORDS = """
    orders bestellingen transacties transactions verkopen bonnen kassabonnen aantalverkopen aantaltransacties
    aantalbonnen aantalfacturen numberoftransactions transactioncount numberofsales salescount receipts
    aantalorder aantalbestelling orderaantal ordersplaced bestellungen anzahlbestellungen commandes"""
_COUNTS = frozenset(_COUNTS_WORDS.split()) | OF_CUSTOMERS
_MAY_BE_NUMBERS = frozenset(["orders", "bestellingen", "bestellungen"])  # of orders that come again
_STARTS_WORDS = """
    startdatum start begindatum begin ingangsdatum contractstart startdate startedat
    contractstartdate subscriptionstart subscriptionstartdate activatedat lidsinds startsat startson
    datumingang"""
_STARTS = frozenset(_STARTS_WORDS.split())
_ENDS_WORDS = """
    einddatum eind einde enddate end endedat endsat endson contracteinde contractenddate
    subscriptionenddate opzegdatum opgezegdop opgezegdper lidtot uitschrijfdatum churndate
    expirydate vervaltop"""
_ENDS = frozenset(_ENDS_WORDS.split())
# What is said of a contract that goes on, and of no sale
_GOES_ON_WORDS = """
    maandbedrag bedragpermaand monthlyamount monthlyfee monthlyprice jaarbedrag
    nextpayment nextpaymentdate nextbilling nextbillingdate nextinvoice nextinvoicedate nextcharge
    nextchargedate nextrenewal renewaldate renewsat renewson verlengingsdatum verlengdatum
    volgendebetaling volgendefactuur volgendefactuurdatum volgendeincasso currentperiodstart
    currentperiodend currenttermstart currenttermend trialstart trialend proefperiodetot
    billingperiod billinginterval billingcycle facturatiefrequentie subscriptionid abonnementid
    stripeplan paidupgradedate pledgeamount chargefrequency patronagesincedate membershiplevel
    abonnementsnummer abonnementnummer contractnummer contractid recurringtotal recurringamount mrr
    arr interval opzegtermijn looptijd contractduur"""
_GOES_ON = frozenset(_GOES_ON_WORDS.split())
# A date of a sale: such a row is one, though it is for some time
_OF_A_SALE = re.compile(
    "order|bestel|aankoop|transacti|verkoop|factuur|purchase|invoice|sale|betaal|paid|payment|post|boek|datum$"
    "|^date$"
)
_NIGHTS = re.compile("nacht|night|nuit|noche|nott[ie]|noite", re.IGNORECASE)
_MOSTLY = 0.8
_EACH = 0.99  # each day once


@dataclass(frozen=True)
class OtherList:
    """What an export seems to be (Dutch), and the header that shows it.

    of_customers: its rows are customers; of_days: they are days or other periods; else contracts.
    """

    what: str
    header: str
    of_customers: bool = False
    of_days: bool = False

    @property
    def remedy(self) -> str:
        """What to do about it (Dutch)."""
        if self.of_customers:
            return (
                "Exporteer de orders, met van elke order de klant, de datum en het bedrag. Wat u van klanten "
                "weet (kanaal, regio) leest u uit deze lijst met --tabel klanten."
            )
        if self.of_days:
            return "Exporteer de orders zelf, met van elke order de klant, de datum en het bedrag."
        return "Lees haar met --tabel contracten, of exporteer de facturen of betalingen."


def other_list(
    headers: Sequence[str], places: Mapping[str, int], once: Callable[[int], float]
) -> OtherList | None:
    """What a source of these headers is a list of, where it is none of orders.

    places: of our columns that were found; once: of a column of customers how many different ones there are
    to a row, 1 where nobody stands there twice.
    """
    if "order" in places:
        return None
    known = [(header.strip(), set(forms(header))) for header in headers]
    counts = _under(known, _COUNTS)
    again = [header for header in counts if not set(forms(header)) & _MAY_BE_NUMBERS]
    twice = any(once(at) < _MOSTLY for at, header in enumerate(headers) if header.strip() in again)
    if counts and "klant" not in places and "datum" in places and (twice or once(places["datum"]) >= _EACH):
        what = "een overzicht van dagen of andere perioden, met per rij het totaal van al hun orders"
        return OtherList(what, counts[0], of_days=True)
    sure, maybe = (_under(known, words) for words in (_SURE, _MAYBE))
    sure = sure or [header for header, plain in known if any(map(_OF_AN_END.fullmatch, plain))]
    often, ago, much = (_under(known, words) for words in (_OFTEN, _AGO, _MUCH))
    sure = sure or (ago if often or much else [])
    of_customers = sure or (maybe if len(maybe) > 1 and "klant" in places else [])
    if of_customers and (set(_under(known, OF_CUSTOMERS)) or _is_once(places, once)):
        return OtherList(
            "een lijst van klanten, met per klant het bedrag van al zijn orders", of_customers[0], True
        )
    starts, ends, going = (_under(known, words) for words in (_STARTS, _ENDS, _GOES_ON))
    day = headers[places["datum"]] if "datum" in places else ""
    is_sale = any(_OF_A_SALE.search(form) for form in forms(day)) or any(map(_is_of_a_stay, headers))
    of_contracts = len(going) > 1 or (going and (starts or ends)) or (starts and ends and not is_sale)
    if of_contracts and _is_once(places, once):
        what = "een lijst van contracten of abonnementen, met per rij een begin en een einde"
        return OtherList(what, (going or ends)[0])
    return None


def _is_of_a_stay(header: str) -> bool:
    """Whether a header counts nights, or the time of some work: that begins and ends, and is a sale."""
    return is_of_time(header) or _NIGHTS.search(header) is not None


def _under(known: Iterable[tuple[str, set[str]]], words: frozenset[str]) -> list[str]:
    return [header for header, plain in known if plain & words]


def _is_once(places: Mapping[str, int], once: Callable[[int], float]) -> bool:
    return "klant" not in places or once(places["klant"]) >= _MOSTLY


def share_once(texts: Iterable[str]) -> float:
    """How many different texts there are to each that is filled; 1 for none."""
    filled = [text for text in texts if text]
    return len(set(filled)) / len(filled) if filled else 1.0
