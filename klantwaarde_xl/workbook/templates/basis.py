"""The articles' sums for one customer, side by side, and which sum belongs to which question."""

from __future__ import annotations

from dataclasses import replace

from klantwaarde_xl.data.settings import setting
from klantwaarde_xl.functions.notation import dutch
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.four_buttons import BEST, BUTTONS, GAINS, filled
from klantwaarde_xl.workbook.mistakes import mistakes_table
from klantwaarde_xl.workbook.phrases import first_lacking
from klantwaarde_xl.workbook.styles import NAVY, TEAL

SETTINGS = (
    "kw_bedrijf", "kw_besteding", "kw_perioden", "kw_kosten", "kw_aankoopwaarde", "kw_frequentie", "kw_levensduur",
    "kw_retentie", "kw_cac", "kw_kosten_klant", "kw_marge", "kw_rente", "kw_inflatie",
)  # fmt: skip
_BEGUN = f"=COUNT({','.join(one for one in SETTINGS[1:] if setting(one).default is None)})>0"
_MONEY = "ku_jaarmarge,kw_retentie,ku_rente"
# name, label, formula, number format, how it is typed
_STEPS = (
    ("ku_jaaromzet", "Omzet per jaar", filled("kw_aankoopwaarde,kw_frequentie", "kw_aankoopwaarde*kw_frequentie"), "euro2", "aankoopwaarde × frequentie"),
    ("ku_jaarmarge", "Marge per jaar", filled("ku_jaaromzet,kw_marge,kw_kosten_klant", "ku_jaaromzet*kw_marge-kw_kosten_klant"),
     "euro2", "omzet × marge − kosten"),
    ("ku_marge_kosten", "Marge, kosten 10% lager", filled("ku_jaaromzet,kw_marge,kw_kosten_klant", "ku_jaaromzet*kw_marge-0.9*kw_kosten_klant"),
     "euro2", "per jaar"),
    ("ku_marge_opbrengst", "Marge, omzet 10% hoger", filled("ku_jaaromzet,kw_marge,kw_kosten_klant", "1.1*ku_jaaromzet*kw_marge-kw_kosten_klant"),
     "euro2", "per jaar"),
    ("ku_rente", "Rente met inflatie", filled("kw_rente,N(kw_inflatie)", "(1+kw_rente)*(1+N(kw_inflatie))-1"), "procent",
     "rente en inflatie samen"),
)  # fmt: skip
# name, label, formula, marge, kosten, retentie, rente, why it differs
_SUMS = (
    ("ku_klantwaarde", "Klantwaarde", filled("kw_besteding,kw_perioden,N(kw_kosten)", "KLANTWAARDE(kw_besteding,kw_perioden,N(kw_kosten))"),
     "–", "✔", "–", "–", "Wat hij besteedt, min alle kosten. Over een vast aantal perioden."),
    ("ku_eenvoudig", "CLV eenvoudig", filled("ku_jaaromzet,kw_levensduur", "KLDW(ku_jaaromzet,kw_levensduur,1)"),
     "–", "–", "–", "–", "Alle omzet zolang hij blijft; wat hij u kost, telt niet mee. Kosten en marge komen er nog af."),
)  # fmt: skip
_MARGIN_SUMS = (
    ("ku_historisch", "CLV historisch",
     filled("kw_aankoopwaarde,kw_frequentie,kw_levensduur,kw_marge", "CLVHISTORISCH(kw_aankoopwaarde,kw_frequentie,kw_levensduur,kw_marge)"),
     "✔", "–", "–", "–", "Marge in plaats van omzet, over de levensduur die u gewend bent."),
    ("ku_metretentie", "CLV met retentie", filled("ku_jaarmarge,kw_retentie", 'IF(kw_retentie<1,CLV(ku_jaarmarge,kw_retentie,0,0,"nu"),"")'),
     "✔", "✔", "✔", "–", "Elk jaar blijft een deel over. Geen levensduur invullen: die volgt uit de retentie."),
    ("ku_contant", "CLV contant", filled(_MONEY, f'IF(kw_retentie<1+ku_rente,CLV({_MONEY},0,"nu"),"")'),
     "✔", "✔", "✔", "✔", "Hetzelfde, maar geld van later telt minder dan geld van nu."),
    ("ku_netto", "CLV na werving", filled("ku_contant,kw_cac", "CLVNETTO(ku_contant,kw_cac)"),
     "✔", "✔", "✔", "✔", "Daarvan gaat af wat het kost om hem te winnen. Dit is wat u eraan overhoudt."),
)  # fmt: skip
_SUM_COLUMNS = (
    b.Column("som"), b.Column("uitkomst", numbers=True), b.Column("marge", "unit"), b.Column("kosten", "unit"),
    b.Column("retentie", "unit"), b.Column("rente", "unit"), b.Column("waarom anders", "label_wrap", span=6),
)  # fmt: skip


