"""Which channel wins customers who bring more than they cost."""

from __future__ import annotations

from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import campaign_shapes as c
from klantwaarde_xl.workbook import channel_months_sheet
from klantwaarde_xl.workbook import standard as s
from klantwaarde_xl.workbook.phrases import (
    cut,
    in_millions,
    known,
    money,
    month_words,
    percent,
    price,
    tenths,
)
from klantwaarde_xl.workbook.styles import GREY, NAVY, ORANGE, TEAL

SETTINGS = (
    "kw_bedrijf", "kw_marge", "kw_rente", "kw_kosten_klant", "kw_overige_kosten", "kw_doelratio", "kw_min_klanten",
    "kw_inactief_na", "kw_peildatum",
)  # fmt: skip
_CHANNELS, _MONTHS, _NAME, _ALONG, _IN_TABLE = 8, 12, 34, 20, 26
_GOAL = "kw_gebruikt_doelratio"  # as the judgements had it, until a refresh
_NOTHING = "Zonder kosten en nieuwe klanten is er geen CAC te tekenen."


def _at(table: str, column: str, number: str, otherwise: str = '""') -> b.Formula:
    cell = f"INDEX({table}[{column}],{{.rij}})"
    return b.Formula(f'=IF({{.rij}}="",{otherwise},IF({cell}="",{otherwise},{cell}))', number)


CHANNELS = b.Grid(
    (b.Column("rij"), b.Column("kanaal", span=2), *(b.Column(name, numbers=True) for name in ("CAC", "hoogste CAC", "verhouding", "tot laag", "tot hoog")), b.Column("oordeel", span=2)),
    tuple(
        (b.Formula(f'=IF({n}>COUNTIF(tblKanalen[kosten],">0"),"",{n})', "aantal"), b.Formula('=IF({.rij}="","",IF(INDEX(tblKanalen[CAC],{.rij})="","",' + cut("INDEX(tblKanalen[kanaal],{.rij})", _ALONG) + "))"), _at("tblKanalen", "CAC", "euro2", "NA()"),
         b.Formula('=IF({.rij}="",NA(),IF(INDEX(tblKanalen[CLV],{.rij})="",NA(),MAXCAC(MAX(0,INDEX(tblKanalen[CLV],{.rij})),'+_GOAL+')))', "euro2"),
         _at("tblKanalen", "CLV : CAC", "getal"),
         b.Formula('=IF({.rij}="",0,IF(OR(INDEX(tblKanalen[CAC laag],{.rij})="",INDEX(tblKanalen[CAC],{.rij})=""),0,INDEX(tblKanalen[CAC],{.rij})-INDEX(tblKanalen[CAC laag],{.rij})))', "euro2"),
         b.Formula('=IF({.rij}="",0,IF(OR(INDEX(tblKanalen[CAC hoog],{.rij})="",INDEX(tblKanalen[CAC],{.rij})=""),0,INDEX(tblKanalen[CAC hoog],{.rij})-INDEX(tblKanalen[CAC],{.rij})))', "euro2"),
         _at("tblKanalen", "oordeel", ""))
        for n in range(1, _CHANNELS + 1)
    ),
    name="kanalen", heading="Kanalen met kosten, de beste verhouding boven", looks=(b.Faint("CAC"), b.Faint("hoogste CAC")),
)  # fmt: skip
MONTHS = b.Grid(
    (b.Column("rij"), b.Column("maand", span=2), b.Column("CAC samen", numbers=True), b.Column("CAC betaald", numbers=True)),
    tuple(
        (b.Formula(f'=IF({n}>COUNT(tblCacMaanden[maand]),"",{n})', "aantal"),
         b.Formula(f'=IF({{.rij}}="","",{month_words("INDEX(tblCacMaanden[maand],{.rij})")})'),
         _at("tblCacMaanden", "CAC samen", "euro2", "NA()"), _at("tblCacMaanden", "CAC betaald", "euro2", "NA()"))
        for n in range(1, _MONTHS + 1)
    ),
    name="maanden", heading="CAC per maand", looks=(b.Faint("CAC samen"), b.Faint("CAC betaald")),
)  # fmt: skip
FIGURES = s.figures(
    ("kanalen_van", "kanalen_maanden", "kanalen_kosten", "kanalen_nieuw", "kanalen_cac", "kanalen_cac_betaald", "kanalen_clv", "kanalen_ratio",
     "kanalen_terugverdiend", "kanalen_onbekend", "kanalen_bericht", "retentie_jaar", "retentie_bericht"),
    "Cijfers van de verversing",
)  # fmt: skip
BEGIN = s.figures(("kanalen_begin",), "Waarop de acquisitie is gerekend", since=5)
_ACQUIRED = "IF(N(kw_kanalen_begin)=0,{0},ACQUISITIEPERCENTAGE({1},kw_kanalen_begin))".format
COUNTS = b.Grid(
    s.LABEL_VALUE,
    (
        ("Kanalen met kosten", b.Formula('=COUNTIF(tblKanalen[kosten],">0")', "aantal", name="ku_betaald")),
        ("Kanalen die te veel kosten", b.Formula(
            '=COUNTIF(tblKanalen[oordeel],"kost geld")+COUNTIF(tblKanalen[oordeel],"net")', "aantal", name="ku_duur")),
        ("Hoogste CAC samen", b.Formula(f"={known('kw_kanalen_clv', f'MAXCAC(MAX(0,kw_kanalen_clv),{_GOAL})')}", "euro2", name="ku_hoogste")),
        ("Acquisitiepercentage", b.Formula(f'=IF(kw_kanalen_nieuw="","",{_ACQUIRED(chr(34) * 2, "kw_kanalen_nieuw")})', "procent", name="ku_acquisitie")),
        ("Slechtste kanaal dat geld kost", b.Formula('=IF(COUNTIF(tblKanalen[oordeel],"kost geld")=0,"",MATCH("kost geld",tblKanalen[oordeel],0)+COUNTIF(tblKanalen[oordeel],"kost geld")-1)', "aantal", name="ku_slecht")),
    ),
    heading="Geteld",
)  # fmt: skip

