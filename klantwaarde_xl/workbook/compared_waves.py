"""Two quarters of a survey compared, as the user chooses them: whether chance explains the difference.

Nothing chosen is the last quarter with answers, and the last one before it. What is compared are the adjusted
values with their standard errors, as the kernels do; how many answers would tell such a difference from chance
follows from how far answers lie apart.
"""

from __future__ import annotations

from klantwaarde_xl.data.settings import Kind, Setting
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook.phrases import signed, tenths, whole

SHOWN = 8  # quarters at most
FEW = 5  # under so many answers a figure says next to nothing
_SURE = "1.95996398454005"  # 95%, on both sides
_TABLE = "tblEnqueteMetingen"
_HUNDRED = 'IF({.maat}="CSAT",100,1)'  # a share in percent beside points


def _at(column: str, times: str = "", otherwise: str = '""') -> str:
    cell = f"INDEX({_TABLE}[{column}],{{.rij}})"
    return f'=IF({{.rij}}="",{otherwise},IF({cell}="",{otherwise},{cell}{times}))'


def _wave(place: int) -> tuple[b.Cell, ...]:
    start = f"INDEX({_TABLE}[kwartaal],{{.rij}})"
    return (
        b.Formula(f'=IF({place}>MIN({SHOWN},ku_metingen),"",MAX(0,ku_metingen-{SHOWN})+{place})', "aantal"),
        b.Formula(_at("maat")),
        b.Formula(f'=IF({{.rij}}="","",YEAR({start})&" K"&(MONTH({start})+2)/3)'),
        *(b.Formula(_at(name, f"*{_HUNDRED}", "NA()"), "een") for name in ("waarde", "laag", "hoog")),
        b.Formula(_at("antwoorden"), "aantal"),
        b.Formula("=IF(COUNT({.waarde},{.laag})<2,0,{.waarde}-{.laag})", "een"),
        b.Formula("=IF(COUNT({.waarde},{.hoog})<2,0,{.hoog}-{.waarde})", "een"),
        b.Formula(f'=IF({{.rij}}="",0,IF(N({{.antwoorden}})>0,{place},0))', "aantal"),
        b.Formula("=IF({.met}<N(ku_nu),{.met},0)", "aantal"),
    )


WAVES = b.Grid(
    (b.Column("rij"), b.Column("maat"), b.Column("kwartaal"),
     *(b.Column(name, numbers=True) for name in ("waarde", "laag", "hoog", "antwoorden", "tot laag", "tot hoog", "met", "eerder"))),
    tuple(_wave(place) for place in range(1, SHOWN + 1)),
    name="metingen", heading="De laatste kwartalen", looks=tuple(b.Faint(name) for name in ("waarde", "laag", "hoog")),
)  # fmt: skip


def _quarter(name: str, label: str, help_: str) -> b.Input:
    return b.Input(
        Setting("", Kind.TEXT, label, help_),
        name,
        among=("metingen.kwartaal", f"MIN({SHOWN},N(ku_metingen))"),
    )


CHOOSER = b.Grid(
    (b.Column("meting nu", span=2), b.Column("vergeleken met", span=2), b.Column("minste antwoorden", numbers=True, span=2), b.Column("wat u ziet", span=6)),
    ((
        _quarter("kw_meting_nu", "Meting nu", "Kies een kwartaal, of laat leeg voor het laatste."),
        _quarter("kw_meting_vorig", "Vergeleken met", "Kies een kwartaal, of laat leeg voor het vorige met antwoorden."),
        b.Input(Setting("", Kind.COUNT, "Minste antwoorden", "Van minder antwoorden staat er geen oordeel.", between=(2, 100), default=FEW), "kw_min_antwoorden"),
        b.Formula('=IF(ku_metingen=0,"Nog geen kwartaal met antwoorden.",IF(OR(ku_nu="",AND(kw_meting_vorig<>"",ku_vorig="")),"Kies een kwartaal uit de lijst.",'
                  'ku_kwartaal&IF(ku_vorig="",": er is geen eerder kwartaal"," tegen "&ku_vorigkwartaal)&IF(AND(kw_meting_nu="",kw_meting_vorig="")," (leeg: de laatste twee)","")))', role="label"),
    ),),
)  # fmt: skip


def _of(row: str, column: str, otherwise: str = '""') -> str:
    return f'IF({row}="",{otherwise},IFERROR(INDEX({{metingen.{column}}},{row}),{otherwise}))'


def _raw(row: str, column: str) -> str:
    """A column of the result itself, of a row of the quarters above."""
    cell = f"INDEX({_TABLE}[{column}],INDEX({{metingen.rij}},{row}))"
    return f'IF({row}="","",IF({cell}="","",{cell}))'


def _needed(kind: str, scale: str) -> str:
    return f'STEEKPROEFVERSCHIL(ABS(ku_verschil)/IF(ku_maat="CSAT",100,1),"{kind}",{scale},ku_spreiding)'


