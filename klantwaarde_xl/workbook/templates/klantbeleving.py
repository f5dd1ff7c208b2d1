"""What customers get against what it costs them, expectation against experience, price, and why they leave."""

from __future__ import annotations

from typing import Any

from klantwaarde_xl.data.settings import setting
from klantwaarde_xl.workbook import balance, possible
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.phrases import known, money, percent, tenths, whole
from klantwaarde_xl.workbook.styles import BAD, GOOD, GREY, NAVY, ORANGE, TEAL
from klantwaarde_xl.workbook.typed import Typed, words

_SETTINGS = ("kw_bedrijf", "kw_tolerantie", "kw_prijsgewicht")
_TOLERANCE = possible.read("kw_tolerantie", setting("kw_tolerantie"), "0.5")
_BEYOND = f"({_TOLERANCE}+0.000000000001)"  # 0.3 + 0.2 is not a bit more than 0.5

# ── what is typed ───────────────────────────────────────────────────────────────────────────


# aspect, and of the example: weight, expectation, experience, the competitor's
_BENEFITS = (
    ("Klantrelatie", 1, 7.5, 7.9, 7.2), ("Klantbeleving", 1, 7.8, 7.6, 7.4), ("Prijs en kwaliteit", 2, 8.0, 7.7, 7.5), ("Merk", 1, 7.0, 7.4, 7.8),
    ("Gemak", 2, 8.2, 8.4, 7.6), ("Reputatie", 1, 7.4, 7.5, 7.3), ("Loyaliteit", 1, 6.8, 7.1, 6.9), ("Service", 2, 8.5, 7.1, 7.4),
    ("Prijsstrategie", 1, 7.0, 6.8, 7.1), ("Verkoop", 1, 7.2, 7.3, 7.0), (None,) * 5, (None,) * 5,
)  # fmt: skip
_COSTS = (
    ("Geld", 2, 6.0, 6.2, 6.1),
    ("Tijd", 1, 4.0, 4.9, 4.4),
    ("Moeite", 1, 3.5, 3.6, 4.0),
    (None,) * 5,
    (None,) * 5,
)
_SCORE = "Een gemiddelde van 1 tot en met 10, of leeg."
_HEADERS = ("gewicht", "verwachting", "ervaring", "concurrent")


def _aspects(side: str, rows: tuple[tuple[Any, ...], ...], gap: str, heading: str, experience: str) -> b.Grid:
    """A side of the balance: aspects with their scores, and what experience falls short of."""
    judged = f'=IF({{.kloof}}="","",IF({{.kloof}}<-{_BEYOND},"✖ valt tegen",IF({{.kloof}}>{_BEYOND},"✔ valt mee","● naar verwachting")))'
    cells: tuple[tuple[b.Cell, ...], ...] = tuple(
        (words(f"kw_{side}{n}", "Aspect", default=name),
         Typed(f"kw_{side}{n}_gewicht", "Gewicht", "getal", weight, "Hoe zwaar het telt; leeg is 1.", balance.WEIGHTS).cell,
         *(Typed(f"kw_{side}{n}_{what}", what.capitalize(), "een", score, _SCORE, balance.SCORES).cell for what, score in zip(_HEADERS[1:], scores, strict=True)),
         b.Formula(f"={known(f'kw_{side}{n}_verwachting,kw_{side}{n}_ervaring', gap)}", "een"), b.Formula(judged, role="label"))
        for n, (name, weight, *scores) in enumerate(rows, 1)
    )  # fmt: skip
    headers = (_HEADERS[0], _HEADERS[1], experience, _HEADERS[3], "kloof")
    columns = (
        b.Column("aspect"),
        *(b.Column(header, numbers=True) for header in headers),
        b.Column("oordeel"),
    )
    looks = (b.Words("oordeel", (("✔ valt mee", GOOD), ("✖ valt tegen", BAD))),)
    return b.Grid(columns, cells, name=side, heading=heading, looks=looks)


BENEFITS = _aspects(
    "voordeel",
    _BENEFITS,
    "{.ervaring}-{.verwachting}",
    "Voordelen: wat de klant krijgt (hoog is goed)",
    "ervaring",
)
COSTS = _aspects(
    "last",
    _COSTS,
    "{.verwachting}-{.hoe zwaar}",
    "Investeringen: wat het hem kost (hoog is zwaar)",
    "hoe zwaar",
)

