"""The forecast: who is still a customer, what they will buy and be worth, whom to act on, and how sure."""

from __future__ import annotations

from klantwaarde_xl.data.forecasts import ACTIONS, LIKELY, TOP
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.phrases import known, percent, whole
from klantwaarde_xl.workbook.styles import BAD, GOOD, GREY, LINK, MUTED, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.value_steps import Terms, value_steps

SETTINGS = ("kw_bedrijf", "kw_peildatum", "kw_horizon", "kw_marge", "kw_rente", "kw_model", "kw_kosten_klant")
USED = ("kw_peildatum", "kw_horizon", "kw_marge", "kw_rente", "kw_model")
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

# ── Model ───────────────────────────────────────────────────────────────────────────────────

# label, figure, whether it has an interval, explanation
_TOTALS = (
    ("Klanten", "klanten", False, "met minstens één aankoop, na aftrek van retouren"),
    ("Nog klant", "actief", False, "alle kansen om nog klant te zijn opgeteld"),
    ("Verwachte aankopen", "aankopen", True, "van alle klanten samen, in de horizon"),
    ("Klantwaarde", "waarde", True, "van alle klanten samen, nu"),
    ("Klantwaarde per klant", "perklant", True, "gemiddeld"),
    ("Waarde van de beste 10%", "beste_tiende", False, "van de tien procent met de meeste waarde"),
    ("Aankopen na de schatting", "erna_werkelijk", False, "geteld in het deel dat het model niet zag"),
    ("Verwacht na de schatting", "erna_verwacht", False, "wat het model ervan verwachtte"),
    ("Gewicht van dit model", "gewicht", False, "deel van het bewijs, naast de twee andere modellen"),
    ("Besteding staat los", "samenhang_past", False, "van hoe vaak klanten kopen; het model neemt dat aan"),
    ("Melding van de prognose", "bericht", False, ""),
    ("Melding van het verloop", "verloop_bericht", False, ""),
)
TOTALS = b.Grid(
    (
        b.Column("totaal"), b.Column("waarde", numbers=True), b.Column("laag (95%)", numbers=True),
        b.Column("hoog (95%)", numbers=True), b.Column("uitleg", "unit", span=3),
    ),
    tuple(
        (label, b.Given(name, 3 if name == "beste_tiende" else 1), *((b.Given(f"{name}_laag"), b.Given(f"{name}_hoog")) if ends else ("", "")), text)
        for label, name, ends, text in _TOTALS
    ),
)  # fmt: skip
# What the steps stand on; of the last twelve whole months
BRIDGE = b.Grid(
    (b.Column("laatste 12 hele maanden", span=2), b.Column("waarde", numbers=True)),
    tuple((label, b.Given(name)) for label, name in (
        ("Kopers", "brug_kopers"), ("Omzet uit orders", "brug_omzet"), ("Omzet na retouren", "brug_netto"),
        ("Omzet van eerste aankopen", "brug_eerste"), ("Retentie per jaar, geteld", "retentie_jaar"),
        ("Laatste hele maand", "laatste_maand"),
    )),
    since=2,
)  # fmt: skip


_BOTH, *_STEPS = value_steps(
    Terms("kw_brug_omzet/kw_brug_kopers", "kw_marge", "kw_kosten_klant", "kw_retentie_jaar", "kw_rente"),
    (1, 3, 3), 4,
)  # fmt: skip
COUNTS = b.Chart(
    "Klanten naar aantal herhaalaankopen", "column", "tblModeltoets.herhaalaankopen",
    (b.Series("werkelijk", "tblModeltoets.klanten", TEAL), b.Series("volgens het model", "tblModeltoets.verwacht", ORANGE)),
    "aantal", "Kolommen per aantal herhaalaankopen: klanten werkelijk en volgens het model.", span=6, rows=13, figure="gewicht",
)  # fmt: skip
MODEL = b.Sheet(
    "Model",
    "Model",
    "Waarop de prognose rust: totalen, welk model past, of het de aantallen raakt, parameters.",
    (
        b.Beside((TOTALS, BRIDGE)),
        _BOTH,
        *_STEPS,
        b.ResultBlock("modelkeuze", "Welk model past het best?", room=3),
        b.Text(
            (
                "Gewicht: deel van het bewijs (Akaike). p onder 5%: het model mist de aantallen.",
                "Erna: geschat op de eerste helft van de tijd, gelegd naast de tweede.",
            )
        ),
        b.WhenKnown(
            "gewicht",
            (b.Beside((b.ResultBlock("modeltoets", "Hoe vaak kochten klanten opnieuw?", room=12), COUNTS)),),
        ),
        b.ResultBlock("acties", "Klanten en waarde per actie", room=4, since=3),
        b.ResultBlock("modelcontrole", "Waar de prognose op rust: gegevens, retouren, aannamen", room=20),
        b.ResultBlock("model", "Parameters en wat ze betekenen"),
    ),
    (27, 25, 16, 16, 15, 14, 16, 14, 14, 13, 48),
    "Waarop de prognose rust, en waarom hij anders is dan de CLV.",
    tab=GREY,
)

