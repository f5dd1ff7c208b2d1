"""The dashboard: what customers are worth, who stays, and where something must be done."""

from __future__ import annotations

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.functions.notation import dutch
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.mistakes import mistakes_table
from klantwaarde_xl.workbook.phrases import euros, known
from klantwaarde_xl.workbook.styles import GOOD, GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.value_steps import Terms, value_steps

MONTHS = 24
ANSWERS = 24
SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_inactief_na", "kw_marge", "kw_rente", "kw_wervingskosten",
    "kw_kosten_klant", "kw_perioden",
)  # fmt: skip
TREND = (12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12)

# ── Berekening ──────────────────────────────────────────────────────────────────────────────

_SINCE = '">"&EDATE(kw_laatste_maand,-12),tblKpi[maand],"<="&kw_laatste_maand'
_BEFORE = '">"&EDATE(kw_laatste_maand,-24),tblKpi[maand],"<="&EDATE(kw_laatste_maand,-12)'


def _last_year(column: str) -> str:
    return f'=IF(kc_maanden<12,"",SUMIFS(tblKpi[{column}],tblKpi[maand],{_SINCE}))'


def _year_before(column: str) -> str:
    return f'=IF(kc_maanden<24,"",SUMIFS(tblKpi[{column}],tblKpi[maand],{_BEFORE}))'


def _month(column: str, month: str = "kw_laatste_maand") -> str:
    return f"SUMIFS(tblKpi[{column}],tblKpi[maand],{month})"


# name, label, formula, number format, explanation
_FIGURES = (
    ("kc_maanden", "Hele maanden in de gegevens", '=COUNTIFS(tblKpi[maand],"<="&kw_laatste_maand)', "aantal", ""),
    ("kc_netto", "Netto omzet", _last_year("netto omzet"), "euro", "laatste 12 hele maanden"),
    ("kc_netto_vorig", "Netto omzet, jaar ervoor", _year_before("netto omzet"), "euro", "12 maanden daarvoor"),
    ("kc_omzet", "Omzet uit orders", _last_year("omzet"), "euro", "laatste 12 hele maanden, zonder retouren"),
    ("kc_orders", "Orders", _last_year("orders"), "aantal", "laatste 12 hele maanden"),
    ("kc_omzet_vorig", "Omzet uit orders, jaar ervoor", _year_before("omzet"), "euro", "12 maanden daarvoor"),
    ("kc_orders_vorig", "Orders, jaar ervoor", _year_before("orders"), "aantal", "12 maanden daarvoor"),
    ("kc_nieuw", "Nieuwe klanten", _last_year("nieuw"), "aantal", "laatste 12 hele maanden"),
    ("kc_klanten", "Klanten nu", f'={_month("klanten eind")}', "aantal", "eind van de laatste hele maand"),
    ("kc_klanten_vorig", "Klanten, jaar geleden",
     f'=IF(kc_maanden<=12,"",{_month("klanten eind", "EDATE(kw_laatste_maand,-12)")})', "aantal", "niet verloren"),
    ("kc_begin", "Klanten aan het begin", f'={_month("klanten begin")}', "aantal", "van de laatste hele maand"),
    ("kc_erbij", "Nieuw of gereactiveerd", f'={_month("nieuw")}+{_month("gereactiveerd")}', "aantal",
     "in de laatste hele maand"),
    ("kc_verloren", "Verloren", f'={_month("verloren")}', "aantal", "in de laatste hele maand"),
    ("kc_aov", "Gemiddelde orderwaarde (AOV)", f'={known("kc_omzet,kc_orders", "AOV(kc_omzet,kc_orders)")}', "euro2", "omzet / orders"),
    ("kc_frequentie", "Aankoopfrequentie", f'={known("kc_orders,kw_brug_kopers", "AANKOOPFREQUENTIE(kc_orders,kw_brug_kopers)")}', "getal",
     "orders per koper per jaar"),
)  # fmt: skip
# From result to window: header, number format, whether a running month is left out
_DRAWN = (
    ("nieuw", "aantal"), ("terugkerend", "aantal"), ("klanten eind", "aantal"),
)  # fmt: skip