_PRODUCTS = (
    ("Basispakket", 24.95, "Alfa", 22.5),
    ("Pluspakket", 39.95, "Alfa", 41.0),
    ("Los product", 12.5, "Beta", 11.0),
    *((None,) * 4,) * 5,
)
_RATIO = 'IF({.zijn prijs}=0,"",{.onze prijs}/{.zijn prijs})'
PRICES = b.Grid(
    (b.Column("product"), b.Column("onze prijs", numbers=True), b.Column("concurrent"), b.Column("zijn prijs", numbers=True),
     b.Column("verhouding", numbers=True), b.Column("prijspremie", numbers=True)),
    tuple(
        (words(f"kw_product{n}", "Product", example=product), Typed(f"kw_product{n}_prijs", "Onze prijs", "euro2", own, "Wat het bij u kost.").cell,
         words(f"kw_product{n}_concurrent", "Concurrent", example=other),
         Typed(f"kw_product{n}_zijn", "Zijn prijs", "euro2", theirs, "Wat hetzelfde bij hem kost.").cell,
         b.Formula(f"={known(f'kw_product{n}_prijs,kw_product{n}_zijn', _RATIO)}", "getal"),
         b.Formula('=IF({.verhouding}="","",PRIJSPREMIE({.onze prijs},{.zijn prijs}))', "procent"))
        for n, (product, own, other, theirs) in enumerate(_PRODUCTS, 1)
    ),
    name="prijzen", heading="Onze prijs tegenover die van de concurrent, voor hetzelfde",
)  # fmt: skip

_REASONS = (("Prijs", 14, 120), ("Service", 9, 310), ("Naar een concurrent", 6, 240), ("Product past niet meer", 5, 90),
            ("Verhuisd of gestopt", 8, 60), ("Onbekend", 11, 75), (None,) * 3, (None,) * 3)  # fmt: skip
LEAVING = b.Grid(
    (b.Column("reden"), b.Column("klanten", numbers=True), b.Column("waarde per klant", numbers=True), b.Column("waarde weg", numbers=True)),
    tuple(
        (words(f"kw_reden{n}", "Reden", default=name), Typed(f"kw_reden{n}_klanten", "Klanten", "aantal", many, "Zoveel vertrokken er hierom.").cell,
         Typed(f"kw_reden{n}_waarde", "Waarde per klant", "euro", each, "Zoals hun CLV.").cell,
         b.Formula(f"={known(f'kw_reden{n}_klanten,kw_reden{n}_waarde', '{.klanten}*{.waarde per klant}')}", "euro"))
        for n, (name, many, each) in enumerate(_REASONS, 1)
    ),
    name="vertrek", heading="Waarom klanten vertrokken",
)  # fmt: skip

# ── the page ────────────────────────────────────────────────────────────────────────────────

_FEW = "Vul op Aspecten van drie aspecten verwachting en ervaring in."
_WORST = (
    f'=IF(COUNT({{voordeel.kloof}})<3,"{_FEW}",IF(INDEX({{kloven.kloof}},1)<-{_BEYOND},INDEX({{kloven.aspect}},1)&" valt het meest tegen: −"&'
    f'{tenths("-INDEX({kloven.kloof},1)")}&" (donker: ervaring)","Bij de voordelen valt niets tegen (donker: ervaring)"))'
)
_WHERE = (
    '=IF(ku_plaats="","Vul Prijzen en de scores van een concurrent in.","Waardekaart: "&ku_plaats&" (prijs "&'
    f'{whole("100*ku_prijs")}&"%, kwaliteit "&{whole("100*ku_kwaliteit")}&"% van concurrent)")'
)
_DEAREST = (
    '=IF(SUM({vertrek.waarde weg})=0,"Vul op Vertrek de redenen met hun waarde in.",INDEX({redenen.reden},1)&" kost het meest: "&'
    f'{money("INDEX({redenen.waarde weg},1)")}&", "&{percent("INDEX({redenen.opgeteld},1)")}&" van wat vertrok")'
)
_BALANCE = (
    '=IF(ku_balans="",IF(ku_voordelen<>"","Vul op Aspecten ook in wat het klanten kost.",IF(ku_lasten<>"","Vul op Aspecten ook in wat klanten krijgen.","Vul op Aspecten in wat klanten ervaren.")),IF(ROUND(ku_balans,1)<0,"Klanten steken er meer in dan ze krijgen: wie dat voelt, gaat eerder weg. ",'
    'IF(ROUND(ku_balans,1)=0,"Klanten krijgen net zoveel als het hun kost. ","Klanten krijgen meer dan het hun kost. "))&'
    'IF(ku_tegen=0,"Geen aspect valt tegen.",IF(ku_tegen=1,"1 aspect valt","" & ku_tegen&" aspecten vallen")&" tegen: begin bij "&ku_ergst&"."))'
)