# ── Verloop ─────────────────────────────────────────────────────────────────────────────────


def _progress(title: str, span: int) -> b.Chart:
    """Cumulative repeat purchases: actual, and expected in the estimation and the control part."""
    return b.Chart(
        title, "line", "tblVerloop.tot en met",
        (b.Series("werkelijk", "tblVerloop.werkelijk samen", NAVY),
         b.Series("model, schatting", "tblVerloop.verwacht bij schatten", TEAL),
         b.Series("model, controle", "tblVerloop.verwacht bij controle", ORANGE, dash=True)),
        "aantal",
        "Lijnen: alle herhaalaankopen tot en met elke week; werkelijk, en verwacht door een model dat alleen de "
        "eerste helft van de tijd zag.",
        span=span, dates=True, figure="schatting_tot", empty="Nog geen verloop te tekenen: zie Verloop.",
    )  # fmt: skip


PROGRESS = b.Sheet(
    "Verloop", "Verloop",
    b.Formula(
        '=IF(kw_ververst="","Nog niet ververst.",IF(kw_verloop_bericht<>"","Niet getoetst: zie de melding hieronder",'
        '"Geschat op aankopen tot en met "&DAY(kw_schatting_tot)&"-"&MONTH(kw_schatting_tot)&"-"'
        '&YEAR(kw_schatting_tot)&"; de weken daarna zag het model niet."))'
    ),
    (
        b.Message(b.Formula('=IF(kw_verloop_bericht="","",kw_verloop_bericht)', role="warning"), 32),
        b.WhenKnown("schatting_tot", (
            _progress("Herhaalaankopen sinds het begin: werkelijk en verwacht", 8),
            b.Grid((b.Column("geschat op aankopen", span=2), b.Column("tot en met", numbers=True)), (("", b.Given("schatting_tot")),)),
            b.ResultBlock("verloop"),
        )),
    ),
    (10, 14, 14, 14, 16, 16, 16, 14, 14), "Geschat op de eerste helft van de tijd, gelegd naast wat er daarna gebeurde.",
    tab=GREY, prints="head",
)  # fmt: skip

# ── Prognose ────────────────────────────────────────────────────────────────────────────────

_VALUE = "tblPrognose[klantwaarde]"
_MANY = "ROUNDUP(kw_klanten/10,0)"
_TESTED, _DEVIATION = "kw_erna_verwacht,kw_erna_werkelijk", "kw_erna_verwacht/kw_erna_werkelijk-1"
_SAID = (
    f'IF(kw_erna_werkelijk=0,"⚠ ",IF(ABS({_DEVIATION})<=0.2,"✔ ","⚠ "))&"verwacht "&{whole("kw_erna_verwacht")}&", geteld "&'
    + whole("kw_erna_werkelijk")
)
_DASH = '"–"'


def _shown(name: str, number: str) -> b.Formula:
    """A figure, or a dash while there is none."""
    return b.Formula(f'=IF({name}="","–",{name})', number)


def _between(name: str, euro: str = "") -> b.Formula:
    low, high = (whole(f"{name}_{end}") for end in ("laag", "hoog"))
    return b.Formula(f'=IF({name}="","nog geen prognose","verwachting {euro}"&{low}&" tot {euro}"&{high})')