_BEFORE = "kw_kanalen_cac_eerder"
_COURSE = (
    f'=IF(COUNT(kw_kanalen_cac,{_BEFORE})<2,"CAC per maand, samen en betaald",IF(ABS(kw_kanalen_cac/{_BEFORE}-1)<0.05,"CAC samen bleef in een jaar gelijk: ","CAC samen "&IF(kw_kanalen_cac>{_BEFORE},"steeg","daalde")&" in een jaar: ")'
    f'&{price(_BEFORE)}&" → "&{price("kw_kanalen_cac")})'
)

# ── the page ────────────────────────────────────────────────────────────────────────────────


def _card(
    label: str, figure: str, number: str, note: str, lacks: str = '"zie hieronder"', means: str = ""
) -> b.Card:
    return b.Card(
        label,
        b.Formula(f'=IF({figure}="","–",{figure})', number),
        b.Formula(f'=IF({figure}="",IF(COUNT(tblKosten[bedrag])=0,"geen kosten gelezen",{lacks}),{note})'),
        means=means,
    )


CARDS = b.Cards(
    (
        _card("CAC samen", "kw_kanalen_cac", "prijs", '"alle kosten / nieuwe klanten"'),
        _card("CAC betaald", "kw_kanalen_cac_betaald", "prijs", '"via betaalde kanalen"'),
        _card("CLV : CAC", "kw_kanalen_ratio", "keer", f'"doel "&{tenths(_GOAL)}&IF(kw_kanalen_ratio>={_GOAL},": ✔ gehaald",": ✖ niet gehaald")'),
        _card("Terugverdiend na", "kw_kanalen_terugverdiend", "aantal", '"maanden, met verloop"', 'IF(kw_kanalen_ratio="","zie hieronder","verdient zich niet terug")', "Maanden tot de opgetelde marge van een nieuwe klant zijn CAC dekt; wie weggaat, telt niet meer mee."),
        _card("Hoogste CAC", "ku_hoogste", "prijs", f'IF(ku_hoogste=0,"een klant brengt niets op","bij "&{tenths(_GOAL)}&" keer")', means="CLV / doel voor CLV : CAC: wat een nieuwe klant hoogstens mag kosten."),
        _card("Nieuwe klanten", "kw_kanalen_nieuw", "aantal", f'"in "&kw_kanalen_maanden&IF(kw_kanalen_maanden=1," maand"," maanden")&IF(N(kw_kanalen_begin)=0,"",", acquisitie "&{percent("ku_acquisitie")})'),
    )
)  # fmt: skip