def _window_row(back: int) -> tuple[str | b.Formula, ...]:
    """A month of the window, so many before the newest; what may not be drawn is #N/A."""

    def drawn(value: str, which: str, number: str) -> b.Formula:
        return b.Formula(f"=IF(OR({{.rij}}<1,{which}),NA(),{value})", number)

    runs, whole = "{.maand}>kw_laatste_maand", "{.maand}<=kw_laatste_maand"
    net = "INDEX(tblKpi[netto omzet],{.rij})"
    kept = "INDEX(tblRetentie[retentie per jaar],MATCH({.maand},tblRetentie[maand],0))"
    return (
        b.Formula(f"=ROWS(tblKpi[maand])-{back}", "aantal"),
        b.Formula('=IF({.rij}<1,"",INDEX(tblKpi[maand],{.rij}))', "maand"),
        drawn(net, runs, "euro"),
        drawn(net, whole, "euro"),
        *(drawn(f"INDEX(tblKpi[{header}],{{.rij}})", runs, number) for header, number in _DRAWN),
        b.Formula(f'=IFERROR(IF({kept}="",NA(),{kept}),NA())', "procent"),
    )


_WINDOW_HEADERS = (
    "rij",
    "maand",
    "netto omzet",
    "loopt nog",
    *(header for header, _ in _DRAWN),
    "retentie per jaar",
)
WINDOW = b.Grid(
    tuple(b.Column(header, numbers=header != "rij") for header in _WINDOW_HEADERS),
    tuple(_window_row(back) for back in reversed(range(MONTHS))),
    name="maanden",
    heading=f"De laatste {MONTHS} maanden",
    looks=tuple(b.Faint(header) for header in _WINDOW_HEADERS[2:]),
)
FIGURES = b.Grid(
    (b.Column("cijfer"), b.Column("waarde", numbers=True), b.Column("uitleg", "unit")),
    (
        ("Laatste hele maand", b.Given("laatste_maand"), "een maand die nog loopt telt in geen cijfer mee"),
        ("Loopt nog tot en met", b.Given("loopt_tot"), "leeg als er geen maand loopt"),
        *((label, b.Formula(text, number, name=name), note) for name, label, text, number, note in _FIGURES),
        ("Retentie per jaar", b.Given("retentie_jaar"), "van de klanten van een jaar eerder: wie het nog is, geteld"),
        ("Retentie, laag", b.Given("retentie_jaar_laag"), "95% zekerheid"),
        ("Retentie, hoog", b.Given("retentie_jaar_hoog"), "95% zekerheid"),
        ("Melding over de retentie", b.Given("retentie_bericht"), ""),
        ("Kopers", b.Given("brug_kopers"), "kochten in de laatste 12 hele maanden"),
        ("Omzet uit orders", b.Given("brug_omzet"), "zelfde maanden, uit Python"),
        ("Omzet na retouren", b.Given("brug_netto"), "zelfde maanden"),
        ("Omzet van eerste aankopen", b.Given("brug_eerste"), "zelfde maanden"),
        ("Klanten ooit", b.Given("klanten"), "kochten minstens één keer, na retouren"),
        ("Nog klant volgens de prognose", b.Given("actief"), "alle kansen opgeteld"),
        ("Prognose per klant", b.Given("perklant"), "blad Dashboard zet hem naast de CLV"),
        ("Melding van de prognose", b.Given("bericht"), ""),
        ("Horizon van de prognose", b.Given("gebruikt_horizon"), "weken"),
        ("Retouren zonder order", b.Given("losse_retouren"), "van klanten die geen order in de gegevens hebben"),
    ),
    heading="Kerncijfers",
)  # fmt: skip


# ── Rekenhulp ───────────────────────────────────────────────────────────────────────────────


def _setting(name: str) -> str:
    """A setting, or nothing: a blank cell read by name would be a nought."""
    return f'=IF({name}="","",{name})'


_ASSUMED = (
    ("kg_aov", "Gemiddelde orderwaarde", "=kc_aov", "euro2", "euro per order", "omzet / orders"),
    ("kg_frequentie", "Aankoopfrequentie", "=kc_frequentie", "getal", "orders per jaar", "per koper"),
    ("kg_marge", "Marge", _setting("kw_marge"), "procent", "deel van de omzet", "van Instellingen"),
    ("kg_retentie", "Retentie", _setting("kw_retentie_jaar"), "procent", "per jaar", "geteld; leeg: vul zelf een aanname in"),
    ("kg_rente", "Rente", _setting("kw_rente"), "procent", "per jaar", "van Instellingen"),
    ("kg_perioden", "Horizon", _setting("kw_perioden"), "cijfer", "jaren", "van Instellingen"),
    ("kg_kosten", "Kosten per klant", _setting("kw_kosten_klant"), "euro2", "euro per jaar", "van Instellingen"),
    ("kg_werving", "Kosten van werving", _setting("kw_wervingskosten"), "euro", "euro per jaar", "van Instellingen"),
    ("kg_nieuw", "Nieuwe klanten", "=kc_nieuw", "aantal", "per jaar", "laatste 12 hele maanden"),
)  # fmt: skip