def _known(text: str) -> b.Formula:
    return b.Formula(f'=IF(kw_waarde="","nog geen prognose",{text})')


CARDS = b.Cards(
    (
        b.Card("Klantwaarde, samen", _shown("kw_waarde", "euro"), _between("kw_waarde", "€ ")),
        b.Card("Verwachte aankopen", _shown("kw_aankopen", "aantal"), _between("kw_aankopen")),
        b.Card("Nog klant", _shown("kw_actief", "aantal"),
             _known(f'"van "&{whole("kw_klanten")}&" klanten ("&ROUND(100*kw_actief/kw_klanten,0)&"%)"')),
        b.Card("Waarde van de beste 10%", _shown("kw_beste_tiende", "euro"),
             _known(f'{whole(_MANY)}&" klanten, "&ROUND(100*kw_beste_tiende/kw_waarde,0)&"% van de waarde"')),
        b.Card("Klantwaarde per klant", _shown("kw_perklant", "euro2"), _between("kw_perklant", "€ ")),
        b.Card("Voorspelling getoetst", b.Formula(f'={known(_TESTED, f"IF(kw_erna_werkelijk=0,{_DASH},ROUND({_DEVIATION},3))", _DASH)}', "verschil"),
             b.Formula("=" + known(_TESTED, _SAID, '"niet te toetsen: zie Verloop"'))),
    )
)  # fmt: skip
_MARGIN = (
    'IF(kw_gebruikt_marge="","Zonder marge: klantwaarde is hier omzet, geen winst",'
    '"Klantwaarde na een marge van "&' + percent("kw_gebruikt_marge") + ")"
)
_INTEREST = (
    'IF(N(kw_gebruikt_rente)=0,"zonder rente","tegen "&'
    + percent("kw_gebruikt_rente")
    + '&" rente per jaar")'
)
NOTICE = b.Message(
    b.Formula(
        f'=IF(kw_ververst="","{s.NOTHING_YET}",IF(kw_bericht<>"","⚠ Geen prognose: "&kw_bericht,'
        f'{_MARGIN}&" · "&{_INTEREST}&" · model "&UPPER(kw_gebruikt_model)))',
        role="remark",
    ),
    alarm='=kw_bericht<>""',
)


def _action(action: str) -> tuple[str | b.Formula, ...]:
    """Customers and value of an action, of all customers; nothing without a forecast."""

    def figure(text: str, number: str) -> b.Formula:
        return b.Formula(f'=IF(kw_bericht<>"","",{text})', number)

    return (
        action,
        figure("SUMIFS(tblActies[klanten],tblActies[actie],{.actie})", "aantal"),
        figure("{.klanten}/kw_klanten", "procent"),
        figure("SUMIFS(tblActies[klantwaarde],tblActies[actie],{.actie})", "euro"),
        figure("IF(N(kw_waarde)=0,0,{.klantwaarde}/kw_waarde)", "procent"),
    )


ACTION_TABLE = b.Grid(
    (
        b.Column("actie"), b.Column("klanten", numbers=True), b.Column("deel", numbers=True),
        b.Column("klantwaarde", numbers=True), b.Column("deel waarde", numbers=True),
    ),
    tuple(_action(action) for action in ACTIONS.values()),
    name="acties",
    heading="Wat u met wie doet",
)  # fmt: skip
BY_ACTION = b.Chart(
    "Wat u met wie doet: klanten en waarde", "bar", "acties.actie",
    (b.Series("deel van de klanten", "acties.deel", GREY), b.Series("deel van de klantwaarde", "acties.deel waarde", TEAL)),
    "procent", "Staven per actie: deel van de klanten en deel van de klantwaarde.", figure="actief",
)  # fmt: skip
BOARD = b.Sheet(
    "Prognose", "Klantprognose",
    b.Formula(
        '=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&IF(kw_ververst="","nog niet ververst","de komende "&kw_gebruikt_horizon'
        '&" weken  ·  gegevens tot en met "&DAY(kw_peildag)&"-"&MONTH(kw_peildag)&"-"&YEAR(kw_peildag))'
    ),
    (
        CARDS,
        NOTICE,
        b.WhenKnown("actief", (
            b.Beside((_progress("Herhaalaankopen: werkelijk en verwacht", 6), BY_ACTION), gap=0),
            b.Beside((
                b.ResultBlock("prognosetop", f"De {TOP} klanten met de meeste waarde", room=TOP),
                b.Stack((ACTION_TABLE, b.Text(tuple(f"{action}: {advice}" for action, _, advice in ADVICE)))),
            )),
        )),
    ),
    (15,) * 12, "De komende tijd op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
)  # fmt: skip

