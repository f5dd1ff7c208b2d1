"""The forecast: who is still a customer, what they will buy and be worth, whom to act on, and how sure."""

from __future__ import annotations

from klantwaarde_xl.data.forecasts import ACTIONS
from klantwaarde_xl.wording.next_purchase import LIKELY
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.ahead_sheet import AHEAD
from klantwaarde_xl.workbook.ahead_sheet import CHECKS as AHEAD_CHECKS
from klantwaarde_xl.workbook.forecast_page import WORKINGS, page
from klantwaarde_xl.workbook.forecast_sheets import DEVIATION, MODEL, PROGRESS
from klantwaarde_xl.workbook.ledger_sheet import LEDGER
from klantwaarde_xl.workbook.next_purchase_sheet import CHECKS as NEXT_CHECKS
from klantwaarde_xl.workbook.next_purchase_sheet import NEXT
from klantwaarde_xl.workbook.styles import BAD, GOOD, LINK, MUTED, TEAL

SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_horizon", "kw_marge", "kw_rente", "kw_model", "kw_seizoen", "kw_kosten_klant",
)  # fmt: skip
USED = ("kw_peildatum", "kw_horizon", "kw_marge", "kw_rente", "kw_model", "kw_seizoen")
_ABOVE, _BELOW = "meer waard dan gemiddeld", "niet meer waard dan gemiddeld"
# Action, when, and what one does
ADVICE = tuple(
    (
        ACTIONS[key],
        f"kans nog klant {'vanaf' if key[0] else 'onder'} {LIKELY:.0%}, {_ABOVE if key[1] else _BELOW}",
        advice,
    )
    for key, advice in (
        ((True, True), "persoonlijke aandacht, voorrang, vragen om een aanbeveling"),
        ((True, False), "tweede aankoop uitlokken, ander aanbod laten zien"),
        ((False, True), "gericht terughalen voor het te laat is: bellen, mailen, aanbod"),
        ((False, False), "alleen goedkope contacten, geen acties op kosten"),
    )
)
COLORS = tuple(zip(ACTIONS.values(), (GOOD, LINK, BAD, MUTED), strict=True))

BOARD = page(tuple(f"{action}: {advice}" for action, _, advice in ADVICE))
_VALUE = "tblPrognose[klantwaarde]"

# ── the sheets ──────────────────────────────────────────────────────────────────────────────