_ASSUME = "Uw aanname, of leeg voor het gemeten cijfer."


def _assumption(
    name: str, label: str, measured: str, number: str, unit: str, note: str
) -> tuple[b.Cell, ...]:
    own = Setting("", Kind.AMOUNT, label, _ASSUME, between=(0, None), number=number)
    used = '=IF({.uw aanname}<>"",{.uw aanname},IF({.gemeten}="",NA(),{.gemeten}))'
    return label, b.Formula(measured, number), b.Input(own), b.Formula(used, number, name=name), unit, note


ASSUMPTIONS = b.Grid(
    (
        b.Column("gegeven"), b.Column("gemeten", numbers=True), b.Column("uw aanname", numbers=True),
        b.Column("gebruikt", numbers=True), b.Column("eenheid", "unit"), b.Column("waar het vandaan komt", "unit"),
    ),
    tuple(_assumption(*one) for one in _ASSUMED),
    heading="Waarmee gerekend wordt",
)  # fmt: skip
_YEAR = "kg_aov*kg_frequentie"
_RESULTS = (
    ("ku_jaarmarge", "Marge per klant per jaar", f"={_YEAR}*kg_marge-kg_kosten", "euro2",
     "orderwaarde × frequentie × marge − kosten"),
    ("ku_klantwaarde", "Klantwaarde", "=KLANTWAARDE(ku_jaarmarge,kg_perioden,0,kg_retentie,kg_rente)",
     "euro2", "over de horizon, met verloop en rente"),
    ("ku_levensduur", "Levensduur", "=IF(kg_retentie<1,1/(1-kg_retentie),NA())", "getal", "jaren: 1 / (1 − retentie)"),
    ("ku_kldw", "KLDW", f"=KLDW({_YEAR},ku_levensduur,kg_marge)", "euro2",
     "omzet × levensduur × marge, zonder rente en kosten"),
    ("ku_clv", "CLV", '=CLV(ku_jaarmarge,kg_retentie,kg_rente,0,"nu")', "euro2", "zonder einddatum, eerste marge nu"),
    ("ku_cac", "CAC", "=CAC(kg_werving,kg_nieuw)", "euro2", "kosten per nieuwe klant"),
    ("ku_verhouding", "CLV : CAC", "=ku_clv/ku_cac", "getal", "vuistregel: 3 of meer"),
    ("ku_terugverdiend", "Terugverdientijd", f"=TERUGVERDIENTIJD(ku_cac,{_YEAR}/12,kg_marge)", "getal", "maanden"),
    ("ku_retentie", "Retentie laatste maand", "=RETENTIE(kc_begin,kc_klanten,kc_erbij)", "procent",
     "(eind − nieuw − gereactiveerd) / begin"),
    ("ku_verloop", "Verloop laatste maand", "=VERLOOP(kc_begin,kc_verloren)", "procent", "verloren / begin"),
    ("ku_nps", "NPS", '=IF(COUNT({antwoorden.antwoord})=0,"",NPS({antwoorden.antwoord}))', "aantal",
     "van de antwoorden rechts"),
)  # fmt: skip
RESULTS = b.Grid(
    (
        b.Column("uitkomst"), b.Column("waarde", numbers=True), b.Column("wat staat er", "unit"), b.Column("", "unit"),
        b.Column("", "unit"), b.Column("zo typt u het", "formula"),
    ),
    tuple(
        (label, b.Formula(text, number, "output", name), note, "", "", dutch(text) if "{" not in text else "=NPS(…)")
        for name, label, text, number, note in _RESULTS
    ),
    heading="Wat eruit komt",
)  # fmt: skip
_SCORE = Setting(
    "",
    Kind.COUNT,
    "Aanbevelingsvraag",
    "Hoe waarschijnlijk is het dat u ons aanbeveelt? 0 t/m 10.",
    between=(0, 10),
)
SURVEY = b.Grid(
    (b.Column("antwoord", numbers=True),),
    ((b.Input(_SCORE),),) * ANSWERS,
    name="antwoorden",
    heading="NPS-antwoorden",
)