def _sums(name: str, heading: str, sums: tuple[tuple[str, ...], ...]) -> b.Grid:
    rows: tuple[tuple[b.Cell, ...], ...] = tuple(
        (label, b.Formula(text, "euro2", "output", cell), *rest) for cell, label, text, *rest in sums
    )
    return b.Grid(_SUM_COLUMNS, rows, name=name, heading=heading)


_ARTICLES = (
    ("001: besteding 500, 2 perioden, 200 kosten", "=KLANTWAARDE(500,2,200)", 800,
     "De tabel in het artikel noemt 1.000: daar zijn de kosten vergeten."),
    ("003: aankoop van 50, 5 keer per jaar, 3 jaar", "=CLVHISTORISCH(50,5,3)", 750, "50 × 5 = 250 per jaar; × 3 jaar"),
    ("002: 50.000 omzet van 50 klanten", "=KLANTWAARDE(50000/50)", 1000, "omzet gedeeld door klanten"),
)  # fmt: skip
ARTICLES = b.Grid(
    (
        b.Column("artikel"), b.Column("zo typt u het", "formula"), b.Column("uitkomst", numbers=True),
        b.Column("artikel zegt", numbers=True), b.Column("klopt"), b.Column("toelichting", "unit"),
    ),
    tuple(
        (label, dutch(text), b.Formula(text, "euro", "output"), b.Formula(f"={said}", "euro"),
         b.Formula("=IF(ABS({.uitkomst}-{.artikel zegt})<0.005,\"✔ klopt\",\"✖ klopt niet\")", role="state"), note)
        for label, text, said, note in _ARTICLES
    ),
    name="artikelen",
)  # fmt: skip