_LIMIT = f"IF(COUNT(kw_min_antwoorden)<1,{FEW},kw_min_antwoorden)"
_ERRORS = "SQRT(ku_foutnu^2+ku_foutvorig^2)"
# label, name, formula, number format
_STEPS = (
    ("Maat", "ku_maat", f'IF(ku_metingen=0,"",INDEX({_TABLE}[maat],ku_metingen))', ""),
    ("Minste antwoorden", "ku_minst", _LIMIT, "aantal"),
    ("Plaats van de meting nu", "ku_nu",
     'IF(ku_metingen=0,"",IF(kw_meting_nu="",MAX({metingen.met}),IF(ISTEXT(kw_meting_nu),IFERROR(MATCH(kw_meting_nu,{metingen.kwartaal},0),""),"")))', "aantal"),
    ("Plaats van de vorige", "ku_vorig",
     'IF(ku_nu="","",IF(kw_meting_vorig="",IF(MAX({metingen.eerder})=0,"",MAX({metingen.eerder})),IF(ISTEXT(kw_meting_vorig),IFERROR(MATCH(kw_meting_vorig,{metingen.kwartaal},0),""),"")))', "aantal"),
    ("Kwartaal nu", "ku_kwartaal", _of("ku_nu", "kwartaal"), ""),
    ("Kwartaal ervoor", "ku_vorigkwartaal", _of("ku_vorig", "kwartaal"), ""),
    ("Waarde nu", "ku_laatst", _of("ku_nu", "waarde"), "een"),
    ("Waarde ervoor", "ku_ervoor", _of("ku_vorig", "waarde"), "een"),
    ("Antwoorden nu", "ku_antwoordennu", _of("ku_nu", "antwoorden", "0"), "aantal"),
    ("Antwoorden ervoor", "ku_antwoordenvorig", _of("ku_vorig", "antwoorden", "0"), "aantal"),
    ("Verschil", "ku_verschil", 'IF(OR(COUNT(ku_laatst,ku_ervoor)<2,ku_nu=ku_vorig),"",ku_laatst-ku_ervoor)', "een"),
    ("Standaardfout nu", "ku_foutnu", _raw("ku_nu", "standaardfout"), "getal"),
    ("Standaardfout ervoor", "ku_foutvorig", _raw("ku_vorig", "standaardfout"), "getal"),
    ("Bijgesteld verschil", "ku_bijgesteld", f'IF(ku_verschil="","",{_raw("ku_nu", "bijgesteld")}-{_raw("ku_vorig", "bijgesteld")})', "getal"),
    ("Oordeel", "ku_oordeel",
     f'IF(ku_verschil="","",IF(ABS(ku_bijgesteld)<={_SURE}*{_ERRORS},"geen aantoonbaar verschil",IF(ku_bijgesteld>0,"gestegen","gedaald")))', ""),
    ("Spreiding van beide", "ku_spreiding",
     f'IF(ku_verschil="","",SQRT(({_raw("ku_nu", "spreiding")}^2+{_raw("ku_vorig", "spreiding")}^2)/2))', "getal"),
    ("Antwoorden per meting voor zekerheid", "ku_nodig",
     f'IF(ku_verschil="","",IF(OR(ROUND(ku_verschil,6)=0,ku_spreiding<=0),"",IFERROR(IF(ku_maat="NPS",{_needed("nps", "10")},IF(ku_maat="CSAT",{_needed("csat", "ku_hoogst")},{_needed("gemiddelde", "ku_hoogst")})),"")))', "aantal"),
    ("Te weinig antwoorden", "ku_weinig", 'IF(ku_nu="","",IF(OR(ku_antwoordennu<ku_minst,AND(ku_vorig<>"",ku_antwoordenvorig<ku_minst)),"ja","nee"))', ""),
)  # fmt: skip
STEPS: tuple[tuple[b.Cell, ...], ...] = tuple(
    (label, b.Formula(f"={formula}", number, name=name)) for label, name, formula, number in _STEPS
)


def _shown(cell: str) -> str:
    """A value as a sentence has it: points with their sign, a share as a percentage, else with one decimal."""
    return f'IF(ku_maat="CSAT",{whole(f"ROUND({cell},0)")}&"%",IF(ku_maat="NPS",{signed(f"ROUND({cell},0)")},{tenths(cell)}))'


_SAME = f"{_shown('ku_ervoor')}={_shown('ku_laatst')}"
_MORE = 'IF(OR(ku_nodig="",N(ku_nodig)<=MIN(ku_antwoordennu,ku_antwoordenvorig)),""," Zekerheid vraagt "&' + whole("ku_nodig") + '&" antwoorden per meting.")'  # fmt: skip
_VERB = 'IF(ku_oordeel="gestegen"," steeg van ",IF(ku_oordeel="gedaald"," daalde van "," ging van "))'
_BOTH = f'{_shown("ku_ervoor")}&" ("&ku_vorigkwartaal&") naar "&{_shown("ku_laatst")}&" ("&ku_kwartaal&")'
FINDING = (
    'IF(ku_metingen=0,"Nog geen kwartaal met antwoorden",IF(ku_nu="","Kies hierboven een kwartaal uit de lijst.",'
    f'IF(ku_verschil="",ku_maat&" in "&ku_kwartaal&": "&{_shown("ku_laatst")},'
    f'IF(ku_weinig="ja",ku_maat&" ging van "&{_BOTH}. Van minder dan "&ku_minst&" antwoorden per meting is er geen oordeel.",'
    f'IF(AND({_SAME},ku_oordeel="geen aantoonbaar verschil"),ku_maat&" bleef "&{_shown("ku_laatst")}&" ("&ku_vorigkwartaal&" en "&ku_kwartaal&").",'
    f'ku_maat&{_VERB}&{_BOTH}; "&IF(ku_oordeel="geen aantoonbaar verschil","dat kan toeval zijn."&{_MORE},"dat is geen toeval (95%)."))))))'
)