_IF_ANY = '=kw_bericht=""'  # without a forecast only its own check says so
CHECKS = (
    s.ALL_READ,
    s.AS_REFRESHED,
    s.NOTHING_BELOW,
    s.NO_FUTURE,
    s.NO_HOLES,
    s.RECENT,
    s.as_used(USED),
    b.Check("Het model is te schatten", '=kw_bericht=""', "Lees op Prognose waarom niet; daar staat ook wat u doet."),
    s.all_customers("Alle klanten staan op Klanten", "=ROWS(tblPrognose[klant])=kw_klanten"),
    s.all_customers("De klantwaarden tellen op tot het totaal", f"=ABS(SUM({_VALUE})-kw_waarde)<0.005", when=_IF_ANY),
    s.all_customers("De verwachte aankopen tellen op tot het totaal",
          "=ABS(SUM(tblPrognose[verwachte aankopen])-kw_aankopen)<0.005", when=_IF_ANY),
    s.all_customers("Elke kans ligt tussen 0 en 1",
          '=COUNTIFS(tblPrognose[kans nog klant],"<0")+COUNTIFS(tblPrognose[kans nog klant],">1")'
          '+COUNTIFS(tblPrognose[kans op aankoop],"<0")+COUNTIFS(tblPrognose[kans op aankoop],">1")=0', when=_IF_ANY),
    s.all_customers("Elke klantwaarde ligt tussen laag en hoog",
          f"=SUMPRODUCT(({_VALUE}<tblPrognose[laag])+({_VALUE}>tblPrognose[hoog]))=0", when=_IF_ANY),
    s.all_customers("Elke klant met een prognose heeft een actie", f"=SUM({{acties.klanten}})=COUNT({_VALUE})", when=_IF_ANY),
    b.Check("De stappen van CLV naar prognose tellen op",
          "=ABS(N(kc_stap_clv)+SUM({stappen.verschil})-N(kc_stap_prognose))<0.005", "Ververs het werkboek.",
          "=AND(ISNUMBER(kc_stap_clv),ISNUMBER(kc_stap_prognose))"),
    s.MARGIN,
    s.INTEREST,
    b.Check("De gegevens beslaan minstens de horizon", "=kw_peildag-kw_periode_van>=7*kw_gebruikt_horizon",
          "Kies een kortere horizon of neem een langere export."),
    b.Check("De voorspelling was in het controledeel hooguit 20% mis", f"=ABS({DEVIATION})<=0.2",
          "Zie Verloop: er is iets veranderd, of er zijn te weinig gegevens.", _IF_ANY),
    b.Check("Geen ander model past veel beter", "=kw_gewicht>=0.1",
          "Kies op Instellingen het model dat op Model het best past, en ververs.", _IF_ANY),
    b.Check("Besteding hangt niet samen met hoe vaak klanten kopen", '=kw_samenhang_past<>"nee"',
          "Zie Model, Waar de prognose op rust: de klantwaarde van grote klanten kan te laag of te hoog zijn.", _IF_ANY),
    s.all_customers("Minstens één op de twintig klanten kocht opnieuw",
          '=COUNTIFS(tblPrognose[herhaalaankopen],">0")>=0.05*ROWS(tblPrognose[klant])',
          remedy="Neem een langere periode: de schatting is onzeker."),
    *NEXT_CHECKS,
    *AHEAD_CHECKS,
)  # fmt: skip
SHEETS = (
    s.start(
        "Klantprognose",
        "Wie is er nog klant, wat kopen en brengen ze op in de komende tijd, en bij wie moet u iets doen?",
        (
            "Plak op Gegevens uw transacties in de tabel: klant, datum, bedrag. Neem liefst twee jaar of meer.",
            "Vul op Instellingen uw marge en rente in (gele cellen), en hoe ver u vooruitkijkt.",
            s.REFRESH,
            "Lees de Prognose, kijk op Controle of u hem kunt geloven, en filter op Klanten de klanten voor uw actie.",
        ),
        more=(
            b.Grid((b.Column("actie"), b.Column("wanneer", "label_wrap"), b.Column("wat u doet", span=2)), ADVICE, heading="Wat u met wie doet"),
        ),
        links=12,
        notes=(
            "Klantwaarde = marge × besteding per aankoop × verwachte aankopen, teruggerekend naar nu.",
            "Laag en hoog: 95% zekerheid over de verwachting, het gemiddelde. Wat er komt, en zeker wat één klant doet, wijkt daar meer van af.",
        ), journal_since=7,
    ),
    s.settings(
        SETTINGS,
        (
            "Wat op verversen wacht, staat rechts: wijzigt u er een, ververs dan.",
            "MBG/NBD: een klant kan na elke aankoop stoppen. BG/NBD: pas na de tweede. Pareto/NBD: op elk moment.",
        ),
        used=True,
        later=((2, "kw_kosten_klant"), (5, "kw_seizoen")),
    ),
    s.data("transacties", "Uw transacties: klant, datum, bedrag. Plak hier uw export of noem een bestand.", (34, 16, 16, 16, 16)),
    s.input_table("drukte", "Hoe druk dagen of weken zijn, als u het beter weet dan de kalender: een eigen seizoensindex.", (16, 14, 30, 26), optional=True, since=6),
    b.Sheet(
        "Klanten", "Klanten",
        b.Formula('=IF(kw_deel_klanten<>"","Hier staan "&kw_deel_klanten,"Meeste waarde boven. Recentheid: zo oud was de '
                  'klant bij zijn laatste aankoop. Leeftijd: weken sinds zijn eerste.")'),
        (b.ResultBlock("prognose", looks=(
            b.Bar("kans nog klant", 1), b.Bar("klantwaarde"), b.Scale("kans op aankoop"), b.Words("actie", COLORS))),),
        (22, 13, 11, 17, 13, 12, 11, 11, 12, 13, 13, 13, 13, 16, 14),
        "Elke klant: kans dat hij er nog is, verwachte aankopen, klantwaarde, en wat u doet.",
        tab=TEAL, freeze=True, prints="head",
    ),
    NEXT,
    MODEL,
    PROGRESS,
    AHEAD,
    LEDGER,
    WORKINGS,
    BOARD,
    s.controls(CHECKS, parts_since=3),
)  # fmt: skip

TEMPLATE = b.Template(
    id="prognose",
    version=11,
    title="Klantprognose",
    purpose="Wie nog klant is, wat elke klant gaat kopen en waard is, en hoe zeker dat is.",
    sheets=SHEETS,
    sources=tuple(f"D{n}" for n in (6, 11, 13, 23, 28, 32, 33, 34)),
    changed=((9, "van de omzet waarop de CLV op Model staat, gaan daar de retouren niet af; hier wel"),),
)
