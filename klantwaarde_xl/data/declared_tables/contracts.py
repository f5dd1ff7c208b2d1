"""Contracts, subscriptions and memberships: when each began, and when it ended."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import WHO, words
from klantwaarde_xl.data.reading import doubts
from klantwaarde_xl.data.reading.cells.terms import TERMS_EACH
from klantwaarde_xl.data.reading.days.running_words import STATUS
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.tables import CURRENCY, Column, Kind, Table
from klantwaarde_xl.dutch import format_count


def _several(looked: Looked) -> list[str]:
    """A customer with two contracts may have changed plans, or run both."""
    count = looked.con.execute(
        "select count(*) from (select klant from contracten where klant is not null "
        "group by klant having count(*) > 1)"
    ).fetchall()[0][0]
    text = (
        "meer dan één contract: wat aansluit of overlapt telt samen als één; wie van plan wisselde, "
        "verliet alleen dat plan"
    )
    return [f"{format_count(count, 'klant heeft', 'klanten hebben')} {text}"] if count else []


def _to_come(looked: Looked) -> list[str]:
    """Contracts that begin or end after today."""
    begin, end = looked.con.execute(
        "select count(*) filter (start > $today), count(*) filter (start <= $today and eind > $today) "
        "from contracten",
        {"today": looked.today},
    ).fetchall()[0]
    later = format_count(begin, "contract begint", "contracten beginnen")
    said = [f"{later} nog: niet mee in de overleving"] if begin else []
    running = format_count(end, "contract eindigt", "contracten eindigen")
    return said + ([f"{running} in de toekomst: nog lopend"] if end else [])


def _no_end(looked: Looked) -> list[str]:
    """Nobody left, which is so, or stands in a column that was not known."""
    rows, ends = looked.con.execute("select count(*), count(eind) from contracten").fetchall()[0]
    text = (
        "geen enkel contract heeft een einde: alles telt als lopend en niemand vertrok; staat het einde in "
        "een kolom met een andere naam, noem die: --kolommen eind=NAAM"
    )
    return [text] if rows and not ends else []


def _terms(looked: Looked) -> list[str]:
    """Amounts of different terms stand below one another."""
    found = looked.con.execute(
        "select termijn, count(*) from contracten where bedrag is not null and termijn is not null "
        "group by termijn order by 2 desc, 1"
    ).fetchall()
    shown = " en ".join(f"per {term} ({count})" for term, count in found)
    return [f"bedragen {shown} staan door elkaar: tel ze niet zomaar op"] if len(found) > 1 else []


CONTRACTEN = Table(
    "contracten",
    "tblContracten",
    "Contracten",
    "Contracten en abonnementen",
    (
        Column(
            "start",
            Kind.DATE,
            (
                *words(
                    "startdatum start begindatum ingangsdatum contractstart startcontract datumingang begin "
                    "abonnementstart lidsinds lidvanaf startdate startedat contractstartdate "
                    "subscriptionstart "
                    "subscriptionstartdate activatedat activationdate subscribedat createdat created "
                    "datumbegin van eerstedag ingang aanvang aanvangsdatum vanaf sinds inschrijfdatum "
                    "aanmelddatum klantsinds joindate joined "
                    "joinedon joinedat membersince membershipstart fromdate validfrom from startmaand "
                    "beginmaand startmonth"
                ),
                r"^(start|begin|ingangs)datum",
            ),
            "De eerste dag van het contract.",
        ),
        Column(
            "eind",
            Kind.DATE,
            (
                *words(
                    "einddatum eind datumeinde beeindigd beeindigdop contracteinde opgezegdper uitdienst "
                    "uitschrijfdatum lidtot endedat enddate contractenddate subscriptionend "
                    "subscriptionenddate "
                    "terminationdate expiredat expiresat cancelledat canceledat cancellationdate opzegdatum "
                    "opgezegdop churndate tot einde eindecontract eindedatum eindigt eindigtop "
                    "beeindigingsdatum "
                    "beeindigdper laatstedag "
                    "totenmet tm loopttotenmet loopttot geldigtot geldigtotenmet vervaldatum afloopdatum "
                    "stopdatum gestoptop gestoptper afmelddatum end ended expires expirationdate expirydate "
                    "lastday todate validto validuntil "
                    "until to eindmaand endmonth"
                ),
                r"^einde?datum",
            ),
            "De laatste dag; leeg als het contract nog loopt.",
            required=False,
            not_before="start",
        ),
        Column(
            "plan",
            Kind.KEY,
            words(
                "abonnement abonnementsvorm abonnementsoort contractsoort contracttype pakket lidmaatschap "
                "soort planname planid product productname subscription subscriptionplan tier membership "
                "membershiptype"
            ),
            "Mag ontbreken: welk abonnement of pakket.",
            required=False,
        ),
        Column(
            "bedrag",
            Kind.AMOUNT,
            words(
                "bedragperperiode maandbedrag contractbedrag abonnementsbedrag bedragexclbtw "
                "bedragpermaand termijnbedrag contributie prijs tarief mrr amount price planamount "
                "recurringamount fee recurringtotal prijspermaand tariefpermaand contributiepermaand "
                "kostenpermaand monthlyamount monthlyprice monthlyfee jaarbedrag bedragperjaar "
                "prijsperjaar tariefperjaar contributieperjaar arr annualamount yearlyamount annualprice "
                "yearlyprice annualfee bedragperkwartaal kwartaalbedrag"
            ),
            "Mag ontbreken: wat de klant per termijn betaalt, in euro.",
            required=False,
        ),
        Column(
            "termijn",
            Kind.TEXT,
            words(
                "betaaltermijn facturatietermijn factuurtermijn betaalperiode betaalfrequentie "
                "facturatiefrequentie frequentie periode billingperiodunit intervalunit "
                "periodunit interval billinginterval billingperiod billingcycle "
                "planinterval recurringinterval billingfrequency"
            ),
            "Mag ontbreken: waarvan het bedrag is, per maand, kwartaal, halfjaar of jaar.",
            required=False,
            example="maand",
        ),
        Column("klant", Kind.KEY, WHO, "Mag ontbreken: van wie het contract is.", required=False),
    ),
    doubts=(doubts.repeats, _several, _no_end, _to_come, _terms),
    aids=(
        CURRENCY,
        Column(
            TERMS_EACH,
            Kind.TEXT,
            words("billingperiod intervalcount billingintervalcount planintervalcount periodcount"),
            "Hoeveel van die termijnen, waar dat apart staat: 3 naast maand is een kwartaal.",
            required=False,
        ),
        Column(
            STATUS,
            Kind.TEXT,
            words(
                "abonnementsstatus contractstatus lidstatus lidmaatschapsstatus subscriptionstatus status "
                "state actief isactief active isactive lopend"
            ),
            "Loopt een contract zonder einde? Zegt het iets anders, dan staat dat in het verslag.",
            required=False,
        ),
    ),
)