# ── Dashboard ───────────────────────────────────────────────────────────────────────────────


def _change(names: str, now: str, before: str) -> b.Formula:
    """A comment that compares with a year earlier; names: the cells that must hold numbers."""
    share = f"(ROUND(100*({now}/{before}-1),0)+0)"  # plus nought: there is no minus nought per cent
    said = f'IF(MIN({names})=0,"",IF({share}>=0,"▲ +","▼ ")&{share}&"% t.o.v. een jaar eerder")'
    none = 'IF(kc_maanden<12,"nog geen 12 hele maanden","nog geen twee hele jaren")'
    return b.Formula(f"={known(names, said, none)}")


_MISSING = (
    'IF(kw_marge="","vul marge in op Instellingen",IF(kw_rente="","vul rente in op Instellingen",'
    'IF(kw_kosten_klant="","vul kosten per klant in","nog geen retentie over een heel jaar")))'
)
CARDS = b.Cards(
    (
        b.Card("Netto omzet, 12 maanden", b.Formula('=IF(kc_netto="","–",kc_netto)', "euro"), _change("kc_netto,kc_netto_vorig", "kc_netto", "kc_netto_vorig")),
        b.Card("Klanten nu", b.Formula("=kc_klanten", "aantal"), _change("kc_klanten,kc_klanten_vorig", "kc_klanten", "kc_klanten_vorig")),
        b.Card("Gemiddelde orderwaarde", b.Formula('=IF(kc_aov="","–",kc_aov)', "euro2"),
             _change("kc_aov,kc_omzet_vorig,kc_orders_vorig", "kc_aov", "(kc_omzet_vorig/kc_orders_vorig)")),
        b.Card("Retentie per jaar", b.Formula('=IF(kw_retentie_jaar="","–",kw_retentie_jaar)', "procent"),
             b.Formula('=IF(kw_retentie_jaar="","nog geen heel jaar te tellen","tussen "&ROUND(100*kw_retentie_jaar_laag,0)&"% en "&ROUND(100*kw_retentie_jaar_hoog,0)&"% (95%)")')),
        b.Card("CLV per klant", b.Formula('=IFERROR(ku_clv,"–")', "euro2"),
             b.Formula(f'=IF(ISNUMBER(ku_clv),IF(ISNUMBER(kw_perklant),"prognose: € "&{euros("kw_perklant")}&", zie onder","zolang de klant blijft"),{_MISSING})')),
        b.Card("CAC", b.Formula('=IF(kw_wervingskosten="","–",IFERROR(ku_cac,"–"))', "euro2"),
             b.Formula('=IF(kw_wervingskosten="","vul kosten van werving in",IFERROR(IF(ku_verhouding>=3,"✔ CLV is 3 keer de CAC of meer","⚠ CLV is minder dan 3 keer de CAC"),"CLV : CAC onbekend"))')),
    )
)  # fmt: skip
_RUNS = (
    '=IF(kw_loopt_tot="","Netto omzet per maand","Netto omzet per maand; de laatste maand loopt nog (t/m "'
    '&DAY(kw_loopt_tot)&"-"&MONTH(kw_loopt_tot)&")")'
)


def _trend(
    title: str | b.Formula, kind: str, number: str, alt: str, *series: b.Series, span: int = 6
) -> b.Chart:
    return b.Chart(title, kind, "maanden.maand", series, number, alt, months=3, span=span)


REVENUE = _trend(
    b.Formula(_RUNS), "column", "euro", "Kolommen: netto omzet per maand; de lopende maand gearceerd.",
    b.Series("netto omzet", "maanden.netto omzet", TEAL), b.Series("loopt nog", "maanden.loopt nog", TEAL, hatched=True),
)  # fmt: skip
BUYERS = _trend(
    "Kopers per maand: nieuw en terugkerend", "stacked", "aantal",
    "Gestapelde kolommen: nieuwe en terugkerende kopers per maand.",
    b.Series("terugkerend", "maanden.terugkerend", NAVY), b.Series("nieuw", "maanden.nieuw", ORANGE),
)  # fmt: skip
KEPT = _trend(
    "Retentie per jaar: wie er een jaar later nog is", "line", "procent",
    "Lijn: deel van de klanten van een jaar eerder dat nog klant is, per maand.",
    b.Series("retentie per jaar", "maanden.retentie per jaar", NAVY),
)  # fmt: skip
SEGMENTS = b.Chart(
    "Segmenten: deel van de klanten en van de omzet", "bar", "tblSegmenten.segment",
    (b.Series("deel van de klanten", "tblSegmenten.deel klanten", GREY),
     b.Series("deel van de omzet", "tblSegmenten.deel omzet", TEAL)),
    "procent", "Staven per RFM-segment: deel van de klanten en deel van de omzet.",
)  # fmt: skip

