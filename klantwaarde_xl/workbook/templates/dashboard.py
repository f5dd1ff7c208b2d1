"""The dashboard: what customers are worth, who stays, and where something must be done."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.calculator import CALCULATOR
from klantwaarde_xl.workbook.mistakes import mistakes_table
from klantwaarde_xl.workbook.months import NO_MONTH, WINDOW, change, last_year, of_month, trend, year_before
from klantwaarde_xl.workbook.phrases import euros, known
from klantwaarde_xl.workbook.styles import GOOD, GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.value_steps import Terms, value_steps

SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_inactief_na", "kw_marge", "kw_rente", "kw_wervingskosten",
    "kw_kosten_klant", "kw_perioden",
)  # fmt: skip
TREND = (16,) * 12

# ── Berekening ──────────────────────────────────────────────────────────────────────────────

# name, label, formula, number format, explanation
_FIGURES = (
    ("kc_maanden", "Hele maanden in de gegevens", '=COUNTIFS(tblKpi[maand],"<="&kw_laatste_maand)', "aantal", ""),
    ("kc_netto", "Netto omzet", last_year("netto omzet"), "euro", "laatste 12 hele maanden"),
    ("kc_netto_vorig", "Netto omzet, jaar ervoor", year_before("netto omzet"), "euro", "12 maanden daarvoor"),
    ("kc_omzet", "Omzet uit orders", last_year("omzet"), "euro", "laatste 12 hele maanden, zonder retouren"),
    ("kc_orders", "Orders", last_year("orders"), "aantal", "laatste 12 hele maanden"),
    ("kc_omzet_vorig", "Omzet uit orders, jaar ervoor", year_before("omzet"), "euro", "12 maanden daarvoor"),
    ("kc_orders_vorig", "Orders, jaar ervoor", year_before("orders"), "aantal", "12 maanden daarvoor"),
    ("kc_nieuw", "Nieuwe klanten", last_year("nieuw"), "aantal", "laatste 12 hele maanden"),
    ("kc_klanten", "Klanten nu", f'=IF(kc_maanden<1,"",{of_month("klanten eind")})', "aantal", "eind van de laatste hele maand"),
    ("kc_klanten_vorig", "Klanten, jaar geleden",
     f'=IF(kc_maanden<12+kw_inactief_na,"",{of_month("klanten eind", "EDATE(kw_laatste_maand,-12)")})', "aantal",
     "niet verloren; leeg zolang het venster een jaar eerder niet vol is"),
    ("kc_begin", "Klanten aan het begin", f'=IF(kc_maanden<1,"",{of_month("klanten begin")})', "aantal", "van de laatste hele maand"),
    ("kc_erbij", "Nieuw of gereactiveerd", f'=IF(kc_maanden<1,"",{of_month("nieuw")}+{of_month("gereactiveerd")})', "aantal",
     "in de laatste hele maand"),
    ("kc_verloren", "Verloren", f'=IF(kc_maanden<1,"",{of_month("verloren")})', "aantal", "in de laatste hele maand"),
    ("kc_aov", "Gemiddelde orderwaarde (AOV)", f'={known("kc_omzet,kc_orders", "AOV(kc_omzet,kc_orders)")}', "euro2", "omzet / orders"),
    ("kc_frequentie", "Aankoopfrequentie", f'={known("kw_brug_orders,kw_brug_kopers", "AANKOOPFREQUENTIE(kw_brug_orders,kw_brug_kopers)")}', "getal",
     "orders per koper per jaar"),
    ("kc_aov_klant", "Orderwaarde van klanten", f'={known("kw_brug_omzet,kw_brug_orders", "AOV(kw_brug_omzet,kw_brug_orders)")}', "euro2",
     "zonder orders van gasten"),
)  # fmt: skip
FIGURES = b.Grid(
    (b.Column("cijfer"), b.Column("waarde", numbers=True), b.Column("uitleg", "unit")),
    (
        ("Laatste hele maand", b.Given("laatste_maand", 2), "een maand die nog loopt telt in geen cijfer mee"),
        ("Loopt nog tot en met", b.Given("loopt_tot", 2), "leeg als er geen maand loopt"),
        *((label, b.Formula(text, number, name=name), note) for name, label, text, number, note in _FIGURES),
        ("Retentie per jaar", b.Given("retentie_jaar", 2), "van de klanten van een jaar eerder: wie het nog is, geteld"),
        ("Retentie, laag", b.Given("retentie_jaar_laag", 2), "95% zekerheid"),
        ("Retentie, hoog", b.Given("retentie_jaar_hoog", 2), "95% zekerheid"),
        ("Melding over de retentie", b.Given("retentie_bericht", 2), ""),
        ("Kopers", b.Given("brug_kopers", 2), "kochten in de laatste 12 hele maanden, ook wie alles terugbracht"),
        ("Orders van klanten", b.Given("brug_orders", 3), "zelfde maanden"),
        ("Omzet uit orders", b.Given("brug_omzet", 2), "zelfde maanden, van klanten, langs een andere weg geteld"),
        ("Omzet van gasten", b.Given("brug_gasten", 3), "zelfde maanden, orders zonder klant"),
        ("Omzet na retouren", b.Given("brug_netto", 2), "zelfde maanden"),
        ("Omzet van eerste aankopen", b.Given("brug_eerste", 2), "zelfde maanden"),
        ("Klanten ooit", b.Given("klanten", 2), "kochten minstens één keer, na retouren"),
        ("Nog klant volgens de prognose", b.Given("actief", 2), "alle kansen opgeteld"),
        ("Prognose per klant", b.Given("perklant", 2), "blad Dashboard zet hem naast de CLV"),
        ("Melding van de prognose", b.Given("bericht", 2), ""),
        ("Horizon van de prognose", b.Given("gebruikt_horizon", 2), "weken"),
        ("Maanden met een retentie", b.Given("retentie_maanden", 3), "leeg zolang er geen is"),
        ("Klanten met scores", b.Given("gescoord", 3), "leeg onder de vijf klanten"),
        ("Retouren zonder order", b.Given("losse_retouren"), "van klanten die geen order in de gegevens hebben"),
        ("Orders van gasten", b.Given("gasten_orders", 3), "zonder klant: in geen cijfer per klant"),
        ("Netto omzet van gasten", b.Given("gasten_netto", 3), "alle maanden"),
    ),
    heading="Kerncijfers",
)  # fmt: skip


# ── Dashboard ───────────────────────────────────────────────────────────────────────────────


_MISSING = (
    'IF(kw_marge="","vul marge in op Instellingen",IF(kw_rente="","vul rente in op Instellingen",'
    'IF(kw_kosten_klant="","vul kosten per klant in",'
    'IF(kg_retentie="","retentie nog onbekend",IF(kg_retentie>1,"retentie boven 100%: zie Rekenhulp","retentie 100%: geen einde")))))'
)
CARDS = b.Cards(
    (
        b.Card("Netto omzet, 12 maanden", b.Formula('=IF(kc_netto="","–",kc_netto)', "euro"), change("kc_netto,kc_netto_vorig", "kc_netto", "kc_netto_vorig")),
        b.Card("Klanten nu", b.Formula('=IF(kc_klanten="","–",kc_klanten)', "aantal"), change("kc_klanten,kc_klanten_vorig", "kc_klanten", "kc_klanten_vorig")),
        b.Card("Gemiddelde orderwaarde", b.Formula('=IF(kc_aov="","–",kc_aov)', "euro2"),
             change("kc_aov,kc_omzet_vorig,kc_orders_vorig", "kc_aov", "(kc_omzet_vorig/kc_orders_vorig)")),
        b.Card("Retentie per jaar", b.Formula('=IF(kw_retentie_jaar="","–",kw_retentie_jaar)', "procent"),
             b.Formula('=IF(kw_retentie_jaar="","nog te kort: zie Retentie",IF(kw_retentie_bericht<>"","onvolledig: zie Retentie","tussen "&ROUND(100*kw_retentie_jaar_laag,0)&"% en "&ROUND(100*kw_retentie_jaar_hoog,0)&"% (95%)"))')),
        b.Card("CLV per klant", b.Formula('=IF(ku_clv="","–",ku_clv)', "euro2"),
             b.Formula(f'=IF(ISNUMBER(ku_clv),IF(ISNUMBER(kw_perklant),"prognose: € "&{euros("kw_perklant")}&", zie onder","zolang de klant blijft"),{_MISSING})')),
        b.Card("CAC", b.Formula('=IF(OR(kw_wervingskosten="",ku_cac=""),"–",ku_cac)', "euro2"),
             b.Formula('=IF(kw_wervingskosten="","vul kosten van werving in",IF(ku_cac="",IF(kg_nieuw="","nog geen 12 hele maanden","geen nieuwe klanten"),IF(ku_verhouding="","CLV : CAC onbekend",IF(ku_verhouding>=3,"✔ CLV : CAC is 3 of meer","⚠ CLV : CAC is onder de 3"))))')),
    )
)  # fmt: skip
_RUNS = (
    '=IF(kw_loopt_tot="","Netto omzet per maand","Netto omzet per maand; de laatste maand loopt nog (t/m "'
    '&DAY(kw_loopt_tot)&"-"&MONTH(kw_loopt_tot)&")")'
)


REVENUE = trend(
    b.Formula(_RUNS), "column", "euro", "Kolommen: netto omzet per maand; de lopende maand gearceerd.",
    b.Series("netto omzet", "maanden.netto omzet", TEAL), b.Series("loopt nog", "maanden.loopt nog", TEAL, hatched=True),
    figure="periode_tot",
)  # fmt: skip
BUYERS = trend(
    "Kopers per maand: nieuw en terugkerend", "stacked", "aantal",
    "Gestapelde kolommen: nieuwe en terugkerende kopers per maand.",
    b.Series("terugkerend", "maanden.terugkerend", NAVY), b.Series("nieuw", "maanden.nieuw", ORANGE),
    figure="laatste_maand", empty=NO_MONTH,
)  # fmt: skip
KEPT = trend(
    "Retentie per jaar: wie er een jaar later nog is", "line", "procent",
    "Lijn: deel van de klanten van een jaar eerder dat nog klant is, per maand.",
    b.Series("retentie per jaar", "maanden.retentie per jaar", NAVY),
    b.Series("elk half jaar", "maanden.elk half jaar", NAVY, marks=True), top=1,
    axis=False, figure="retentie_maanden", empty="Nog geen maand waarvoor een heel jaar is te tellen: zie Retentie.",
)  # fmt: skip
SEGMENTS = b.Chart(
    "Segmenten: deel van de klanten en van de omzet", "bar", "tblSegmenten.segment",
    (b.Series("deel van de klanten", "tblSegmenten.deel klanten", GREY),
     b.Series("deel van de omzet", "tblSegmenten.deel omzet", TEAL)),
    "procent", "Staven per RFM-segment: deel van de klanten en deel van de omzet.",
    figure="gescoord", empty="Nog geen segmenten: daarvoor zijn minstens vijf klanten nodig.",
)  # fmt: skip

# ── the sheets ──────────────────────────────────────────────────────────────────────────────

CHECKS = (
    s.ALL_READ,
    s.all_customers("Omzet van alle klanten is de netto omzet van alle maanden",
          "=ABS(SUM(tblRfm[omzet])+kw_losse_retouren+kw_gasten_netto-SUM(tblKpi[netto omzet]))<0.005"),
    s.all_customers("Elke klant is één keer nieuw", "=SUM(tblKpi[nieuw])=ROWS(tblRfm[klant])"),
    s.all_customers("Aankopen van alle klanten zijn de orders van alle maanden",
          "=SUM(tblRfm[aankopen])+kw_gasten_orders=SUM(tblKpi[orders])"),
    b.Check("Begin + nieuw + gereactiveerd − verloren = eind, elke maand",
          "=SUMPRODUCT(ABS(tblKpi[klanten begin]+tblKpi[nieuw]+tblKpi[gereactiveerd]-tblKpi[verloren]-tblKpi[klanten eind]))=0",
          "Ververs het werkboek."),
    s.all_customers("De segmenten tellen op tot alle klanten", "=SUM(tblSegmenten[klanten])=ROWS(tblRfm[klant])",
          remedy="Er zijn minder dan vijf klanten, of ververs het werkboek."),
    b.Check("De omzet van het jaar is langs twee wegen gelijk", "=ABS(kc_omzet-kw_brug_omzet-kw_brug_gasten)<0.005",
          "Ververs het werkboek.", when="=kc_maanden>=12"),
    s.AS_REFRESHED,
    s.as_used(("kw_peildatum", "kw_inactief_na", "kw_marge", "kw_rente")),
    s.NOTHING_BELOW,
    s.NO_FUTURE,
    s.MARGIN,
    s.INTEREST,
    b.Check("De kosten van werving zijn ingevuld", "=kw_wervingskosten>0", "Zonder deze kosten is er geen CAC."),
    b.Check("De retentie is over een heel jaar te tellen", '=kw_retentie_bericht=""', "Lees op Retentie wat er ontbreekt."),
    b.Check("Er is verloop gemeten of aangenomen", "=ISNUMBER(kg_retentie)", "Vul op Rekenhulp een retentie in."),
    b.Check("Geen veelgemaakte fouten in de invoer", '=COUNTIF({fouten.uitkomst},"let op")=0',
          "Zie Veelgemaakte fouten hieronder: daar staat welke, en wat u doet."),
    s.RECENT,
)  # fmt: skip
MISTAKES = mistakes_table(
    {
        "revenue": "ku_jaaromzet", "margin": "ku_brutomarge", "costs": "kg_kosten", "retention": "kg_retentie",
        "interest": "kg_rente", "clv": "ku_clv", "cac": "ku_cac", "horizon": "kg_perioden",
        "history": 'IF(kc_maanden=0,"",kc_maanden/12)', "latest": "kw_periode_tot", "today": "INT(kw_ververst)",
    }
)  # fmt: skip
_HEAD = (
    f'=IF(kw_periode_tot="","{s.NOTHING_YET}",IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"gegevens tot en met "'
    '&DAY(kw_periode_tot)&"-"&MONTH(kw_periode_tot)&"-"&YEAR(kw_periode_tot)&"  ·  cijfers over hele maanden")'
)
_TERMS = Terms("ku_jaaromzet", "kg_marge", "kg_kosten", "kg_retentie", "kg_rente")
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
        links=10, journal_since=5,
    ),
    s.settings(
        SETTINGS,
        ("Zolang marge, rente of kosten leeg zijn, blijven de uitkomsten die ervan afhangen leeg.",),
        used=True,
        used_since=2,
    ),
    s.data("transacties", "Uw transacties: klant, datum, bedrag. Plak hier uw export of noem een bestand.", (34, 16, 16, 16, 16)),
    b.Sheet(
        "KPI", "Kerncijfers per maand",
        "Klanten eind = begin + nieuw + gereactiveerd − verloren. Retentie en verloop zijn hier per maand.",
        (trend("Aantal klanten aan het eind van de maand", "line", "aantal", "Lijn: aantal klanten per maand.",
                b.Series("klanten", "maanden.klanten eind", NAVY), span=15, figure="laatste_maand", empty=NO_MONTH),
         b.ResultBlock("kpi", room=60)),
        (14,) * 16, "Omzet, orders, AOV, klanten en retentie per maand.", prints="page",
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
         b.ResultBlock("rfm", b.Formula('=IF(kw_deel_klanten="","Alle klanten",kw_deel_klanten)'),
                     (b.Scale("R"), b.Scale("F"), b.Scale("M"), b.Words("segment", (("Kampioenen", GOOD),))))),
        (26, 16, 15, 15, 15, 16, 10, 10, 26, 34),
        "Segmenten met wat u ermee doet, en elke klant met zijn scores.", tab=GREY, prints="head",
    ),
    b.Sheet(
        "Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
        (b.Beside((WINDOW, FIGURES)),),
        (7, 12, 10, 14, 14, 12, 13, 14, 18, 14, 4, 34, 16, 56),
        "De tussenstappen: elk getal van het dashboard is hier na te rekenen.", tab=GREY,
    ),
    b.Sheet(
        "CLV en prognose", "Van de CLV naar de prognose", "Twee waarden, twee vragen: elke stap verandert één ding.",
        tuple(_STEPS), (30, 18, 16, 62), "Waarom de CLV en de prognose verschillen, in stappen.", tab=GREY, prints="page",
    ),
    CALCULATOR,
    b.Sheet(
        "Dashboard", "Dashboard", b.Formula(_HEAD),
        (CARDS, b.WhenKnown("periode_tot", (
            b.Beside((REVENUE, BUYERS), gap=0), b.Beside((SEGMENTS, KEPT), gap=0), _BOTH))),
        TREND, "De stand van zaken op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(CHECKS, more=(MISTAKES,), parts_since=4),
)  # fmt: skip

TEMPLATE = b.Template(
    id="dashboard",
    version=5,
    title="Klantwaarde-dashboard",
    purpose="Kerncijfers per maand, RFM-segmenten, rekenhulp en dashboard uit transacties.",
    sheets=SHEETS,
    sources=tuple(f"D{n}" for n in (1, 4, 5, 8, 10, 11, 12, 13, 14, 15, 23, 28, 32, 33, 34, 35)),
    changed=(
        (2, "de retentie per jaar is daar een product van maandcijfers en dus te hoog; hier is zij geteld"),
    ),
)
