"""What customers answered: a row for each answer of a customer to a question."""

from __future__ import annotations

from klantwaarde_xl.data.declared_tables.headers import WHO, words
from klantwaarde_xl.data.reading import doubts
from klantwaarde_xl.data.reading.doubts import Looked
from klantwaarde_xl.data.reading.naming.headers import BY_ANSWERS
from klantwaarde_xl.data.tables import Column, Kind, Table
from klantwaarde_xl.dutch import format_count

# From the exports of Google Forms, Microsoft Forms, Typeform, SurveyMonkey, Mopinion, Usabilla and Qualtrics,
# which put the question itself above its answers; the surest first
_QUESTIONS = (
    r"^hoewaarschijnlijk.*(aanbeve|aanra)",
    r"^howlikely.*recommend",
    r"^.*(zoudtu|zouje|beveeltu|beveelje|raadtu|raadje).*(aan|aanbevelen|aanraden)",
    r"^hoe(zeer)?(bent|was|is|ben).*(tevreden|makkelijk|gemakkelijk|moeilijk)",
    r"^hoe(tevreden|makkelijk|gemakkelijk|moeilijk|beoordeelt|beoordeel|waardeert|ervaart|ervaarde|ervoer)",
    r"^how(satisfied|easy|wouldyourate|likely|difficult)",
    r"^(welk|wat).*cijfer",
    r"^(in|tot)(hoeverre|welkemate)",
)


def _again(looked: Looked) -> list[str]:
    """Customers who answered a question more than once."""
    count = looked.con.execute(
        "select count(distinct klant) from (select klant from enquete where klant is not null and "
        "score is not null group by klant, vraag having count(*) > 1)"
    ).fetchall()[0][0]
    who = format_count(count, "klant antwoordde", "klanten antwoordden")
    return [f"{who} meer dan eens op dezelfde vraag: elk antwoord telt"] if count else []


ENQUETE = Table(
    "enquete",
    "tblEnquete",
    "Enquete",
    "Antwoorden op een enquête",
    (
        Column(
            "datum",
            Kind.DATE,
            words(
                "tijdstempel timestamp completiontime tijdvanvoltooien voltooiingstijd submittedat "
                "submitdate enddate einddatum datecreated recordeddate responsedate antwoorddatum invuldatum "
                "ingevuldop enquetedatum afgerondop completedat voltooidop respondedat answeredat "
                "beantwoordop ingediendop submittedon reviewcreated reviewdate beoordeeldop created "
                "createdat aangemaakt "
                "date datum starttime begintijd "
                "startdate"
            ),
            "Mag ontbreken: de dag van het antwoord.",
            required=False,
        ),
        Column(
            "score",
            Kind.SCORE,
            (
                *words(
                    "npsscore nps csat csatscore ces cesscore score rating beoordeling cijfer rapportcijfer "
                    "waardering sterren stars aantalsterren starrating tevredenheid tevredenheidsscore "
                    "satisfaction antwoord answer"
                ),
                *_QUESTIONS,
                BY_ANSWERS,
            ),
            "Het antwoord: een heel getal op de schaal van de vraag, sterren, of woorden als zeer tevreden. "
            "Leeg of n.v.t. is geen antwoord.",
            open_cells=True,
        ),
        Column(
            "schaal",
            Kind.TEXT,
            words("scale antwoordschaal"),
            "Mag ontbreken: van het laagste tot het hoogste antwoord, zoals 0 t/m 10 of 1 t/m 5.",
            required=False,
            example="1 t/m 5",
        ),
        Column(
            "vraag",
            Kind.KEY,
            words("aspect onderwerp thema question vraagtekst questiontext topic onderdeel"),
            "Mag ontbreken: de vraag of het aspect, als er meer in één kolom staan.",
            required=False,
        ),
        Column(
            "klant",
            Kind.KEY,
            WHO,
            "Mag ontbreken: wie antwoordde.",
            required=False,
        ),
        Column(
            "segment",
            Kind.KEY,
            words("klantsegment doelgroep klantgroep klanttype customersegment customertype group groep"),
            "Mag ontbreken: de groep waarin de klant hoort.",
            required=False,
        ),
        Column(
            "kanaal",
            Kind.KEY,
            words("channel bron source medium collector collectorname touchpoint contactkanaal"),
            "Mag ontbreken: waar de klant het antwoord gaf of kocht.",
            required=False,
        ),
        Column(
            "opmerking",
            Kind.TEXT,
            (
                *words(
                    "opmerkingen toelichting comment comments feedback reactie openantwoord remark verbatim"
                ),
                r"^(waarom|wilt?u.*toelichten|kuntu.*toelichten|watkunnenwij|hebtu.*opmerking|heeftu.*opmerking)",
                r"^(why|whatisthe.*reason|anyothercomments)",
            ),
            "Mag ontbreken: wat de klant erbij schreef.",
            required=False,
        ),
    ),
    doubts=(doubts.future, _again),
)