# ── the sheets ──────────────────────────────────────────────────────────────────────────────

CHECKS = (
    s.ALL_READ,
    b.Check("Omzet van alle klanten is de netto omzet van alle maanden",
          "=ABS(SUM(tblRfm[omzet])+kw_losse_retouren-SUM(tblKpi[netto omzet]))<0.005", "Ververs het werkboek."),
    b.Check("Elke klant is één keer nieuw", "=SUM(tblKpi[nieuw])=ROWS(tblRfm[klant])", "Ververs het werkboek."),
    b.Check("Aankopen van alle klanten zijn de orders van alle maanden",
          "=SUM(tblRfm[aankopen])=SUM(tblKpi[orders])", "Ververs het werkboek."),
    b.Check("Begin + nieuw + gereactiveerd − verloren = eind, elke maand",
          "=SUMPRODUCT(ABS(tblKpi[klanten begin]+tblKpi[nieuw]+tblKpi[gereactiveerd]-tblKpi[verloren]-tblKpi[klanten eind]))=0",
          "Ververs het werkboek."),
    b.Check("De segmenten tellen op tot alle klanten", "=SUM(tblSegmenten[klanten])=ROWS(tblRfm[klant])",
          "Er zijn minder dan vijf klanten, of ververs het werkboek."),
    b.Check("De omzet van het jaar is in de tabel en in Python gelijk", "=ABS(kc_omzet-kw_brug_omzet)<0.005",
          "Ververs het werkboek.", when="=kc_maanden>=12"),
    s.AS_REFRESHED,
    s.as_used(("kw_peildatum", "kw_inactief_na", "kw_marge", "kw_rente")),
    s.NOTHING_BELOW,
    s.NO_FUTURE,
    s.MARGIN,
    s.INTEREST,
    b.Check("De kosten van werving zijn ingevuld", "=kw_wervingskosten>0", "Zonder deze kosten is de CAC nul."),
    b.Check("De retentie is over een heel jaar te tellen", '=kw_retentie_bericht=""', "Lees op Retentie wat er ontbreekt."),
    b.Check("Er is verloop gemeten of aangenomen", "=ISNUMBER(kg_retentie)", "Vul op Rekenhulp een retentie in."),
    b.Check("Geen veelgemaakte fouten in de invoer", '=COUNTIF({fouten.uitkomst},"let op")=0',
          "Zie Veelgemaakte fouten hieronder: daar staat welke, en wat u doet."),
    s.RECENT,
)  # fmt: skip
MISTAKES = mistakes_table(
    {
        "revenue": f"({_YEAR})", "margin": f"({_YEAR}*kg_marge)", "costs": "kg_kosten", "retention": "kg_retentie",
        "interest": "kg_rente", "clv": "ku_clv", "cac": "ku_cac", "horizon": "kg_perioden",
        "history": "(kc_maanden/12)", "latest": "kw_periode_tot", "today": "INT(kw_ververst)",
    }
)  # fmt: skip
_HEAD = (
    '=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"gegevens tot en met "&DAY(kw_periode_tot)&"-"&MONTH(kw_periode_tot)'
    '&"-"&YEAR(kw_periode_tot)&"  ·  cijfers over hele maanden"'
)
_TERMS = Terms(_YEAR, "kg_marge", "kg_kosten", "kg_retentie", "kg_rente")
_BOTH, *_STEPS = value_steps(_TERMS, (2, 5, 5))

