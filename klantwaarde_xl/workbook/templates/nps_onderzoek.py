"""How content and loyal customers are, whether that changes, what goes with it, and whom to call."""

from __future__ import annotations

from collections.abc import Callable

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.answer_shades import SCALE, SHADES, SPREAD
from klantwaarde_xl.workbook.phrases import cut, money, percent, signed, whole
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL

_SETTINGS = ("kw_bedrijf", "kw_peildatum", "kw_marge")
_WAVES, _GROUPS, _ASPECTS = 8, 8, 6
_FEW = 5  # under so many answers a figure says next to nothing
_GROUP, _LONG = "INDEX(tblEnqueteUitkomst[groep],{.rij})", 28  # what fits beside a bar
_QUESTION = 50  # on two lines: questions begin alike
_EMPTY = "Nog geen antwoorden."

# ── from the tables, in the order of the page ───────────────────────────────────────────────


def _first(table: str) -> str:
    """How many rows of a result are of the question on the whole; they stand first."""
    return f'SUMPRODUCT(({table}[vraag]="")*({table}[schaal]<>""))'


def _at(table: str, column: str, row: str, number: str, otherwise: str = '""') -> b.Formula:
    return b.Formula(f'=IF({{.rij}}="",{otherwise},INDEX({table}[{column}],{row}))', number)


_HUNDRED = '*IF({.maat}="CSAT",100,1)'  # a share in percent beside points
WAVES = b.Grid(
    (b.Column("rij"), b.Column("maat"), b.Column("kwartaal"),
     *(b.Column(name, numbers=True) for name in ("waarde", "laag", "hoog", "antwoorden", "tot laag", "tot hoog"))),
    tuple(
        (b.Formula(f'=IF({n}>MIN({_WAVES},ku_metingen),"",MAX(0,ku_metingen-{_WAVES})+{n})', "aantal"),
         _at("tblEnqueteMetingen", "maat", "{.rij}", ""),
         b.Formula('=IF({.rij}="","",YEAR(INDEX(tblEnqueteMetingen[kwartaal],{.rij}))&" K"&(MONTH(INDEX(tblEnqueteMetingen[kwartaal],{.rij}))+2)/3)'),
         *(b.Formula(f'=IF({{.rij}}="",NA(),IF(INDEX(tblEnqueteMetingen[{name}],{{.rij}})="",NA(),INDEX(tblEnqueteMetingen[{name}],{{.rij}}){_HUNDRED}))', "een") for name in ("waarde", "laag", "hoog")),
         _at("tblEnqueteMetingen", "antwoorden", "{.rij}", "aantal"),
         b.Formula('=IF(COUNT({.waarde},{.laag})<2,0,{.waarde}-{.laag})', "een"), b.Formula('=IF(COUNT({.waarde},{.hoog})<2,0,{.hoog}-{.waarde})', "een"))
        for n in range(1, _WAVES + 1)
    ),
    name="metingen", heading="De laatste kwartalen", looks=tuple(b.Faint(name) for name in ("waarde", "laag", "hoog")),
)  # fmt: skip