def _on_map(name: str, color: str, rows: tuple[int, int], **more: Any) -> b.Series:
    """A point or a line of the value map."""
    return b.Series(name, "kaart.kwaliteit", color, across="kaart.prijs", rows=rows, **more)


CARDS = b.Cards(
    (
        b.Card("Voordelen", b.Formula('=IF(ku_voordelen="","–",ku_voordelen)', "een"), b.Formula('=IF(ku_voordelen="","vul Aspecten in","wat de klant krijgt, 1–10")'), means="Gewogen gemiddelde van wat klanten ervaren bij de voordelen; hoog is goed."),
        b.Card("Investeringen", b.Formula('=IF(ku_lasten="","–",ku_lasten)', "een"), b.Formula('=IF(ku_lasten="","vul Aspecten in","geld, tijd, moeite, 1–10")'), means="Gewogen gemiddelde van hoe zwaar de investeringen klanten vallen; hoog is zwaar."),
        b.Card("Balans", b.Formula('=IF(ku_balans="","–",ku_balans)', "een"), b.Formula('=IF(ku_balans="","vul Aspecten in","voordelen − investeringen")'), means="Voordelen − investeringen, in punten: boven nul krijgt de klant meer dan het hem kost."),
        b.Card("Kans op vertrek", b.Formula('=IF(ku_risico="","–",SUBSTITUTE(SUBSTITUTE(ku_risico," op vertrek","")," risico",""))'), b.Formula('=IF(ku_risico="","vul Aspecten in","uit de balans")'), means="Laag, verhoogd of hoog, naar de balans: wie te weinig terugkrijgt, gaat eerder weg."),
        b.Card("Kloof", b.Formula('=IF(ku_kloof="","–",ku_kloof)', "een"), b.Formula('=IF(ku_kloof="","vul verwachting in","ervaring − verwachting")'), means="Gewogen gemiddelde van ervaring − verwachting; bij investeringen andersom. Onder nul valt het tegen."),
        b.Card("Prijspremie", b.Formula('=IF(ku_prijs="","–",ku_prijs-1)', "procent"), b.Formula('=IF(ku_prijs="","vul Prijzen in",IF(ROUND(ku_prijs,3)=1,"even duur als concurrent",IF(ku_prijs>1,"duurder dan concurrent","goedkoper dan concurrent")))')),
    )
)  # fmt: skip
SHEETS = (
    s.start(
        "Klantbeleving", "Krijgt de klant meer dan het hem kost, en waar schieten we tekort?",
        (
            "Vraag klanten per aspect wat zij verwachten en ervaren; vul op Aspecten de gemiddelden in.",
            "Zet op Prijzen uw prijs naast die van de concurrent, en op Vertrek waarom klanten gingen.",
            "Lees op Beleving de balans, wat het meest tegenvalt, en wat vertrek kost.",
        ),
        links=8, has_data=False,
    ),
    s.settings(_SETTINGS, ("Alles rekent meteen; verversen hoeft niet.",)),
    b.Sheet("Aspecten", "Aspecten", "Gemiddelden van 1 tot en met 10. Leeg telt niet mee; een leeg gewicht is 1.", (BENEFITS, COSTS),
            (28, 14, 16, 16, 16, 14, 24), "Wat klanten verwachten en ervaren.", tab=ORANGE, prints="page"),
    b.Sheet("Prijzen", "Prijzen", "Wat klanten bewust meer voor u betalen, is emotionele waarde.", (PRICES,), (30, 16, 24, 16, 16, 16),
            "Uw prijs naast die van de concurrent.", tab=ORANGE, prints="page"),
    b.Sheet("Vertrek", "Vertrek", "Waarom gingen klanten weg, en wat waren zij waard?", (LEAVING,), (32, 16, 20, 18), "Redenen van vertrek.", tab=ORANGE, prints="page"),
    b.Sheet("Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
            (b.Beside((b.Stack((balance.FIGURES, balance.MAP, balance.GAPS, balance.LOST)), b.Stack((balance.weighted("voordeel", balance.ASPECTS, "ervaring"), balance.weighted("last", balance.LOADS, "hoe zwaar"), balance.ORDER)))),),
            (24, 18, 14, 14, 14, 3, 8, 14, 14, 14, 14, 14, 16), "Waar de cijfers op de pagina vandaan komen.", tab=GREY, prints="page"),
    b.Sheet(
        "Beleving", "Klantbeleving", b.Formula('=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"Krijgt de klant meer dan het hem kost?"'),
        (CARDS, b.Message(b.Formula(_BALANCE, role="finding"), 24), b.Beside((
            b.Chart(b.Formula(_WORST), "bar", "kloven.aspect", (b.Series("verwachting", "kloven.verwachting", GREY), b.Series("ervaring", "kloven.ervaring", NAVY)),
                    "een", "Staven: verwachting en ervaring per aspect, het grootste tekort boven.", rows=20, legend=False),
            b.Stack((
                b.Chart(b.Formula(_WHERE), "scatter", "", (
                        *(_on_map("kruis", GREY, rows) for rows in ((5, 6), (7, 8))), _on_map("eerlijke waarde", GREY, (3, 4), dash=True),
                        *(_on_map(side, "", (row, row), marks=True) for row, (side, *_) in enumerate(balance.SIDES, 9)),
                        _on_map("concurrent", ORANGE, (2, 2)), _on_map("wij", NAVY, (1, 1))),
                        "getal", "Waardekaart: kwaliteit tegen prijs, beide naast de concurrent; stippellijn: eerlijke waarde.", rows=11, bottom=0.5, top=1.5, axis=False),
                b.Chart(b.Formula(_DEAREST), "bar", "redenen.reden", (b.Series("waarde weg", "redenen.waarde weg", TEAL),), "euro", "Staven: waarde die vertrok per reden.", rows=7),
            )),
        ), gap=0)),
        (12,) * 12, "De uitkomst op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(
        (
            b.Check("Van ten minste drie aspecten zijn verwachting en ervaring bekend", "=ku_beoordeeld>=3", _FEW, "=COUNT({voordeel.ervaring},{last.hoe zwaar})>0"),
            b.Check("Er zijn voordelen en investeringen", "=COUNT(ku_voordelen,ku_lasten)=2", "Zonder beide kanten is er geen balans.", "=COUNT({voordeel.ervaring},{last.hoe zwaar})>0"),
            b.Check("Elke score heeft een aspect", '=SUMPRODUCT(({voordeel.ervaring}<>"")*({voordeel.aspect}=""))+SUMPRODUCT(({last.hoe zwaar}<>"")*({last.aspect}=""))=0', "Geef elke score op Aspecten een naam.", "=COUNT({voordeel.ervaring},{last.hoe zwaar})>0"),
            b.Check("Van elk product staan beide prijzen er", "=COUNT({prijzen.onze prijs})=COUNT({prijzen.zijn prijs})", "Vul op Prijzen aan wat ontbreekt.", "=COUNT({prijzen.onze prijs},{prijzen.zijn prijs})>0"),
            b.Check("Van elke reden is de waarde bekend", "=COUNT({vertrek.klanten})=COUNT({vertrek.waarde weg})", "Vul op Vertrek de waarde per klant in.", "=COUNT({vertrek.klanten})>0"),
        ),
        has_data=False,
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="klantbeleving", version=3, title="Klantbeleving", purpose="Balans van voordelen en investeringen, verwachting en ervaring, prijs, en waarom klanten vertrekken.",
    sheets=SHEETS, sources=("D24", "D25", "D26", "D37", "D39"), names_functions=True,
)  # fmt: skip
