"""Where customers can be written to, and who consented to that."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import words
from klantwaarde_xl.data.reading.customers.refusals import REFUSALS
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.reading.naming.words import CODES, MAILS, NAMES
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.dutch import format_count

_OWN = "klant"  # on our own sheet it stands beside the address, and is not it
_SAYS_YES = words(
    "toestemming optin marketingoptin emailoptin nieuwsbrief newsletter subscribed subscriber issubscribed "
    "acceptsmarketing acceptsemailmarketing emailmarketing marketingconsent emailconsent consent "
    "consentgiven akkoord magmailen mailen mailing mailingtoegestaan toestemmingmail toestemmingemail "
    "emailtoestemming toestemmingmarketing toestemmingnieuwsbrief marketing aangemeld ingeschreven "
    "ingeschrevenvoornieuwsbrief abonneestatus subscriptionstatus emailmarketingconsentstate "
    "emailsubscriptionstatus avgakkoord gdprconsent maggemaildworden magmailontvangen wilmail wilnieuwsbrief "
    "aangemeldvoornieuwsbrief nieuwsbriefaangemeld nieuwsbriefontvangen emailmarketingconsent optinstatus "
    "mailentoegestaan mailtoegestaan emailtoegestaan marketingstatus marketingtoestemming "
    "toestemmingemailmarketing emailmarketingtoestemming mailinglijst mailingstatus newsletterstatus "
    "nieuwsbriefstatus"
)
_ABOUT = "(?:e?mail|nieuwsbrief|newsletter|marketing|mailing|sms|is|has|was|global|klant|contact)*"
_SAYS_NO = (  # left; is not to be written to; cannot be
    (
        f"^{_ABOUT}(?:afgemeld|uitgeschreven|uitgeschr|afmelding|uitschrijving|unsubscribed?|optout|optedout|"
        "afmeld|uitschrijf|abgemeldet|desinscrite?|desabonnee?|unsub)"
        "(?:voor|van|of|from|all|op|at|on|datum|date|time|reden|reason|status|bulk|"
        "e?mails?|nieuwsbrie(?:f|ven)|newsletters?|marketing|mailing)*$"
    ),
    (
        "^(?:geen|no|niet|not|donot|dont|nooit|never|wilgeen|keine?)(?:meer|more|bulk)?"
        "(?:e?mail(?:s|en|ing|ings)?|contact(?:en|eren|opnemen)?|nieuwsbrie(?:f|ven)|newsletters?|reclame|"
        "marketing(?:e?mails?)?|benaderen|aanschrijven|werbung|market)(?:aub|sturen|send|ontvangen)?$"
        f"|^{_ABOUT}(?:cleantime|blocked|geblokkeerd|suppressed|suppression|blacklist(?:ed)?|donotcontact|bezwaar)$"
    ),
    (
        f"^{_ABOUT}(?:hard)?bounce[ds]?(?:at|on|date|datum|status|type|reason|count)?$|^{_ABOUT}(?:cleaned|complained|"
        "spamcomplaint|spamklacht|undeliverable|onbestelbaar|ongeldige?mail|e?mailongeldig|invalide?mail)$"
    ),
)


def _twice(looked: Looked) -> list[str]:
    """Customers that stand in it more than once."""
    count = looked.con.execute(
        "select count(*) from (select klant from adressen group by klant having count(*) > 1)"
    ).fetchall()[0][0]
    if not count:
        return []
    who = format_count(count, "klant staat", "klanten staan")
    return [f"{who} er meer dan eens in: het eerste adres telt, en één keer nee is nee"]


def _nothing_said(looked: Looked) -> list[str]:
    """Nobody said yes or no, or it stands in a column that was not known."""
    rows, said = looked.con.execute("select count(*), count(toestemming) from adressen").fetchall()[0]
    text = (
        "nergens staat of iemand mail wil: iedereen komt op een lijst om te mailen; staat het in een kolom "
        "met een andere naam, noem die: --kolommen toestemming=NAAM (ja is wel, nee is niet), of "
        f"--kolommen {REFUSALS[0]}=NAAM als ja daar betekent dat iemand geen mail wil"
    )
    return [text] if rows and not said else []


ADRESSEN = Table(
    "adressen",
    "tblAdressen",
    "Adressen",
    "E-mailadressen en toestemming",
    (
        Column(
            "klant",
            Kind.KEY,
            (*CODES, _OWN, *MAILS, *(name for name in NAMES if name != _OWN)),
            "Zoals bij de transacties: een nummer, e-mailadres of naam.",
        ),
        Column(
            "e-mail",
            Kind.KEY,
            MAILS,
            "Mag ontbreken: waar de klant zijn mail krijgt.",
            required=False,
            example="klant@voorbeeld.nl",
        ),
        Column(
            "toestemming",
            Kind.TEXT,
            _SAYS_YES,
            "Mag ontbreken: ja of nee. Wie hier geen ja heeft, komt niet op een lijst om te mailen.",
            required=False,
            example="ja",
        ),
    ),
    doubts=(_twice, _nothing_said),
    aids=tuple(
        Column(
            name, Kind.TEXT, (pattern,), "Wie hier iets anders dan nee heeft, wil geen mail.", required=False
        )
        for name, pattern in zip(REFUSALS, _SAYS_NO, strict=True)
    ),
)
