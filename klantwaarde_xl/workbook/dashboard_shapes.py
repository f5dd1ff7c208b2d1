"""Behind the dashboard and on it: its key figures, its charts, and what one does per segment."""

from __future__ import annotations

from klantwaarde_xl.wording.segments import SEGMENT_NAMES
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.months import FILLED, NO_MONTH, last_year, of_month, trend
from klantwaarde_xl.workbook.phrases import percent, ratio
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.year_shapes import MOVED_SAID, SPLIT_SAID

# ── Berekening ──────────────────────────────────────────────────────────────────────────────

# name, label, formula, number format, explanation
_FIGURES = (
    ("kc_maanden", "Hele maanden in de gegevens", FILLED, "aantal", "vanaf de eerste order"),
    ("kc_netto", "Netto omzet", last_year("netto omzet"), "euro", "laatste 12 hele maanden"),
    ("kc_omzet", "Omzet uit orders", last_year("omzet"), "euro", "laatste 12 hele maanden, retouren niet eraf"),
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
    ("kc_aov", "Gemiddelde orderwaarde (AOV)", f'={ratio("kc_omzet", "kc_orders", "AOV")}', "euro2", "omzet / orders"),
    ("kc_frequentie", "Aankoopfrequentie", f'={ratio("kw_brug_orders", "kw_brug_kopers", "AANKOOPFREQUENTIE")}', "getal",
     "orders per koper per jaar"),
    ("kc_aov_klant", "Orderwaarde na retouren", f'={ratio("kw_brug_netto", "kw_brug_orders", "AOV")}', "euro2",
     "(omzet − retouren) / orders, zonder gasten"),
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


_SHORT = "Nog geen 12 hele maanden."
_CHOOSE = 'IF(kc_eind=0,"Kies een maand uit de lijst.",{})'.format
REVENUE = trend(
    b.Formula("=kz_netto"), "column", "euro", s.alt("Kolommen", "netto omzet per maand, de lopende maand gearceerd", "De 24 maanden van de grafieken"),
    b.Series("netto omzet", "maanden.netto omzet", TEAL), b.Series("onvolledige maand", "maanden.loopt nog", TEAL, hatched=True),
    figure="periode_tot", empty=NO_MONTH, asks=_CHOOSE('""'), bottom=None,
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
    asks=_CHOOSE('IF(COUNT({maanden.retentie per jaar})=0,"Nog geen retentie in deze maanden: zie Retentie.","")'),
)  # fmt: skip
FLOW = b.Chart(
    b.Formula(MOVED_SAID), "bridge", "stroom.label",
    (b.Series("", "stroom.voet", ""), b.Series("stand", "stroom.stand", NAVY), b.Series("erbij", "stroom.erbij", TEAL), b.Series("eraf", "stroom.eraf", ORANGE)),
    "aantal", s.alt("Watervaldiagram", "klanten aan het begin, nieuw, teruggekeerd, verloren en aan het eind", "Klanten van begin naar eind"),
    rows=13, figure="laatste_maand", empty=NO_MONTH, asks=_CHOOSE('""'), also=("klanten", "Bij geen order staat wie kocht."),
)  # fmt: skip
KINDS = b.Chart(
    b.Formula(SPLIT_SAID), "bar", "verdeling.soort", (b.Series("aandeel", "verdeling.aandeel", TEAL),),
    "procent", s.alt("Staven", "deel van de omzet uit eerste aankopen, herhaalaankopen en mond-tot-mond", "Omzet uit orders, 12 maanden"),
    rows=13, figure="brug_kopers", empty=_SHORT, asks=_CHOOSE(f'IF(kn_rij="","{_SHORT}","")'),
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