GROUPS = b.Grid(
    (b.Column("rij"), b.Column("groep"), b.Column("waarde", numbers=True)),
    tuple(
        (b.Formula(f'=IF({n + 1}>ku_groepen,"",{n + 1})', "aantal"),
         b.Formula(f'=IF({{.rij}}="","",{cut(_GROUP, _LONG)}&" ("&{whole("INDEX(tblEnqueteUitkomst[antwoorden],{.rij})")}&")")'),
         b.Formula('=IF({.rij}="",NA(),IF(ku_schaal="0 t/m 10",INDEX(tblEnqueteUitkomst[NPS],{.rij}),IF(INDEX(tblEnqueteUitkomst[CSAT],{.rij})="",NA(),100*INDEX(tblEnqueteUitkomst[CSAT],{.rij}))))', "een"))
        for n in range(1, _GROUPS + 1)
    ),
    name="groepen", heading="Per segment en kanaal", looks=(b.Faint("waarde"),),
)  # fmt: skip
ASPECTS = b.Grid(
    (b.Column("rij"), b.Column("aspect"), b.Column("aandeel", numbers=True)),
    tuple(
        (b.Formula(f'=IF({n}>COUNT(tblDrijfveren[aandeel]),"",{n})', "aantal"), b.Formula(f'=IF({{.rij}}="","",{cut("INDEX(tblDrijfveren[aspect],{.rij})", _QUESTION)})'), _at("tblDrijfveren", "aandeel", "{.rij}", "procent", "NA()"))
        for n in range(1, _ASPECTS + 1)
    ),
    name="drijvers", heading="Wat samengaat met de score", looks=(b.Faint("aandeel"),),
)  # fmt: skip
_CARRY = {
    name: f'COUNTIFS(tblEnqueteUitkomst[per],"alle",tblEnqueteUitkomst[{name}],">=-100")'
    for name in ("NPS", "CSAT")
}
_ONE = {name: f"{count}=1" for name, count in _CARRY.items()}
_LAST = "INDEX(tblEnqueteMetingen[{}],ku_metingen)"
COUNTS = b.Grid(
    (b.Column("uitkomst"), b.Column("waarde", numbers=True)),
    (
        ("Schaal van de vraag over het geheel", b.Formula('=IF(kw_enquete_schaal="","",kw_enquete_schaal)', name="ku_schaal")),
        *SCALE,
        ("Kwartalen met die vraag", b.Formula(f"={_first('tblEnqueteMetingen')}", "aantal", name="ku_metingen")),
        ("Antwoorden op de schaal", b.Formula(f"={_first('tblAntwoorden')}", "aantal", name="ku_scores")),
        ("Rijen met groepen", b.Formula(f"={_first('tblEnqueteUitkomst')}", "aantal", name="ku_groepen")),
        ("Maat", b.Formula('=IF(ku_metingen=0,"",INDEX(tblEnqueteMetingen[maat],ku_metingen))', name="ku_maat")),
        ("Laatste kwartaal", b.Formula(f'=IF(ku_metingen=0,"",{_LAST.format("waarde")}*IF(ku_maat="CSAT",100,1))', "een", name="ku_laatst")),
        ("Naam van dat kwartaal", b.Formula(f'=IF(ku_metingen=0,"",YEAR({_LAST.format("kwartaal")})&" K"&(MONTH({_LAST.format("kwartaal")})+2)/3)', name="ku_kwartaal")),
        ("Kwartaal ervoor", b.Formula(f'=IF(ku_metingen<2,"",IF({_LAST.format("verschil")}="","",ku_laatst-{_LAST.format("verschil")}*IF(ku_maat="CSAT",100,1)))', "een", name="ku_ervoor")),
        ("Oordeel over het verschil", b.Formula(f'=IF(ku_metingen<2,"",{_LAST.format("oordeel")}&"")', name="ku_oordeel")),
        ("Trend per kwartaal", b.Formula('=IF(ku_metingen<2,"",IF(INDEX(tblEnqueteTrend[per kwartaal],1)="","",INDEX(tblEnqueteTrend[per kwartaal],1)*IF(ku_maat="CSAT",100,1)))', "een", name="ku_trend")),
        ("Oordeel over de trend", b.Formula('=IF(ku_trend="","",INDEX(tblEnqueteTrend[oordeel],1)&"")', name="ku_trendoordeel")),
        ("Waarde verschilt zeker", b.Formula('=IF(COUNT(kw_waarde_kans_laag,kw_waarde_kans_hoog)<2,"",IF(OR(AND(kw_waarde_verschil>0,kw_waarde_kans_laag>0.5),AND(kw_waarde_verschil<0,kw_waarde_kans_hoog<0.5)),"ja","nee"))', name="ku_zeker")),
        *(
            (f"{name} van de enige vraag die dat draagt{said}", b.Formula(f'=IF(kw_enquete_{name.lower()}<>"",kw_enquete_{name.lower()}{end},IF({_ONE[name]},SUMIFS(tblEnqueteUitkomst[{name}{column}],tblEnqueteUitkomst[per],"alle"),""))', number, name=f"ku_{name.lower()}{end}"))
            for name, number in (("NPS", "getal"), ("CSAT", "procent"))
            for end, column, said in (("", "", ""), ("_laag", " laag", ", laag"), ("_hoog", " hoog", ", hoog"))
        ),
        ("Zwaarste aspect", b.Formula('=IF(COUNT(tblDrijfveren[aandeel])=0,"",INDEX(tblDrijfveren[aspect],1))', name="ku_aspect")),
    ),
    heading="Waar de pagina op staat",
)  # fmt: skip
_WORTHS = (
    "waarde_verschil",
    "waarde_kans",
    "waarde_kans_laag",
    "waarde_kans_hoog",
    "waarde_bekend",
    "waarde_onbekend",
    "waarde_oordeel",
    "waarde_bericht",
)
_FIGURES = ("enquete_schaal", "enquete_antwoorden", "enquete_leeg", "enquete_gemiddelde", "enquete_nps", "enquete_nps_laag", "enquete_nps_hoog",
            "enquete_csat", "enquete_csat_laag", "enquete_csat_hoog", "enquete_ces", "enquete_ces_laag", "enquete_ces_hoog",
            "drijfveren_verklaard", "bellen_klanten")  # fmt: skip