_KEPT = "aankoopwaarde frequentie marge kosten_klant retentie"
_NEEDS = (  # of each of the six sums, in the order in which one is asked for it
    "besteding perioden", "aankoopwaarde frequentie levensduur", "aankoopwaarde frequentie levensduur marge", _KEPT, f"{_KEPT} rente", f"{_KEPT} rente cac",
)  # fmt: skip
CARDS = b.Cards(
    tuple(
        b.Card(label, b.Formula(f'=IF({name}="","–",{name})', "prijs"), b.Formula(f'=IF({name}="",{first_lacking(needs)},"{note}")'), means=means)
        for (name, label, *_), needs, note, means in zip(
            (*_SUMS, *_MARGIN_SUMS), _NEEDS,
            ("omzet − kosten", "omzet × levensduur", "marge × levensduur", "marge, wie blijft", "marge, nu waard", "na werving"),
            ("", "Omzet per jaar × levensduur; kosten en marge gaan er nog af.", "Omzet per jaar × levensduur × marge; wat hij u kost, gaat er nog af.",
             "Marge per jaar na kosten / (1 − retentie): wat een klant opbrengt zolang hij blijft.",
             "Als CLV met retentie, met wat later komt teruggerekend naar nu met rente en inflatie.", "CLV contant − CAC: wat u aan een klant overhoudt."),
            strict=True,
        )
    )
)  # fmt: skip
SHEETS = (
    s.start(
        "Klantwaarde: de basis", "Wat is een klant waard, en welke som hoort bij uw vraag?",
        (
            "Vul op Instellingen in wat u weet (gele cellen); wat u niet weet, laat u leeg.",
            "Lees op Sommen zes antwoorden naast elkaar, en waarom ze verschillen.",
            "Kijk welke knop het meest brengt: kosten, opbrengst, retentie of acquisitie.",
        ),
        links=4, has_data=False,
    ),
    s.settings(SETTINGS, ("Alles rekent meteen; verversen hoeft niet.",)),
    b.Sheet(
        "Artikelen", "De sommen uit de artikelen", "Zo rekenen de artikelen het voor, en zo typt u het zelf.",
        (ARTICLES,), (46, 30, 16, 16, 16, 64), "De voorbeelden uit de artikelen, nagerekend.", prints="page",
    ),
    b.Sheet(
        "Sommen", "Eén klant, zes sommen",
        b.Formula('=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"Welke som hoort bij uw vraag?"'),
        (
            CARDS,
            _sums("omzetsommen", "Op omzet", _SUMS),
            _sums("margesommen", "Op marge", _MARGIN_SUMS),
            b.Beside((
                b.Chart(b.Formula('=IF(COUNT({margesommen.uitkomst})=0,"Vul aankoopwaarde, frequentie, levensduur en marge in.","Op marge: van historisch tot na werving")'), "bar", "margesommen.som",
                      (b.Series("waarde", "margesommen.uitkomst", TEAL),), "prijs",
                      "Staven: vier klantwaarden op marge.", rows=10, bottom=None, drawn="COUNT({margesommen.uitkomst})>0"),
                b.Chart(b.Formula(BEST), "bar", "knoppen.knop", (b.Series("erbij", "knoppen.erbij per klant", NAVY),), "prijs",
                      "Staven: euro per klant erbij als een knop 10% beter staat.", rows=10, bottom=None, drawn=f"COUNT({GAINS})>0"),
            ), gap=0),
            b.Beside((BUTTONS, b.Grid(
                (b.Column("tussenstap", span=2), b.Column("waarde", numbers=True), b.Column("hoe", "unit_wrap", span=2)),
                tuple((label, b.Formula(text, number, name=name), how) for name, label, text, number, how in _STEPS),
                heading="Tussenstappen",
            ))),
            b.Text(("Retentie stijgt tot hoogstens 99%. Een knop telt per klant; vermenigvuldig met uw aantal klanten.",)),
        ),
        (18, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15), "Zes antwoorden op wat een klant waard is.", tab=TEAL, prints="page",
    ),
    s.controls(
        (
            *(replace(one, when=_BEGUN) for one in (s.MARGIN, s.INTEREST, s.COSTS)),
            b.Check("De sommen uit de artikelen kloppen", '=COUNTIF({artikelen.klopt},"✔ klopt")=ROWS({artikelen.klopt})',
                  "Er is een formule veranderd op Artikelen: zet haar terug.", _BEGUN),
            b.Check("Besteding is aankoopwaarde maal frequentie", "=ABS(kw_besteding-kw_aankoopwaarde*kw_frequentie)<=0.01*kw_besteding",
                  "De sommen gaan dan niet over dezelfde klant: besteding per periode hoort aankoopwaarde × frequentie te zijn.",
                  "=COUNT(kw_besteding,kw_aankoopwaarde,kw_frequentie)=3"),
            b.Check("Levensduur en retentie zeggen hetzelfde", "=ABS(kw_levensduur-1/(1-kw_retentie))<=0.1*kw_levensduur",
                  "Levensduur hoort 1 / (1 − retentie) te zijn. Meet een van de twee opnieuw.",
                  "=AND(COUNT(kw_levensduur,kw_retentie)=2,kw_retentie<1)"),
            b.Check("Geen veelgemaakte fouten in de invoer", '=COUNTIF({fouten.uitkomst},"let op")=0', "Zie Veelgemaakte fouten.", _BEGUN),
        ),
        more=(mistakes_table({
            "revenue": "ku_jaaromzet", "margin": "ku_jaarmarge", "costs": "kw_kosten_klant", "retention": "kw_retentie",
            "interest": "kw_rente", "clv": "ku_contant", "cac": "kw_cac",
        }),),
        has_data=False,
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="basis", version=4, title="Klantwaarde: de basis", purpose="De sommen uit de artikelen, voor één klant naast elkaar.",
    sheets=SHEETS, sources=tuple(f"D{n}" for n in (1, 2, 3, 4, 5, 13, 14, 15, 35)), names_functions=True,
)  # fmt: skip
