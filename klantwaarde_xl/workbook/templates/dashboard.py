"""The dashboard: what customers are worth, who stays, and where something must be done."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.by_word import fits
from klantwaarde_xl.workbook.calculator import CALCULATOR
from klantwaarde_xl.workbook.chosen_month import (
    CARDS,
    CHOOSER,
    CHOSEN,
    CLV_BETWEEN,
    CLV_ENDS,
    COMPARED,
    KEYS,
    STEPS,
)
from klantwaarde_xl.workbook.dashboard_shapes import (
    ACTIONS,
    BUYERS,
    FIGURES,
    FLOW,
    KEPT,
    KINDS,
    PARETO,
    REVENUE,
    SEGMENTS,
)
from klantwaarde_xl.workbook.mistakes import mistakes_table
from klantwaarde_xl.workbook.month_findings import COURSE, FINDINGS
from klantwaarde_xl.workbook.months import NO_MONTH, WINDOW, trend
from klantwaarde_xl.workbook.phrases import day_words, known, percent, price, tenths
from klantwaarde_xl.workbook.styles import GOOD, GREY, NAVY, TEAL
from klantwaarde_xl.workbook.targets import BEGUN, GOALS, TARGET_KINDS
from klantwaarde_xl.workbook.value_steps import Terms, value_steps
from klantwaarde_xl.workbook.year_shapes import MOVED, SPLIT

SETTINGS = (
    "kw_bedrijf", "kw_peildatum", "kw_inactief_na", "kw_marge", "kw_rente", "kw_wervingskosten",
    "kw_kosten_klant", "kw_perioden",
)  # fmt: skip
PAGE = (16,) * 12

# ── the sheets ──────────────────────────────────────────────────────────────────────────────

_NAMED = "+".join(f'(tblDoelen[kengetal]="{key.name}")' for key in KEYS)
_TERM = "+".join(f'(tblDoelen[termijn]="{term}")' for term in ("", "maand", "kwartaal", "halfjaar", "jaar"))
_OURS = f'SUMPRODUCT(({_NAMED})*(tblDoelen[doel]<>"")*({_TERM}))'
# A text is no month, and 2026 is a day in 1905; LibreOffice counts numbers too for "?*"
_DAYS = 'SUMPRODUCT((tblDoelen[maand]<>"")*(tblDoelen[doel]<>""))=COUNTIFS(tblDoelen[maand],">=36526",tblDoelen[doel],">-1000000000000")'
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
    s.NO_HOLES,
    s.MARGIN,
    s.INTEREST,
    replace(s.COSTS, test="=ISNUMBER(kg_kosten)"),
    b.Check("De kosten van werving zijn ingevuld", "=N(kc_werving)>0", "Vul ze in op Instellingen of per maand op Kosten: zonder is er geen CAC."),
    b.Check("De gekozen maand is een hele maand met gegevens", '=kc_maand<>""', "Kies op Dashboard een maand uit de lijst, of maak de cel leeg.", since=5),
    b.Check("Elk doel hoort bij een kerncijfer van het dashboard", f'=AND(SUMPRODUCT((tblDoelen[doel]<>"")*1)={_OURS},{_DAYS})',
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
    '&DAY(kw_peildag)&"-"&MONTH(kw_peildag)&"-"&YEAR(kw_peildag)&"  ·  cijfers over hele maanden")'
)
_ALL_TIME = (
    '=IF(kw_peildag="","Ververs het werkboek.","Alle klanten, al hun orders tot en met "&'
    + day_words("kw_peildag")
    + '&IF(kw_maand="",".","; de maand die u op Dashboard kiest, geldt hier niet."))'
)
_BOTH_KNOWN = "COUNT(ku_clv,kw_perklant,kw_gebruikt_marge,kw_gebruikt_horizon)=4"
_NOTES = (
    f'=IF(kw_laatste_maand="","",{s.ORDERS_SAID}&IF(AND(kc_maand=kw_laatste_maand,kw_retentie_jaar<>""),"Retentie ligt tussen "&'
    f'{percent("N(kw_retentie_jaar_laag)")}&" en "&{percent("N(kw_retentie_jaar_hoog)")}&" (95%)"&{CLV_BETWEEN}&".  ","")&IF(kc_maand="","","Wie wegging en terugkwam, telt bij beide.  ")'
    f'&IF(AND(kc_maand=kw_laatste_maand,ISNUMBER(ku_verhouding)),"CLV : CAC is "&IF(N(ku_verhouding)<0,"onder nul",{tenths("ABS(N(ku_verhouding))")})&"; de vuistregel is 3 of meer.  ","")&IF(ISNUMBER(kd_retentie),"Streepjes bij de retentie: het doel.  ","")'
    f'&IF(AND(kc_maand=kw_laatste_maand,{_BOTH_KNOWN}),"De CLV telt zolang een koper blijft; de prognose, "&{price("MAX(0,N(kw_perklant))")}&" per klant, telt "&kw_gebruikt_horizon&" weken van iedereen die ooit kocht: zie CLV en prognose.  ","")&kw_mond_bericht)'
)
_TERMS = Terms(known("ku_jaaromzet", "ku_jaaromzet"), "kg_marge", "kg_kosten", "kg_retentie", "kg_rente")
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
    s.input_table("kosten", "Wat werving kostte, per kanaal en maand.", (14, 26, 16, 26), optional=True, without=("bereikt",), since=5),
    s.input_table("klanten", "Klanten, met het kanaal waardoor zij klant werden.", (34, 24, 24, 24), optional=True, without=("campagne",), since=5),
    b.Sheet(
        "KPI", "Kerncijfers per maand",
        "Klanten eind = begin + nieuw + gereactiveerd − verloren. Retentie en verloop zijn hier per maand.",
        (b.Beside((trend("Aantal klanten aan het eind van de maand", "line", "aantal", "Lijn: aantal klanten per maand.",
                b.Series("klanten", "maanden.klanten eind", NAVY), span=7, figure="laatste_maand", empty=NO_MONTH), BUYERS)),
         b.ResultBlock("kpi", room=60)),
        (14,) * 16, "Omzet, orders, AOV, klanten en retentie per maand.",
    ),
    b.Sheet(
        "Retentie", "Retentie per jaar, geteld",
        "Van wie een jaar eerder klant was: welk deel is het nog? Elke hele maand opnieuw geteld.",
        (b.Message(b.Formula('=IF(kw_retentie_bericht="","",kw_retentie_bericht)', role="remark"), 36),
         b.ResultBlock("retentie", room=60, since=2)),
        (14, 18, 14, 18, 12, 12, 14), "Hoeveel klanten van een jaar geleden er nog zijn.", freeze=True,
    ),
    b.Sheet(
        "RFM", "RFM-segmenten",
        "R: hoe kort geleden, F: hoe vaak, M: hoeveel. Scores 1 (laag) tot 5 (hoog), in vijf gelijke groepen.",
        (b.ResultBlock("segmenten", looks=(b.Bar("deel klanten"), b.Bar("deel omzet")), room=11),
         b.Text(("Klik op het pijltje in een kop om te filteren of te sorteren.",)),
         b.ResultBlock("rfm", b.Formula('=IF(kw_deel_klanten="","Alle klanten",kw_deel_klanten)'),
                     (b.Scale("R", "M"), b.Words("segment", (("Kampioenen", GOOD),))))),
        (26, 16, 15, 15, 15, 16, 10, 10, 26, 34),
        "Segmenten met wat u ermee doet, en elke klant met zijn scores.", tab=GREY, prints="head",
    ),
    b.Sheet(
        "Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
        (CHOSEN, FIGURES, STEPS, CLV_ENDS, COMPARED, GOALS, COURSE, FINDINGS, MOVED, SPLIT, WINDOW, b.ResultBlock("pareto", "Omzet verdeeld over klanten", room=11, since=5)),
        (32, 14, 14, 14, 16, 26, 34, 14, 18, 14, 12, 14, 12, 60),
        "De tussenstappen: elk getal van het dashboard is hier na te rekenen.", tab=GREY,
    ),
    b.Sheet(
        "Jaarcijfers", "Kerncijfers over 12 maanden", "Elke rij: de twaalf maanden tot en met die maand. Een koper telt één keer.",
        (b.ResultBlock("jaarcijfers", room=60, since=5, later=((6, "na retouren"),)),), (14,) * 10, "Kopers, omzet in soorten en kosten over 12 maanden.", tab=GREY, freeze=True,
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
         b.Message(b.Formula(_NOTES, role="remark"), 48)),
        PAGE, "De stand van zaken op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(CHECKS, more=(MISTAKES,), parts_since=4),
)  # fmt: skip

TEMPLATE = b.Template(
    id="dashboard",
    version=9,
    title="Klantwaarde-dashboard",
    purpose="Kerncijfers per maand, RFM-segmenten, rekenhulp en dashboard uit transacties.",
    sheets=SHEETS,
    sources=tuple(f"D{n}" for n in (1, 4, 5, 8, 10, 11, 12, 13, 14, 15, 21, 22, 23, 28, 29, 32, 33, 34, 35)),
    changed=(
        (2, "de retentie per jaar is daar een product van maandcijfers en dus te hoog; hier is zij geteld"),
        (6, "van de omzet waarop de CLV staat, gaan daar de retouren niet af; hier wel"),
    ),
)