# ── the page ────────────────────────────────────────────────────────────────────────────────


def _card(name: str, number: str, shown: Callable[[str], str], scales: str) -> b.Card:
    """A measure of the question on the whole, else of the only question of which the scale carries it."""
    cell = f"ku_{name.lower()}"
    value = _unsigned(cell) if number == "punten" else cell
    question = cut(f"INDEX(tblEnqueteUitkomst[vraag],MATCH({cell},tblEnqueteUitkomst[{name}],0))", 18)
    between = f'IF(kw_enquete_{name.lower()}="",IFERROR({question}&": ",""),"")&"tussen "&{shown(f"{cell}_laag")}&" en "&{shown(f"{cell}_hoog")}&" (95%)"'
    lacks = f'IF(kw_enquete_bericht="","nog geen antwoorden",IF({_CARRY[name]}>1,"meer vragen: zie Uitkomsten","{scales}"))'
    return b.Card(
        name, b.Formula(f'=IF({cell}="","–",{value})', number), b.Formula(f'=IF({cell}="",{lacks},{between})')
    )


def _unsigned(cell: str) -> str:
    """A number of points that its format would show as +0 or -0 is nought."""
    return f"IF(ABS({cell})<0.5,0,{cell})"


def _points(cell: str) -> str:
    return signed(f"ROUND({cell},0)")


