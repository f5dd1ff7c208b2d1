"""The dashboard: what customers are worth, who stays, and where something must be done."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.wording.segments import SEGMENT_NAMES
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.by_word import fits
from klantwaarde_xl.workbook.calculator import CALCULATOR
from klantwaarde_xl.workbook.chosen_month import CARDS, CHOOSER, CHOSEN, COMPARED, KEYS, STEPS
from klantwaarde_xl.workbook.mistakes import mistakes_table
from klantwaarde_xl.workbook.month_findings import COURSE, FINDINGS
from klantwaarde_xl.workbook.months import NO_MONTH, WINDOW, last_year, of_month, trend
from klantwaarde_xl.workbook.phrases import day_words, known, percent, price, tenths
from klantwaarde_xl.workbook.styles import GOOD, GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.targets import BEGUN, GOALS, TARGET_KINDS
from klantwaarde_xl.workbook.value_steps import Terms, value_steps
from klantwaarde_xl.workbook.year_shapes import MOVED, MOVED_SAID, SPLIT, SPLIT_SAID

SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_inactief_na", "kw_marge", "kw_rente", "kw_wervingskosten",
    "kw_kosten_klant", "kw_perioden",
)  # fmt: skip
PAGE = (16,) * 12

# ── Berekening ──────────────────────────────────────────────────────────────────────────────

# name, label, formula, number format, explanation
_FIGURES = (
    ("kc_maanden", "Hele maanden in de gegevens", '=COUNTIFS(tblKpi[maand],"<="&kw_laatste_maand)', "aantal", ""),
    ("kc_netto", "Netto omzet", last_year("netto omzet"), "euro", "laatste 12 hele maanden"),
    ("kc_omzet", "Omzet uit orders", last_year("omzet"), "euro", "laatste 12 hele maanden, zonder retouren"),
    ("kc_orders", "Orders", last_year("orders"), "aantal", "laatste 12 hele maanden"),
    ("kc_nieuw", "Nieuwe klanten", last_year("nieuw"), "aantal", "laatste 12 hele maanden"),
    ("kc_klanten", "Klanten nu", f'=IF(kc_maanden<1,"",{of_month("klanten eind")})', "aantal", "eind van de laatste hele maand"),
    ("kc_begin", "Klanten aan het begin", f'=IF(kc_maanden<1,"",{of_month("klanten begin")})', "aantal", "van de laatste hele maand"),
    ("kc_erbij", "Nieuw of gereactiveerd", f'=IF(kc_maanden<1,"",{of_month("nieuw")}+{of_month("gereactiveerd")})', "aantal",
     "in de laatste hele maand"),
    ("kc_verloren", "Verloren", f'=IF(kc_maanden<1,"",{of_month("verloren")})', "aantal", "in de laatste hele maand"),
    ("kc_werving", "Kosten van werving",
     '=IF(kw_laatste_maand="","",IF(N(IFERROR(INDEX(tblJaar[kosten],MATCH(kw_laatste_maand,tblJaar[maand],0)),0))<>0,INDEX(tblJaar[kosten],MATCH(kw_laatste_maand,tblJaar[maand],0)),IF(COUNT(kw_wervingskosten)<1,"",kw_wervingskosten)))',
     "euro", "12 maanden: van blad Kosten, als dat die maanden omvat, anders van Instellingen"),
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
        ("Klanten in de verdeling", b.Given("pareto_klanten", 5), "leeg onder de vijf klanten"),
        ("Omzet van de beste 20%", b.Given("pareto_deel", 5), "van alle klanten"),
        ("Kanalen van mond-tot-mond", b.Given("mond_kanalen", 5), "zoals ze op Klanten heten"),
        ("Melding over mond-tot-mond", b.Given("mond_bericht", 5), ""),
        ("Orders van gasten", b.Given("gasten_orders", 3), "zonder klant: in geen cijfer per klant"),
        ("Netto omzet van gasten", b.Given("gasten_netto", 3), "alle maanden"),
    ),
    heading="Kerncijfers",
)  # fmt: skip


# ── Dashboard ───────────────────────────────────────────────────────────────────────────────


REVENUE = trend(
    b.Formula("=kz_netto"), "column", "euro", s.alt("Kolommen", "netto omzet per maand, de lopende maand gearceerd", "De 24 maanden van de grafieken"),
    b.Series("netto omzet", "maanden.netto omzet", TEAL), b.Series("loopt nog", "maanden.loopt nog", TEAL, hatched=True),
    figure="periode_tot",
)  # fmt: skip
BUYERS = trend(
    "Kopers per maand: nieuw en terugkerend", "stacked", "aantal",
    "Gestapelde kolommen: nieuwe en terugkerende kopers per maand.",
    b.Series("terugkerend", "maanden.terugkerend", NAVY), b.Series("nieuw", "maanden.nieuw", ORANGE),
    span=7, figure="laatste_maand", empty=NO_MONTH,
)  # fmt: skip
KEPT = trend(
    b.Formula("=kz_retentie"), "line", "procent",
    s.alt("Lijn", "deel van de klanten van een jaar eerder dat nog klant is, per maand, met het doel gestreept", "De 24 maanden van de grafieken"),
    b.Series("retentie per jaar", "maanden.retentie per jaar", NAVY),
    b.Series("elk half jaar", "maanden.elk half jaar", NAVY, marks=True),
    b.Series("doel", "maanden.doel", ORANGE, dash=True), top=1, legend=False,
    axis=False, figure="retentie_maanden", empty="Nog geen maand waarvoor een heel jaar is te tellen: zie Retentie.",
)  # fmt: skip
FLOW = b.Chart(
    b.Formula(MOVED_SAID), "bridge", "stroom.label",
    (b.Series("", "stroom.voet", ""), b.Series("stand", "stroom.stand", NAVY), b.Series("erbij", "stroom.erbij", TEAL), b.Series("eraf", "stroom.eraf", ORANGE)),
    "aantal", s.alt("Watervaldiagram", "klanten aan het begin, nieuw, teruggekeerd, verloren en aan het eind", "Klanten van begin naar eind"),
    rows=13, figure="laatste_maand", empty=NO_MONTH,
)  # fmt: skip
KINDS = b.Chart(
    b.Formula(SPLIT_SAID), "bar", "verdeling.soort", (b.Series("aandeel", "verdeling.aandeel", TEAL),),
    "procent", s.alt("Staven", "deel van de omzet uit eerste aankopen, herhaalaankopen en mond-tot-mond", "Omzet uit orders, 12 maanden"),
    rows=13, figure="brug_kopers", empty="Nog geen 12 hele maanden.",
)  # fmt: skip
PARETO = b.Chart(
    b.Formula('=IF(kw_pareto_deel="","Hoe omzet over klanten is verdeeld","20% van de klanten brengt "&' + percent("kw_pareto_deel") + '&" van de omzet")'),
    "line", "tblPareto.deel klanten",
    (b.Series("deel van de omzet", "tblPareto.deel omzet", NAVY), b.Series("als elk evenveel bracht", "tblPareto.gelijk verdeeld", GREY, dash=True)),
    "deel", s.alt("Lijn", "deel van de omzet dat het beste deel van de klanten samen brengt", "Omzet verdeeld over klanten"),
    span=5, rows=20, top=1, figure="pareto_klanten", empty="Nog geen verdeling: daarvoor zijn minstens vijf klanten nodig.",
)  # fmt: skip
SEGMENTS = b.Chart(
    "Segmenten: deel van de klanten en van de omzet", "bar", "tblSegmenten.segment",
    (b.Series("deel van de klanten", "tblSegmenten.deel klanten", GREY),
     b.Series("deel van de omzet", "tblSegmenten.deel omzet", TEAL)),
    "procent", "Staven per RFM-segment: deel van de klanten en deel van de omzet. De cijfers staan op RFM.",
    rows=20, figure="gescoord", empty="Nog geen segmenten: daarvoor zijn minstens vijf klanten nodig.",
)  # fmt: skip

ACTIONS = b.Grid(
    (b.Column("segment"), b.Column("klanten", numbers=True), b.Column("wat u doet", "unit", span=4)),
    tuple(
        (b.Formula(f'=IF(ROWS(tblSegmenten[segment])<{n},"",INDEX(tblSegmenten[segment],{n})&"")', role="label"),
         b.Formula(f'=IF(OR(ROWS(tblSegmenten[segment])<{n},kw_gescoord=""),"",INDEX(tblSegmenten[klanten],{n}))', "aantal", role="label"),
         b.Formula(f'=IF(ROWS(tblSegmenten[segment])<{n},"",INDEX(tblSegmenten[actie],{n})&"")', role="unit"))
        for n in range(1, len(SEGMENT_NAMES) + 1)
    ),
    heading="Wat u per segment doet",
)  # fmt: skip

# ── the sheets ──────────────────────────────────────────────────────────────────────────────

_NAMED = "+".join(f'(tblDoelen[kengetal]="{key.name}")' for key in KEYS)
_TERM = "+".join(f'(tblDoelen[termijn]="{term}")' for term in ("", "maand", "kwartaal", "halfjaar", "jaar"))
_OURS = f'SUMPRODUCT(({_NAMED})*(tblDoelen[doel]<>"")*({_TERM}))'
# A text is no month, and 2026 is a day in 1905
_NO_DAY = "+".join(
    f'COUNTIFS(tblDoelen[maand],"{one}",tblDoelen[doel],">-1000000000000")' for one in ("?*", "<36526")
)
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
    replace(s.COSTS, test="=ISNUMBER(kg_kosten)"),
    b.Check("De kosten van werving zijn ingevuld", "=N(kc_werving)>0", "Vul ze in op Instellingen of per maand op Kosten: zonder is er geen CAC."),
    b.Check("De gekozen maand is een hele maand met gegevens", '=kc_maand<>""', "Kies op Dashboard een maand uit de lijst, of maak de cel leeg.", since=5),
    b.Check("Elk doel hoort bij een kerncijfer van het dashboard", f'=AND(SUMPRODUCT((tblDoelen[doel]<>"")*1)={_OURS},{_NO_DAY}=0)',
          "Schrijf op Doelen het kerncijfer zoals boven de kaart, bij maand de eerste dag van de periode of niets, en kies de termijn.", since=5),
    b.Check("Op Doelen is beter hoger of lager, en speling een deel van 0% tot en met 100%",
          '=SUMPRODUCT((tblDoelen[beter]<>"")*(tblDoelen[beter]<>"hoger")*(tblDoelen[beter]<>"lager")+(tblDoelen[speling]<0)+(tblDoelen[speling]>1))=0',
          "Verbeter het op Doelen, of laat de cel leeg.", since=5),
    b.Check("Elk doel past bij zijn kerncijfer", fits(TARGET_KINDS, "tblDoelen"),
          "Verbeter op Doelen: een percentage van 0% tot en met 100%, een heel aantal, een bedrag van nul of meer.", since=5),
    b.Check("Van elk kerncijfer is er één doel", '=COUNTIF({doelen.stand},"meer dan*")=0',
          "Lees op de kaart welk doel het is, en verbeter het op Doelen.", since=5),
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
_ALL_TIME = (
    '=IF(kw_peildag="","Ververs het werkboek.","Alle klanten, al hun orders tot en met "&'
    + day_words("kw_peildag")
    + '&IF(kw_maand="",".","; de maand die u op Dashboard kiest, geldt hier niet."))'
)
_BOTH_KNOWN = "COUNT(ku_clv,kw_perklant,kw_gebruikt_marge,kw_gebruikt_horizon)=4"
_NOTES = (
    '=IF(kw_laatste_maand="","",IF(AND(kc_maand=kw_laatste_maand,kw_retentie_jaar<>""),"Retentie ligt tussen "&'
    f'{percent("N(kw_retentie_jaar_laag)")}&" en "&{percent("N(kw_retentie_jaar_hoog)")}&" (95%).  ","")&IF(kc_maand="","","Wie wegging en terugkwam, telt bij beide.  ")'
    f'&IF(AND(kc_maand=kw_laatste_maand,ISNUMBER(ku_verhouding)),"CLV : CAC is "&{tenths("MAX(0,N(ku_verhouding))")}&"; de vuistregel is 3 of meer.  ","")&IF(ISNUMBER(kd_retentie),"Streepjes bij de retentie: het doel.  ","")'
    f'&IF(AND(kc_maand=kw_laatste_maand,{_BOTH_KNOWN}),"De CLV telt zolang een koper blijft; de prognose, "&{price("MAX(0,N(kw_perklant))")}&" per klant, telt "&kw_gebruikt_horizon&" weken van iedereen die ooit kocht: zie CLV en prognose.  ","")&kw_mond_bericht)'
)
_TERMS = Terms("ku_jaaromzet", "kg_marge", "kg_kosten", "kg_retentie", "kg_rente")
_BOTH, *_STEPS = value_steps(_TERMS, (1, 3, 1), why=2)

SHEETS = (
    s.start(
        "Klantwaarde-dashboard",
        "Wat zijn uw klanten waard, wie blijft er, en waar moet u iets doen?",
        (
            "Vul op Instellingen uw marge, rente en kosten in (gele cellen), en op Doelen wat u wilt halen.",
            "Plak op Gegevens uw transacties: klant, datum, bedrag; als u ze hebt op Kosten wat werving kostte, op Klanten hun kanaal.",
            s.REFRESH,
            "Kies op het Dashboard een maand (leeg: de laatste), kijk op Controle of alles klopt, en probeer aannamen uit op Rekenhulp.",
        ),
        links=15, journal_since=5,
    ),
    s.settings(
        SETTINGS,
        ("Zolang marge, rente of kosten leeg zijn, blijven de uitkomsten die ervan afhangen leeg.",
         "Staan op blad Kosten alle twaalf maanden, dan tellen die als kosten van werving, en niet het bedrag hierboven."),
        used=True,
        used_since=2,
    ),
    s.input_table(
        "doelen", "Wat u wilt halen: per kerncijfer, voor een maand, kwartaal, halfjaar, jaar of altijd.", (26, 13, 14, 13, 13, 13), optional=True, since=5, begun=BEGUN, looks=(TARGET_KINDS,),
        said=b.Formula('="Maand: eerste dag van de periode, of leeg voor elke periode. Termijn leeg: 12 maanden."'),
    ),
    s.data("transacties", "Uw transacties: klant, datum, bedrag. Plak hier uw export of noem een bestand.", (34, 16, 16, 16, 16)),
    s.input_table("kosten", "Wat werving kostte, per kanaal en maand.", (14, 26, 16, 26), optional=True, since=5),
    s.input_table("klanten", "Klanten, met het kanaal waardoor zij klant werden.", (34, 24, 24, 24), optional=True, since=5),
    b.Sheet(
        "KPI", "Kerncijfers per maand",
        "Klanten eind = begin + nieuw + gereactiveerd − verloren. Retentie en verloop zijn hier per maand.",
        (b.Beside((trend("Aantal klanten aan het eind van de maand", "line", "aantal", "Lijn: aantal klanten per maand.",
                b.Series("klanten", "maanden.klanten eind", NAVY), span=7, figure="laatste_maand", empty=NO_MONTH), BUYERS)),
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
        (CHOSEN, FIGURES, STEPS, COMPARED, GOALS, COURSE, FINDINGS, MOVED, SPLIT, WINDOW, b.ResultBlock("pareto", "Omzet verdeeld over klanten", room=11, since=5)),
        (32, 14, 14, 14, 16, 26, 34, 14, 18, 14, 12, 14, 12, 60),
        "De tussenstappen: elk getal van het dashboard is hier na te rekenen.", tab=GREY,
    ),
    b.Sheet(
        "Jaarcijfers", "Kerncijfers over 12 maanden", "Elke rij: de twaalf maanden tot en met die maand. Een koper telt één keer.",
        (b.ResultBlock("jaarcijfers", room=60, since=5),), (14,) * 9, "Kopers, omzet in soorten en kosten over 12 maanden.", tab=GREY, freeze=True, prints="page",
    ),
    b.Sheet(
        "CLV en prognose", "Van de CLV naar de prognose", "Twee waarden, twee vragen: elke stap verandert één ding.",
        (_BOTH, *_STEPS), (30, 18, 16, 20, 50), "Waarom de CLV en de prognose verschillen, in stappen.", tab=GREY, prints="page",
    ),
    CALCULATOR,
    b.Sheet(
        "Beste klanten", "Wie de omzet brengt", b.Formula(_ALL_TIME),
        (b.WhenKnown("periode_tot", (
            b.Beside((PARETO, SEGMENTS)),
            b.Beside((b.ResultBlock("beste", "De beste tien klanten", (b.Bar("deel omzet"),), room=10, since=5), ACTIONS)))),),
        (10, 34, 16, 14, 18, 3, 26, 12, *(19,) * 4), "Bladzijde 2: verdeling van de omzet, segmenten en de beste tien.", tab=TEAL, prints="page",
    ),
    b.Sheet(
        "Dashboard", "Hoe staan onze klanten ervoor, tegen ons doel en vorig jaar?", b.Formula(_HEAD),
        (CHOOSER, CARDS, b.WhenKnown("periode_tot", (
            b.Beside((REVENUE, FLOW), gap=0), b.Beside((KEPT, KINDS), gap=0))),
         b.Message(b.Formula(_NOTES, role="remark"), 34)),
        PAGE, "De stand van zaken op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(CHECKS, more=(MISTAKES,), parts_since=4),
)  # fmt: skip

TEMPLATE = b.Template(
    id="dashboard",
    version=5,
    title="Klantwaarde-dashboard",
    purpose="Kerncijfers per maand, RFM-segmenten, rekenhulp en dashboard uit transacties.",
    sheets=SHEETS,
    sources=tuple(f"D{n}" for n in (1, 4, 5, 8, 10, 11, 12, 13, 14, 15, 21, 22, 23, 28, 32, 33, 34, 35)),
    changed=(
        (2, "de retentie per jaar is daar een product van maandcijfers en dus te hoog; hier is zij geteld"),
    ),
)