# ── the sheets ──────────────────────────────────────────────────────────────────────────────

_IF_ANY = '=kw_bericht=""'  # without a forecast only its own check says so
CHECKS = (
    s.ALL_READ,
    s.AS_REFRESHED,
    s.NOTHING_BELOW,
    s.NO_FUTURE,
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
    b.Check("De voorspelling was in het controledeel hooguit 20% mis", f"=ABS({_DEVIATION})<=0.2",
          "Zie Verloop: er is iets veranderd, of er zijn te weinig gegevens.", _IF_ANY),
    b.Check("Geen ander model past veel beter", "=kw_gewicht>=0.1",
          "Kies op Instellingen het model dat op Model het best past, en ververs.", _IF_ANY),
    b.Check("Besteding hangt niet samen met hoe vaak klanten kopen", '=kw_samenhang_past<>"nee"',
          "Zie Model, Waar de prognose op rust: de klantwaarde van grote klanten kan te laag of te hoog zijn.", _IF_ANY),
    s.all_customers("Minstens één op de twintig klanten kocht opnieuw",
          '=COUNTIFS(tblPrognose[herhaalaankopen],">0")>=0.05*ROWS(tblPrognose[klant])',
          remedy="Neem een langere periode: de schatting is onzeker."),
)  # fmt: skip
SHEETS = (
    s.start(
        "Klantprognose",
        "Wie is er nog klant, wat kopen en brengen ze op in het komende jaar, en bij wie moet u iets doen?",
        (
            "Plak op Gegevens uw transacties in de tabel: klant, datum, bedrag. Neem liefst twee jaar of meer.",
            "Vul op Instellingen uw marge en rente in (gele cellen), en hoe ver u vooruitkijkt.",
            s.REFRESH,
            "Lees de Prognose, kijk op Controle of u hem kunt geloven, en filter op Klanten de klanten voor uw actie.",
        ),
        more=(
            b.Grid((b.Column("actie"), b.Column("wanneer", span=2), b.Column("wat u doet", span=2)), ADVICE, heading="Wat u met wie doet"),
        ),
        links=7,
        notes=(
            "Klantwaarde = marge × besteding per aankoop × verwachte aankopen, teruggerekend naar nu.",
            "Laag en hoog: 95% zekerheid over de verwachting, het gemiddelde. Wat er komt, en zeker wat één klant doet, wijkt daar meer van af.",
        ),
    ),
    s.settings(
        SETTINGS,
        (
            "Wat op verversen wacht, rekent Python uit: wijzigt u er een, ververs dan.",
            "MBG/NBD: een klant kan na elke aankoop stoppen. BG/NBD: pas na de tweede. Pareto/NBD: op elk moment.",
        ),
        used=True,
        later=((2, "kw_kosten_klant"),),
    ),
    s.data("transacties", "Uw transacties: klant, datum, bedrag. Plak hier uw export of noem een bestand.", (34, 16, 16, 16, 16)),
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
    MODEL,
    PROGRESS,
    BOARD,
    s.controls(CHECKS, parts_since=3),
)  # fmt: skip

TEMPLATE = b.Template(
    id="prognose",
    version=3,
    title="Klantprognose",
    purpose="Wie nog klant is, wat elke klant gaat kopen en waard is, en hoe zeker dat is.",
    sheets=SHEETS,
    sources=tuple(f"D{n}" for n in (6, 11, 13, 23, 28, 32, 33, 34)),
)