CARDS = b.Cards(
    (
        _card("NPS", "punten", _points, "geen vraag van 0 t/m 10"),
        _card("CSAT", "procent", percent, "geen vraag op schaal 5, 7 of 10"),
        b.Card("Antwoorden", b.Formula('=IF(kw_enquete_antwoorden="","–",kw_enquete_antwoorden)', "aantal"),
               b.Formula('=IF(kw_enquete_antwoorden="",IF(kw_enquete_bericht="","plak ze op Enquete","per vraag: zie Uitkomsten"),N(kw_enquete_leeg)&" zonder antwoord")')),
        b.Card("Trend per kwartaal", b.Formula(f'=IF(ku_trend="","–",{_unsigned("ku_trend")})', "punten"), b.Formula('=IF(ku_trend="","pas vanaf twee kwartalen",ku_trendoordeel)')),
        b.Card("Promotor tegen criticaster", b.Formula('=IF(kw_waarde_verschil="","–",kw_waarde_verschil)', "euro"),
               b.Formula('=IF(kw_waarde_verschil="",IF(COUNTA(tblTransacties[klant])=0,"plak orders op Gegevens","zie Waarde"),IF(ku_zeker="ja","omzet; geen toeval","omzet; kan toeval zijn"))')),
        b.Card("Om te bellen", b.Formula('=IF(kw_bellen_klanten="","–",kw_bellen_klanten)', "aantal"), b.Formula('=IF(kw_bellen_klanten="","nog geen antwoorden","ontevreden, 90 dagen")')),
    )
)  # fmt: skip
_WAS, _IS = (
    f'IF(ku_maat="CSAT",{whole(f"ROUND({cell},0)")}&"%",{signed(f"ROUND({cell},0)")})'
    for cell in ("ku_ervoor", "ku_laatst")
)
_MOVE = (
    f'=IF(ku_metingen=0,"Nog geen kwartaal met antwoorden",IF(ku_ervoor="",ku_maat&" in "&ku_kwartaal&": "&{_IS},'
    f'IF(ROUND(ku_ervoor,0)=ROUND(ku_laatst,0),ku_maat&" bleef "&{_IS},ku_maat&IF(ku_oordeel="gestegen"," steeg van ",IF(ku_oordeel="gedaald"," daalde van "," ging van "))&{_WAS}'
    f'&" naar "&{_IS}&IF(OR(ku_oordeel="gestegen",ku_oordeel="gedaald"),"; dat is geen toeval (95%)","; dat kan toeval zijn"))))'
)
_MOST = f'=IF(ku_aspect="",IF(kw_drijfveren_bericht="","Drijfveren vragen ook oordelen per aspect","Geen drijfveren: zie Drijfveren"),IF(LEN(ku_aspect)>{_LONG},"De bovenste vraag",UPPER(LEFT(ku_aspect,1))&MID(ku_aspect,2,{_LONG}))&IF(COUNT(tblDrijfveren[aandeel])=1," is het enige aspect"," gaat het meest samen met de score"))'
_SAID = (
    '=IF(kw_enquete_bericht="","Nog niets ingevuld. Plak uw antwoorden op Enquete, en ververs.",'
    "IF(COUNT(kw_enquete_nps,kw_enquete_csat)=0,kw_enquete_bericht,"
    f'IF(kw_enquete_antwoorden<{_FEW},"Nog "&({_FEW}-kw_enquete_antwoorden)&IF(kw_enquete_antwoorden={_FEW - 1}," antwoord"," antwoorden")&" nodig: van zo weinig klanten zegt een cijfer bijna niets.","")))'
)
_WORTH = (
    '=IF(kw_waarde_verschil="","","Een promotor kocht gemiddeld "&IF(kw_waarde_verschil<0,'
    + money("-kw_waarde_verschil") + '&" minder",' + money("kw_waarde_verschil") + '&" meer")&" dan een criticaster; "'
    '&IF(ku_zeker="ja","dat is geen toeval (95%).","dat kan toeval zijn.")&" Bekend van "&' + whole("kw_waarde_bekend")
    + '&" klanten, van "&' + whole("kw_waarde_onbekend") + '&" niet.")'
)  # fmt: skip
_KNOWN = "enquete_antwoorden"
SHEETS = (
    s.start(
        "Klantonderzoek: NPS, CSAT, CES", "Hoe tevreden en trouw zijn klanten, en wie bellen we?",
        (
            "Plak op Enquete de antwoorden: datum, score, en als u ze hebt klant, vraag, kanaal, opmerking.",
            "Plak op Gegevens uw orders, als u wilt zien wat tevreden klanten waard zijn (mag leeg blijven).",
            s.REFRESH,
            "Lees op Onderzoek wat veranderde en of dat toeval kan zijn; bel wie op Bellen staat.",
        ),
        links=11, journal_since=3,
    ),
    s.settings(_SETTINGS, ("Zonder peildatum tellen alle antwoorden tot en met vandaag.",), used=True, later=((2, "kw_marge"),)),
    s.data("enquete", "De antwoorden. Plak hier uw export of noem een bestand.", (14, 10, 14, 22, 26, 18, 18, 44)),
    s.input_table("transacties", "Uw orders: klant, datum, bedrag. Alleen nodig voor waarde naast score.", (34, 16, 16, 16, 16), optional=True, since=2),
    b.Sheet("Uitkomsten", "Uitkomsten", "Per vraag, segment en kanaal. Tussen laag en hoog ligt die van alle klanten (95%).",
            (b.ResultBlock("enqueteuitkomst", room=20),), (24, 12, 12, 20, 13, 13, 13, 10, 10, 10, 11, 11, 11, 11, 11, 11, 60), "NPS, CSAT en CES per vraag, segment en kanaal.", tab=GREY, freeze=True),
    b.Sheet("Metingen", "Metingen", "Per kwartaal, met de marge; een verschil dat toeval kan zijn, heet zo.",
            (b.Beside((b.ResultBlock("enquetemetingen", room=20), b.ResultBlock("enquetetrend", room=8))),), (24, 12, 14, 14, 12, 12, 12, 13, 12, 28, 3, 24, 12, 14, 14, 12, 12, 12, 13, 28), "Hoe elke vraag zich per kwartaal ontwikkelt.", tab=GREY),
    b.Sheet("Drijfveren", "Drijfveren", b.Formula('=IF(kw_drijfveren_bericht="","Welk aspect gaat samen met de score? Samenhang is geen oorzaak.",kw_drijfveren_bericht)'),
            (b.Beside((b.ResultBlock("drijfveren", room=8), b.ResultBlock("antwoorden", room=20))),), (26, 14, 13, 13, 26, 16, 12, 12, 12, 12, 3, 24, 12, 12, 13, 12), "Wat samengaat met de score, en hoe vaak elk antwoord is gegeven.", tab=GREY),
    b.Sheet("Waarde", "Waarde naast score", b.Formula('=IF(kw_waarde_bericht="","Zijn promotors meer waard dan criticasters? Naar het laatste antwoord van elke klant.",kw_waarde_bericht)'),
            (b.Message(b.Formula(_WORTH, role="finding"), 24), b.ResultBlock("waardenaastscore", room=3, since=2)), (24, 13, 14, 14, 14, 16, 13, 16), "Wat promotors, passief tevredenen en criticasters kochten.", tab=GREY),
    b.Sheet("Bellen", "Wie u belt", b.Formula('=IF(kw_bellen_bericht="","Wie het meest kocht boven, zonder orders de slechtste score. Zet er zelf een kolom bij, zoals gebeld.",kw_bellen_bericht)'),
            (b.ResultBlock("bellen", room=20),), (24, 14, 10, 12, 50, 18, 18, 14), "Ontevreden klanten van de laatste negentig dagen.", tab=ORANGE, freeze=True),
    b.Sheet("Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
            (b.Beside((b.Stack((WAVES, SPREAD, GROUPS, ASPECTS)), b.Stack((COUNTS, s.figures((*_FIGURES, "enquete_bericht", "drijfveren_maat", "drijfveren_antwoorden", "drijfveren_bericht", "bellen_bericht"), "Cijfers van de verversing"), s.figures(_WORTHS, "Waarde naast score", 2))))),),
            (8, 24, 14, 14, 14, 14, 14, 12, 12, 3, 42, 22), "Waar de cijfers op de pagina vandaan komen.", tab=GREY),
    b.Sheet(
        "Onderzoek", "Klantonderzoek", b.Formula('=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&"Hoe tevreden en trouw zijn klanten?"'),
        (CARDS, b.Message(b.Formula(_SAID, role="remark"), 20), b.WhenKnown(_KNOWN, (
            b.Beside((
                b.Chart(b.Formula(_MOVE), "line", "metingen.kwartaal", (b.Series("waarde", "metingen.waarde", NAVY, margins=("metingen.tot laag", "metingen.tot hoog")),
                         *(b.Series(end, f"metingen.{end}", "") for end in ("laag", "hoog"))),  # unseen, so that the axis reaches both
                        "afgerond", "Lijn: NPS of CSAT per kwartaal, met de marge van 95%.", figure=_KNOWN, empty=_EMPTY, rows=12, bottom=None, least=-100, top=100),
                b.Chart("Hoe vaak elk antwoord is gegeven", "stacked", "verdeling.score", SHADES, "aantal", "Kolommen: aantal antwoorden per score.", figure=_KNOWN, empty=_EMPTY, rows=12),
            ), gap=0),
            b.Beside((
                b.Chart(b.Formula('=IF(ku_groepen<2,"Zonder segment of kanaal zijn er geen groepen","Per segment en kanaal (aantal antwoorden)")'), "tornado", "groepen.groep", (b.Series("waarde", "groepen.waarde", NAVY),), "afgerond",
                        "Staven: NPS of CSAT per segment en kanaal.", figure=_KNOWN, empty=_EMPTY, rows=12, axis=False, bottom=None),
                b.Chart(b.Formula(_MOST), "bar", "drijvers.aspect", (b.Series("aandeel", "drijvers.aandeel", TEAL),), "procent",
                        "Staven: aandeel van elk aspect in wat de score verklaart.", figure="drijfveren_verklaard", empty="Drijfveren vragen oordelen per aspect naast de vraag over het geheel.", rows=12),
            ), gap=0),
        ))),
        (12,) * 12, "De uitkomst op één pagina, klaar om af te drukken.", tab=TEAL, prints="page",
    ),
    s.controls(
        (
            s.ALL_READ,
            b.Check("Er zijn genoeg antwoorden voor een oordeel", "=kw_enquete_antwoorden>=30", "Onder 30 antwoorden is de marge zo groot dat u weinig weet; vraag meer klanten.", '=kw_enquete_antwoorden<>""'),
            b.Check("De vraag over het geheel heeft één schaal", '=ku_schaal<>""', "Er zijn meer vragen of schalen; elk heeft een eigen rij op Uitkomsten.", "=ROWS(tblEnqueteUitkomst[vraag])>1"),
            b.Check("De antwoorden tellen op", '=SUMPRODUCT((tblAntwoorden[vraag]="")*1,tblAntwoorden[antwoorden])=kw_enquete_antwoorden', "Ververs het werkboek.", '=AND(ku_schaal<>"",kw_enquete_antwoorden<>"")'),
            b.Check("De gegevens in dit werkboek zijn die van de laatste verversing", "=ROWS(tblEnquete[score])=kw_rijen_tabel", "Ververs het werkboek: de tabel op Enquete is veranderd."),
            s.as_used(("kw_peildatum", "kw_marge")),
            b.Check("De antwoorden zijn hooguit 100 dagen oud op de dag van verversen", "=kw_ververst-kw_periode_tot<=100", "Vraag klanten opnieuw; oude cijfers zijn een veelgemaakte fout."),
        ),
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="nps-onderzoek", version=6, title="Klantonderzoek: NPS, CSAT, CES", purpose="NPS, CSAT en CES met marges, per kwartaal en kanaal, drijfveren en wie u belt.",
    sheets=SHEETS, sources=("D12", "D26", "D27", "D29"),
)  # fmt: skip