def _of_channel(n: int, column: str, number: str) -> b.Formula:
    """A figure of one of the channels, nothing where it has none."""
    found = f"INDEX(tblKanalen[{column}],{n})"
    return b.Formula(f'=IF({n}>ROWS(tblKanalen[kanaal]),"",IF({found}="","",{found}))', number)


def _between(n: int) -> b.Formula:
    """The limits of the CAC of one of the channels, in one cell."""
    low, high = (f"INDEX(tblKanalen[CAC {end}],{n})" for end in ("laag", "hoog"))
    said = in_millions(f"N({low})", f"N({high})", 999_999.5, " – ", f"N({high})<9.995")
    return b.Formula(f'=IF({n}>ROWS(tblKanalen[kanaal]),"",IF({high}="","",{said}))', "tekst")


_JUDGED = '(ku_duur+COUNTIF(tblKanalen[oordeel],"verdient zich terug"))'
_NOBODY = 'COUNTIF(tblKanalen[oordeel],"bracht niemand")'
_COSTLY = (
    f'=IF(ku_betaald=0,IF(COUNT(tblKosten[bedrag])=0,"Nog geen kosten per kanaal","Kosten per kanaal: nog niet van elke maand"),IF(AND(kw_kanalen_clv="",{_NOBODY}<ku_betaald),"Kosten per nieuwe klant, met marge",'
    f'IF({_NOBODY}=ku_betaald,"Geen kanaal met kosten bracht een nieuwe klant",IF({_JUDGED}=0,"Te weinig nieuwe klanten voor een oordeel",IF(ku_duur=0,IF({_JUDGED}=ku_betaald,"Elk kanaal blijft onder de hoogste CAC",'
    f'{_JUDGED}&" van "&ku_betaald&" kanalen te beoordelen: onder de hoogste CAC"),'
    f'ku_duur&" van "&{_JUDGED}&IF({_JUDGED}=1," kanaal"," kanalen")&IF({_JUDGED}=ku_betaald,""," te beoordelen:")&" boven de hoogste CAC")))))'
)
_FIRST = 'MATCH("bracht niemand",tblKanalen[oordeel],0)'
_WITHOUT = (
    f'{cut(f"INDEX(tblKanalen[kanaal],{_FIRST})", _NAME)}&" kostte "&{money(f"INDEX(tblKanalen[kosten],{_FIRST})")}&" en bracht niemand"'
    f'&IF({_NOBODY}=1,"",", net als "&({_NOBODY}-1)&IF({_NOBODY}=2," ander kanaal"," andere kanalen"))&": schrijf het op Kosten en Klanten hetzelfde, of stop."'
)
_ADVICE = (
    f'=IF(kw_kanalen_bericht<>"",kw_kanalen_bericht,IF(kw_kanalen_maanden="","Nog niets ingevuld. Plak orders, kosten en klanten op hun blad, en ververs.",IF({_NOBODY}>0,{_WITHOUT},'
    f'IF(ku_slecht="",IF({_JUDGED}=0,"Er is nog geen oordeel: geen kanaal bracht genoeg nieuwe klanten.",IF(ku_duur>0,"Geen kanaal met een oordeel kost meer dan het brengt, maar "&ku_duur&IF(ku_duur=1," haalt"," halen")&" uw doel van "&{tenths(_GOAL)}&" keer niet.",IF({_JUDGED}=ku_betaald,"Geen kanaal kost meer dan het brengt.",'
    '"Geen kanaal met een oordeel kost meer dan het brengt."))),'
    f'{cut("INDEX(tblKanalen[kanaal],ku_slecht)", _NAME)}&" kost "&{price("INDEX(tblKanalen[CAC],ku_slecht)")}&" per klant en brengt "&IF(INDEX(tblKanalen[CLV],ku_slecht)<0,"minder dan niets: kosten per klant gaan boven de marge.",'
    f'{price("INDEX(tblKanalen[CLV],ku_slecht)")}&": stop of verbeter.")))))'
)
_KNOWN = "kanalen_maanden"
SHEETS = (
    s.start(
        "Werving per kanaal", "Welk kanaal brengt klanten die meer opbrengen dan ze kosten?",
        (
            "Plak op Gegevens uw orders, op Kosten wat u per kanaal (en campagne) en maand uitgaf, op Klanten waar ieder vandaan kwam.",
            "Vul op Instellingen marge, rente en kosten per klant in (0 mag).",
            s.REFRESH,
            "Lees op Kanaaloverzicht welk kanaal zich terugverdient, en welk niet.",
        ),
        links=13, journal_since=2,
    ),
    s.settings(SETTINGS, ("Geteld wordt over de laatste 12 hele maanden, of zoveel als er zijn.",), used=True),
    s.data("transacties", "Uw transacties: klant, datum, bedrag.", (34, 16, 16, 16, 16)),
    s.input_table("kosten", "Kosten per kanaal, campagne en maand.", (14, 26, 16, 30, 12), optional=True, later=((c.SINCE, "bereikt"),)),
    s.input_table("klanten", "Klanten, met het kanaal en de campagne waardoor zij klant werden.", (34, 24, 24, 24, 30), optional=True, later=((c.SINCE, "campagne"),)),
    c.BUDGET,
    b.Sheet(
        "Kanalen", "Kanalen", "CAC per maand, en wat elk kanaal kost en brengt. CLV gaat over marge, met de retentie van de hele winkel.",
        (b.ResultBlock("cacmaanden", "Per maand", room=_MONTHS),
         b.ResultBlock("kanalen", "Per kanaal: de beste verhouding boven, dan wat nog geen oordeel heeft, dan wat niets kost", looks=(b.Words("oordeel", c.WORDS),), room=12)),
        (24, 13, 12, 12, 12, 12, 14, 12, 12, 12, 24), "Kosten, CAC, CLV en oordeel per kanaal, en CAC per maand.", tab=GREY,
    ),
    channel_months_sheet.SHEET,
    c.CAMPAIGNS,
    c.PROPOSAL,
    b.Sheet("Berekening", "Berekening", "Tussenstappen. Hier hoeft u niets in te vullen; de pagina leest deze cellen.",
            (b.Beside((b.Stack((CHANNELS, MONTHS, c.SHARES, c.PAYBACK)), b.Stack((COUNTS, FIGURES, BEGIN, c.STEP, c.ENDS, c.FIGURES)))),), (7, 14, 14, 13, 13, 12, 12, 12, 14, 12, 3, 36, 22),
            "Waar de cijfers op de pagina vandaan komen.", tab=GREY),
    b.Sheet(
        "Kanaaloverzicht", "Werving per kanaal",
        b.Formula('=IF(kw_bedrijf="","",kw_bedrijf&"  ·  ")&IF(kw_kanalen_van="","Welk kanaal verdient zich terug?","vanaf "&' + month_words("kw_kanalen_van") + '&"  ·  "&kw_kanalen_maanden&IF(kw_kanalen_maanden=1," hele maand"," hele maanden"))'),
        (CARDS, b.Message(b.Formula(_ADVICE, role="finding"), 24), b.WhenKnown(_KNOWN, (
            b.Beside((
                b.Chart(b.Formula(_COSTLY), "bar", "kanalen.kanaal", (b.Series("CAC", "kanalen.CAC", NAVY), b.Series("hoogste CAC", "kanalen.hoogste CAC", GREY)),
                        "euro2", "Staven: CAC per kanaal en de hoogste CAC die nog uit kan.", figure="kanalen_cac_betaald", empty=_NOTHING, rows=13),
                b.Chart(b.Formula(_COURSE), "line", "maanden.maand", (b.Series("samen", "maanden.CAC samen", NAVY), b.Series("betaald", "maanden.CAC betaald", ORANGE, dash=True, dots=True)),
                        "euro2", "Lijnen: kosten per nieuwe klant per maand, samen en betaald.", figure="kanalen_cac", empty=_NOTHING, rows=13),
            ), gap=0),
            b.Grid(
                (b.Column("kanaal", span=2), b.Column("kosten", numbers=True), b.Column("nieuw", numbers=True), b.Column("acquisitie", numbers=True), b.Column("CAC", numbers=True),
                 b.Column("laag–hoog"), b.Column("CLV", numbers=True), b.Column("CLV:CAC", numbers=True), b.Column("maanden", numbers=True), b.Column("oordeel", span=2)),
                tuple(
                    (b.Formula(f'=IF({n}>ROWS(tblKanalen[kanaal]),"",{cut(f"INDEX(tblKanalen[kanaal],{n})", _IN_TABLE)}&"")', role="name"),
                     *(_of_channel(n, column, number) for column, number in (("kosten", "euro"), ("nieuwe klanten", "aantal"))),
                     b.Formula(f'=IF({n}>ROWS(tblKanalen[kanaal]),"",{_ACQUIRED(chr(34) * 2, f"INDEX(tblKanalen[nieuwe klanten],{n})")})', "procent"),
                     _of_channel(n, "CAC", "euro2"), _between(n),
                     *(_of_channel(n, column, number) for column, number in (("CLV", "euro2"), ("CLV : CAC", "getal"), ("maanden", "aantal"))),
                     b.Formula(f'=IF({n}>ROWS(tblKanalen[kanaal]),"",INDEX(tblKanalen[oordeel],{n})&"")'))
                    for n in range(1, _CHANNELS + 1)
                ),
                name="overzicht", looks=(b.Filled("kanaal", "oordeel"), b.Words("oordeel", c.WORDS)),
            ),
            b.Text(("Laag–hoog: daartussen ligt de CAC (95%), want ook hoeveel klanten er komen is toeval. Acquisitie: nieuwe klanten / klanten aan het begin. Meer kanalen staan op Kanalen, hun maanden op Kanalen per maand.",)),
            b.Beside((c.CROSSING, c.SPREAD), gap=0),
            b.Message(b.Formula(c.SAID, role="finding"), 36),
            b.WhenKnown("campagnes_oordeel", (c.EXTREMES,)),
        ))),
        (12,) * 12, "De uitkomst op één pagina, klaar om af te drukken.", tab=TEAL, prints="page", portrait=True,
    ),
    s.controls(
        (
            s.ALL_READ,
            s.AS_REFRESHED,
            s.NOTHING_BELOW,
            s.as_used(tuple(name for name in SETTINGS if name != "kw_bedrijf")),
            s.NO_FUTURE,
            s.NO_HOLES,
            s.MARGIN,
            s.INTEREST,
            s.COSTS,
            b.Check("De kanalen tellen op tot alle nieuwe klanten", "=SUM(tblKanalen[nieuwe klanten])=kw_kanalen_nieuw", "Ververs het werkboek."),
            channel_months_sheet.TOTAL,
            b.Check("Van bijna alle nieuwe klanten is het kanaal bekend", "=kw_kanalen_onbekend<=0.1*kw_kanalen_nieuw",
                    "Vul op Klanten aan waar zij vandaan kwamen; een onbekend kanaal is geen direct kanaal."),
            b.Check("Er zijn kosten per kanaal", '=COUNTIF(tblKanalen[kosten],">0")>0', "Plak op Kosten wat u per kanaal uitgaf, van elke maand die telt; niets is 0."),
            b.Check("Elk kanaal met kosten heeft nieuwe klanten", '=COUNTIFS(tblKanalen[kosten],">0",tblKanalen[nieuwe klanten],0)=0',
                    "Schrijf een kanaal op Kosten en op Klanten hetzelfde, of vraag waarom het niemand bracht."),
            b.Check("De retentie is over een heel jaar te tellen", '=kw_retentie_bericht=""', "Zonder retentie is er geen CLV; er zijn meer maanden nodig."),
            *c.CHECKS,
            s.RECENT,
        ),
    ),
)  # fmt: skip

TEMPLATE = b.Template(
    id="cac-kanalen", version=7, title="Werving per kanaal", purpose="CAC, CLV : CAC en terugverdientijd per kanaal, rendement per campagne, en een voorstel voor het budget.",
    sheets=SHEETS, sources=("D10", "D16", "D30", "D38", "D40"),
    changed=((6, "campagnes van klanten en hoeveel mensen zij bereikten, bewaart het niet; hier wel"),),
)  # fmt: skip