SHEETS = (
    s.start(
        "Klantwaarde-dashboard",
        "Wat zijn uw klanten waard, wie blijft er, en waar moet u iets doen?",
        (
            "Vul op Instellingen uw marge, rente en kosten in (gele cellen).",
            "Plak op Gegevens uw transacties in de tabel: klant, datum, bedrag.",
            s.REFRESH,
            "Lees het Dashboard, kijk op Controle of alles klopt, en probeer aannamen uit op Rekenhulp.",
        ),
        links=10,
    ),
    s.settings(
        SETTINGS,
        ("Zolang marge, rente of kosten leeg zijn, blijven de uitkomsten die ervan afhangen leeg.",),
        used=True,
    ),
    s.data("transacties", "Uw transacties: klant, datum, bedrag. Plak hier uw export of noem een bestand.", (34, 16, 16, 16, 16)),
    b.Sheet(
        "KPI", "Kerncijfers per maand",
        "Klanten eind = begin + nieuw + gereactiveerd − verloren. Retentie en verloop zijn hier per maand.",
        (_trend("Aantal klanten aan het eind van de maand", "line", "aantal", "Lijn: aantal klanten per maand.",
                b.Series("klanten", "maanden.klanten eind", NAVY), span=15),
         b.ResultBlock("kpi", room=60)),
        (12,) * 16, "Omzet, orders, AOV, klanten en retentie per maand.", prints="page",
    ),
    b.Sheet(
        "Retentie", "Retentie per jaar, geteld",
        "Van wie een jaar eerder klant was: welk deel is het nog? Elke hele maand opnieuw geteld.",
        (b.Message(b.Formula('=IF(kw_retentie_bericht="","",kw_retentie_bericht)', role="remark"), 36),
         b.ResultBlock("retentie", room=60, since=2)),
        (14, 18, 14, 18, 12, 12, 14), "Hoeveel klanten van een jaar geleden er nog zijn.", freeze=True, prints="page",
    ),
    b.Sheet(
        "RFM", "RFM-segmenten",
        "R: hoe kort geleden, F: hoe vaak, M: hoeveel. Scores 1 (laag) tot 5 (hoog), in vijf gelijke groepen.",
        (b.ResultBlock("segmenten", looks=(b.Bar("deel klanten"), b.Bar("deel omzet")), room=11),
         b.Text(("Klik op het pijltje in een kop om te filteren of te sorteren.",)),
         b.ResultBlock("rfm", "Alle klanten",
                     (b.Scale("R"), b.Scale("F"), b.Scale("M"), b.Words("segment", (("Kampioenen", GOOD),))))),
        (26, 16, 15, 15, 15, 16, 10, 10, 26, 34),
        "Segmenten met wat u ermee doet, en elke klant met zijn scores.", tab=GREY, prints="head",
    ),
    b.Sheet(
        "Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
        (b.Beside((WINDOW, FIGURES)),),
        (7, 12, 14, 14, 12, 13, 14, 18, 4, 34, 16, 56),
        "De tussenstappen: elk getal van het dashboard is hier na te rekenen.", tab=GREY,
    ),
    b.Sheet(
        "CLV en prognose", "Van de CLV naar de prognose", "Twee waarden, twee vragen: elke stap verandert één ding.",
        tuple(_STEPS), (30, 18, 16, 62), "Waarom de CLV en de prognose verschillen, in stappen.", tab=GREY, prints="page",
    ),
    b.Sheet(
        "Rekenhulp", "Rekenhulp",
        "Vul in de gele cellen een eigen aanname in; leeg betekent: het cijfer uit de gegevens of instellingen.",
        (b.Beside((b.Stack((ASSUMPTIONS, RESULTS, b.Text(("Een #N/B betekent dat een gegeven ontbreekt: vul er een aanname voor in.",)))), SURVEY)),),
        (28, 15, 15, 15, 20, 70, 3, 16),
        "Klantwaarde, CLV, CAC en terugverdientijd met uw cijfers en uw aannamen.", tab=ORANGE,
    ),
    b.Sheet(
        "Dashboard", "Dashboard", b.Formula(_HEAD),
        (CARDS, b.Beside((REVENUE, BUYERS), gap=0), b.Beside((SEGMENTS, KEPT), gap=0), _BOTH),
        TREND, "De stand van zaken op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(CHECKS, more=(MISTAKES,)),
)  # fmt: skip

TEMPLATE = b.Template(
    id="dashboard",
    version=2,
    title="Klantwaarde-dashboard",
    purpose="Kerncijfers per maand, RFM-segmenten, rekenhulp en dashboard uit transacties.",
    sheets=SHEETS,
    sources=tuple(f"D{n}" for n in (1, 4, 5, 8, 10, 11, 12, 13, 14, 15, 23, 28, 32, 33, 34, 35)),
    changed=(
        (2, "de retentie per jaar is daar een product van maandcijfers en dus te hoog; hier is zij geteld"),
    ),
)
